"""Comments beside what they speak of: each section of a pack, and each indicator of its page of colours."""

import datetime
from contextlib import closing

import streamlit as st

from metrics.catalogue import indicators
from metrics.packs import frozen
from metrics.packs.model import Number as Figure
from metrics.packs.model import Section, Table
from metrics.packs.refs import parsed
from metrics.records import Record
from metrics.words import date
from pages.ui import recording
from pages.ui.pack.made import Made
from pages.ui.pack.wish import said
from pages.ui.screen import Screen
from pages.ui.text import md

OPEN = "pack_note_open"


def show(screen: Screen, found: Made) -> None:
    """The sections with their findings at the left, what is written beside each at the right."""
    pack, day = found.pack, found.asked.day
    with closing(screen.source.store.cursor()) as cursor:
        known = frozen.comments(cursor, day)
    st.header(said(screen, "notes", n=len(known)), anchor=False)
    st.markdown(f":gray[{md(said(screen, 'notes_about'))}]")
    for section in pack.sections:
        _row(screen, f"section:{section.id}", section.title, section.message, day, known)
        named = _indicators(section) if section.kind == "colours" else {}
        if named:
            written = sum(f"indicator:{name}" in known for name in named)
            with st.expander(said(screen, "notes_indicators", n=len(named), written=written), key="pack_notes_more"):
                for name, figure in named.items():
                    title = screen.named(indicators()[name])
                    _row(screen, f"indicator:{name}", title, figure.text, day, known)


def _indicators(section: Section) -> dict[str, Figure]:
    """The indicators of a section with the figure that stands first for each."""
    found: dict[str, Figure] = {}
    cells = (cell for block in section.blocks if isinstance(block, Table) for row in block.rows for cell in row)
    for cell in cells:
        if isinstance(cell, Figure) and cell.ref and cell.text:
            what = parsed(cell.ref)[0]
            if what in indicators():
                found.setdefault(what, cell)
    return found


def _row(
    screen: Screen, about: str, title: str, finding: str, day: datetime.date, known: dict[str, Record]
) -> None:  # fmt: skip
    record = known.get(about)
    field = about.replace(":", "_")
    with st.container(key=f"batch_note_{field}"):
        left, right = st.columns([5, 7], vertical_alignment="top")
        with left:
            st.markdown(f"**{md(title)}**  \n:gray[{md(finding)}]" if finding != title else f"**{md(title)}**")
        with right:
            if st.session_state.get(OPEN) == about and screen.may("record"):
                _edit(screen, about, title, day, record)
            else:
                _read(screen, about, title, day, record)


def _read(screen: Screen, about: str, title: str, day: datetime.date, record: Record | None) -> None:
    """What is written, by whom and for which date, and what can be done with it."""
    if record is not None:
        st.markdown(md(record.body["text"]))
        st.markdown(f":gray[{md(_signed(screen, record, day))}]")
    if not screen.may("record"):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(said(screen, "note_change" if record else "note_write"), key=f"note_open_{about}", type="tertiary",
                  on_click=_open, args=(about,))  # fmt: skip
        if record is None:
            return
        if _period(record) != day:
            st.button(said(screen, "note_carry"), key=f"note_carry_{about}", type="tertiary",
                      help=said(screen, "note_carry_help"), on_click=_keep,
                      args=(screen, about, title, day, str(record.body["text"]), record))  # fmt: skip
        st.button(said(screen, "note_remove"), key=f"note_remove_{about}", type="tertiary", on_click=_remove,
                  args=(screen, about, title, record))  # fmt: skip


def _edit(screen: Screen, about: str, title: str, day: datetime.date, record: Record | None) -> None:
    """The text, with the name of who writes; the field's key has the version that it was filled from."""
    field = f"note_text_{about}_{record.version if record else 0}"
    st.text_area(said(screen, "note"), str(record.body["text"]) if record else "", key=field,
                 max_chars=frozen.LONGEST, height=110, label_visibility="collapsed")  # fmt: skip
    recording.author(screen, "note")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(said(screen, "note_save"), key="note_save", type="primary", on_click=_save,
                  args=(screen, about, title, day, field, record))  # fmt: skip
        st.button(said(screen, "note_leave"), key="note_leave", type="tertiary", on_click=_open, args=("",))
    if record is not None:
        recording.history(screen, frozen.COMMENT, about)


def _open(about: str) -> None:
    st.session_state[OPEN] = about


def _save(
    screen: Screen, about: str, title: str, day: datetime.date, field: str, record: Record | None
) -> None:  # fmt: skip
    recording.signed("note")
    _keep(screen, about, title, day, str(st.session_state[field] or ""), record)


def _keep(
    screen: Screen, about: str, title: str, day: datetime.date, text: str, record: Record | None
) -> None:  # fmt: skip
    """Write the text for the pack's date: also one that was written for an earlier, to carry it on."""
    body = frozen.comment(about, day, text)
    seen = record.version if record else 0
    if recording.keep(screen, frozen.COMMENT, about, body, seen=seen, called=title) is not None:
        st.session_state.pop(OPEN, None)


def _remove(screen: Screen, about: str, title: str, record: Record) -> None:
    recording.take_away(screen, frozen.COMMENT, about, record.version, called=title)


def _period(record: Record) -> datetime.date:
    return datetime.date.fromisoformat(str(record.body["period"]))


def _signed(screen: Screen, record: Record, day: datetime.date) -> str:
    name = "note_by" if _period(record) == day else "note_earlier"
    return said(screen, name, who=record.who, day=date(screen.language, _period(record)))
