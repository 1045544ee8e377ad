"""The fields of an action, for a new one and for one that is changed in place."""

import datetime
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

import streamlit as st

from metrics import actions
from metrics.catalogue import indicators
from metrics.records import Record
from pages.ui import alone, recording, state
from pages.ui.screen import Screen
from pages.ui.text import md, sentences
from pages.ui.voices import act_words
from pages.ui.voices.act_words import said

TYPED = ("action", "owner", "due_on", "branch_id", "source", "risk_id", "effect_indicator_id")
KEPT = ("raised_on", "voices", "origin", "category")
NEW = "new"
USUAL = 30  # days until a new action is due, unless said otherwise


def open_form(screen: Screen, **prefilled: object) -> None:
    """The dialog that makes an action; what is known already (risk_id, voices, origin, ...) stands filled in.

    Args:
        screen: the run's screen.
        prefilled: fields of an action; `voices` is a list of references, dates are dates.
    """
    alone.dialog(said(screen, "new"), width="medium")(lambda: _new(screen, prefilled))()


def _new(screen: Screen, given: Mapping[str, Any]) -> None:
    today = act_words.day(screen)
    start = {"raised_on": today, "due_on": today + datetime.timedelta(days=USUAL), **given}
    with st.form(key=f"deed_form_{NEW}", border=False):
        what(screen, start, NEW)
        kind(screen, start, NEW)
        for name, text in (("voices", "answers"), ("origin", "made_from")):
            if start.get(name):
                st.markdown(f":gray[{md(said(screen, text, names=recording.shown(start[name])))}]")
        recording.author(screen, "deed_new")
        rest = {name: start.get(name) for name in KEPT}
        sent = st.form_submit_button(said(screen, "make"), type="primary", key="deed_make",
                                     on_click=_make, args=(screen, rest))  # fmt: skip
    finish(screen, sent)


def finish(screen: Screen, sent: bool) -> None:
    """Close a dialog whose form was sent, or say in it why nothing was kept."""
    if sent and recording.FAULT not in st.session_state:
        st.rerun()
    recording.fault(screen)


def _make(screen: Screen, rest: Mapping[str, Any]) -> None:
    recording.signed("deed_new")
    with closing(screen.source.store.cursor()) as cursor:
        name = actions.new_id(cursor)
    body = {**rest, **typed("deed", TYPED, NEW)}
    recording.keep(screen, actions.ACTION, name, body, called=called(name, body))


def called(name: str, body: Mapping[str, Any]) -> str:
    """What a reader calls an action: its id and what is done."""
    return f"{name}, {body['action']}" if body.get("action") else name


def noted(screen: Screen, record: Record | None) -> None:
    """Say at once, wherever the reader has scrolled to, whether it was kept; the page's top says it in full."""
    if record is not None:
        st.toast(md(recording.sentence(screen)))
        return
    error = st.session_state.get(recording.FAULT) or st.session_state[recording.CLASH][1]
    st.toast(sentences(screen.language, error), icon=":material/error:")


def typed(area: str, names: Sequence[str], key: str) -> dict[str, Any]:
    """What stands in a form's fields now."""
    return {name: st.session_state.get(f"{area}_{name}_{key}") for name in names}


def what(screen: Screen, start: Mapping[str, Any], key: str) -> None:
    """Who does what by when."""
    st.text_area(label(screen, "action"), start.get("action") or "", key=f"deed_action_{key}", height=72,
                 max_chars=500)  # fmt: skip
    days = ("due_on",) if key == NEW else ("due_on", "done_on")
    first, *rest = st.columns(1 + len(days))
    with first:
        st.text_input(label(screen, "owner"), start.get("owner") or "", key=f"deed_owner_{key}", max_chars=120)
    for name, column in zip(days, rest, strict=True):
        with column:
            day(screen, name, start, key)


def kind(screen: Screen, start: Mapping[str, Any], key: str) -> None:
    """What it is about: branch, risk, who raised it, the indicator to watch."""
    left, right = st.columns(2)
    with left:
        choice(screen, "branch_id", screen.options.branches, start, key, said(screen, "whole"))
        sources = {name: said(screen, f"source_{name}") for name in actions.SOURCES}
        choice(screen, "source", sources, start, key)
    with right:
        choice(screen, "risk_id", act_words.risks(screen), start, key)
        names = {name: screen.named(one) for name, one in indicators().items()}
        choice(screen, "effect_indicator_id", names, start, key)


def choice(
    screen: Screen, name: str, known: Mapping[str, str], start: Mapping[str, Any], key: str, empty: str | None = None
) -> None:
    """One of some names by their titles, or none; a name that is not known stays as it is until it is changed."""
    now = start.get(name)
    ids: Sequence[str] = sorted(known, key=lambda one: known[one].casefold())
    if now and now not in known:
        ids = [str(now), *ids]
    st.selectbox(label(screen, name), ids, index=ids.index(str(now)) if now else None,
                 format_func=lambda one: known.get(one, one), key=f"deed_{name}_{key}",
                 placeholder=empty or said(screen, "none_chosen"))  # fmt: skip


def day(screen: Screen, name: str, start: Mapping[str, Any], key: str) -> None:
    """A date, or none."""
    st.date_input(label(screen, name), start.get(name), key=f"deed_{name}_{key}", format=screen.day_format)


def label(screen: Screen, name: str) -> str:
    """The name of a field."""
    return said(screen, f"field_{name}")


def show_one(action_id: str) -> None:
    """Ask for an action; the address keeps it open through a refresh."""
    state.put("action", action_id)


def show_all() -> None:
    """Back to the list."""
    state.put("action")
