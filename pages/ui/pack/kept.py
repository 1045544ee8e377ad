"""Packs as they were presented: opened with the same figures, taken away in the same four forms, compared."""

import datetime
from contextlib import closing
from pathlib import Path

import streamlit as st

from metrics.errors import EvenkeelError
from metrics.packs import frozen
from metrics.records import Record
from metrics.words import date, percent, say
from pages.ui import recording, state
from pages.ui.pack import compared, freezing, leaves, made, taking
from pages.ui.pack.wish import said
from pages.ui.screen import Screen
from pages.ui.text import md, sentences

STYLE = Path(__file__).with_name("pack.css")
FIRST = 12  # packs that are shown before the older ones are asked for
EVERY = "pack_every"


def listed(screen: Screen) -> list[Record]:
    """The frozen packs, the one presented last first; the filter of branches is not asked."""
    with closing(screen.source.store.cursor()) as cursor:
        return frozen.listed(cursor)


def headline(screen: Screen) -> str:
    """How many packs were kept, and the one presented last."""
    found = listed(screen)
    if not found:
        return said(screen, "head_frozen_none")
    return said(screen, "head_frozen", n=len(found), day=_shown(screen, found[0], "presented_on"))


def second(screen: Screen) -> str:
    """What a frozen pack is."""
    return said(screen, "second_frozen")


def show(screen: Screen) -> None:
    """What changed between two, and the packs, the newest first."""
    st.html(STYLE)
    found = listed(screen)
    if not found:
        st.markdown(md(said(screen, "frozen_none")))
        st.button(said(screen, "frozen_to_pack"), key="pack_to_pack", type="primary", on_click=state.put,
                  args=("part", "pack"))  # fmt: skip
        return
    every = st.session_state.get(EVERY, False)
    for record in found if every else found[:FIRST]:
        with st.container(key=f"batch_frozen_{record.id}", gap="small"):
            _one(screen, record)
    if len(found) > FIRST and not every:
        st.button(said(screen, "frozen_older", n=len(found) - FIRST), key="pack_older", type="tertiary",
                  on_click=lambda: st.session_state.update({EVERY: True}))  # fmt: skip
    if len(found) > 1:
        compared.show(screen, found)


def _one(screen: Screen, record: Record) -> None:
    """One pack: of when, when presented, who, in which language, under which weights, its hash."""
    open_ = state.given("pack") == record.id
    left, right = st.columns([5, 2], vertical_alignment="top")
    with left:
        st.markdown(f"**{md(record.body['title'])}**  \n{md(_presented(screen, record))}")
        st.markdown(f":gray[{md(_facts(screen, record))}]")
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        st.button(said(screen, "frozen_close" if open_ else "frozen_open"), key=f"pack_open_{record.id}",
                  type="tertiary", on_click=_open, args=("" if open_ else record.id,))  # fmt: skip
    if open_:
        _opened(screen, record)


def _open(name: str) -> None:
    state.put("leaf")
    state.put("pack", *([name] if name else []))


def _opened(screen: Screen, record: Record) -> None:
    """The pages as they were presented, the forms, and how it can be taken away."""
    try:
        pack = made.thawed(screen.source, record.id, record.version)
    except EvenkeelError as error:
        st.error(sentences(screen.language, error))
        return
    if pack is None:
        return
    with st.container(key="pack_columns"):
        left, right = st.columns([860, 332])
    with left, st.spinner(said(screen, "drawing"), show_time=True):
        leaves.show(screen, made.thawed_pages(screen.source, record.id, record.version), record.id)
    with right:
        taking.show(screen, pack, record.id)
        _removing(screen, record)
        st.markdown(f":gray[{md(said(screen, 'frozen_hash', hash=pack.hash))}]")


def _removing(screen: Screen, record: Record) -> None:
    """A frozen pack is taken away with a reason only; what it showed stays known."""
    if not screen.may("freeze"):
        return
    with st.popover(said(screen, "frozen_remove"), type="tertiary"):
        st.markdown(md(said(screen, "frozen_remove_about")))
        field = f"pack_why_{record.id}"
        st.text_input(said(screen, "frozen_why"), key=field, max_chars=200)
        recording.author(screen, f"frozen_{record.id}")
        st.button(said(screen, "frozen_remove_do"), key=f"pack_remove_{record.id}", on_click=_remove,
                  args=(screen, record, field))  # fmt: skip


def _remove(screen: Screen, record: Record, field: str) -> None:
    recording.signed(f"frozen_{record.id}")
    why = str(st.session_state[field] or "").strip()
    if not why:
        st.session_state[recording.FAULT] = EvenkeelError("pack_page.frozen_why_empty")
        return
    day = freezing.called_by(screen, _day(record, "presented_on"), str(record.body["title"]))
    if recording.take_away(screen, frozen.PACK, record.id, record.version, why, day) is not None:
        state.put("pack")


def _day(record: Record, name: str) -> datetime.date:
    return datetime.date.fromisoformat(str(record.body[name]))


def _shown(screen: Screen, record: Record, name: str) -> str:
    return date(screen.language, _day(record, name))


def _presented(screen: Screen, record: Record) -> str:
    return said(screen, "frozen_presented", day=_shown(screen, record, "presented_on"), who=record.who)


def _facts(screen: Screen, record: Record) -> str:
    """Language, weighting, social share, part, hash."""
    body = record.body
    share = percent(screen.language, float(body["social"]) / 100, 0)
    parts = [
        record.id, say(str(body["language"]), "pages.language_name"), str(body["weighting"]),
        said(screen, "frozen_social", share=share), str(body.get("part", "")),
        said(screen, "frozen_few", n=int(body["threshold"])), str(body["hash"])[:12],
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)
