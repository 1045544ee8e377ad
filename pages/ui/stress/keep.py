"""An edited scenario kept as a record, saved again, taken away; each with undo."""

import re
import unicodedata
from collections.abc import Collection

import streamlit as st

from metrics.records import Record
from metrics.stress import kept
from metrics.stress.library import Scenario
from metrics.words import say
from pages.ui import recording, state
from pages.ui.screen import Screen
from pages.ui.stress import choose, reads
from pages.ui.stress.reads import said


def show(screen: Screen, one: Scenario, record: Record | None) -> None:
    """The ways to keep a scenario under a title, and its history where it is kept."""
    field = f"shock_title_{one.name}"
    seen = recording.held(kept.SHOCK, one.name, record.version, field) if record else 0
    with st.expander(said(screen, "keep_title")):
        title = st.text_input(said(screen, "field_title"), one.text(screen.language, "title"), max_chars=80,
                              key=field)  # fmt: skip
        if screen.may("policy"):
            recording.author(screen, "shock")
        with st.container(horizontal=True):
            if not screen.may("policy"):
                st.markdown(f":gray[{say(screen.language, 'access.no_policy')}]")
            elif record is not None:
                st.button(said(screen, "save"), key="shock_save", type="primary", on_click=_save,
                          args=(screen, one, title, record, seen))  # fmt: skip
                st.button(said(screen, "delete"), key="shock_delete", on_click=_delete, args=(screen, record, seen))
            else:
                st.button(said(screen, "keep"), key="shock_keep", on_click=_keep, args=(screen, one, title))
        if record is not None:
            recording.history(screen, kept.SHOCK, record.id)
    recording.told(screen)


def _keep(screen: Screen, one: Scenario, title: str) -> None:
    name = _id(title, {record.id for record in reads.records(screen)})
    if recording.keep(screen, kept.SHOCK, name, kept.body(one, title.strip()), called=title.strip()) is not None:
        choose.forget(one.name)
        state.put("shock", name)


def _id(title: str, taken: Collection[str]) -> str:
    """A name of a title that no record has yet: letters of any language become plain ones."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    base = "own-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "scenario")
    return next(name for number in range(1, 10_000) if (name := base if number == 1 else f"{base}-{number}")
                not in taken)  # fmt: skip


def _save(screen: Screen, one: Scenario, title: str, record: Record, seen: int) -> None:
    """Save over the version that the inputs were filled from."""
    body = {**kept.body(one, title.strip()), "scenario": record.body["scenario"]}
    if recording.keep(screen, kept.SHOCK, record.id, body, seen=seen, called=title.strip()) is not None:
        choose.forget(one.name)


def _delete(screen: Screen, record: Record, seen: int) -> None:
    if recording.take_away(screen, kept.SHOCK, record.id, seen, called=str(record.body["title"])) is not None:
        state.put("shock", str(record.body["scenario"]))
