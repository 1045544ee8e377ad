"""Saving what people decide: whose name it bears, what it changed, undo, and two people at once."""

import getpass
from collections.abc import Callable
from contextlib import closing

import streamlit as st

from metrics import records
from metrics.errors import EvenkeelError
from metrics.records import Body, Conflict, Kind, Record
from metrics.words import date, say
from pages.ui.screen import Screen
from pages.ui.text import md, sentences

AUTHOR, SAVED, CLASH, FAULT = "author", "record_saved", "record_clash", "record_fault"
MOST = 40


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about records, in the reader's language."""
    return say(screen.language, f"records.{name}", **params)


def author(screen: Screen, key: str) -> str:
    """The name under which changes are kept: asked once, remembered for the session."""
    known = st.session_state.setdefault(AUTHOR, getpass.getuser())
    name = st.text_input(said(screen, "author"), known, key=f"author_{key}", max_chars=80,
                         help=said(screen, "author_help"))  # fmt: skip
    st.session_state[AUTHOR] = name.strip() or known
    return str(st.session_state[AUTHOR])


def keep(screen: Screen, kind: Kind, record_id: str, body: Body, why: str = "", seen: int = 0) -> Record | None:
    """Save a record under the session's name; returns it, or None where it was refused or somebody was faster.

    What came of it is said by `told` in the next run; for a form inside a dialog `fault` says it at once.
    """

    def write() -> Record:
        return records.save(screen.source.store, kind, record_id, body, _who(), why, seen)

    return _tried(screen, kind, write)


def take_away(screen: Screen, kind: Kind, record_id: str, seen: int, why: str = "") -> Record | None:
    """Take a record away; undo brings it back."""
    return _tried(screen, kind, lambda: records.remove(screen.source.store, kind, record_id, _who(), why, seen))


def _who() -> str:
    return str(st.session_state.setdefault(AUTHOR, getpass.getuser()))


def _tried(screen: Screen, kind: Kind, write: Callable[[], Record]) -> Record | None:
    st.session_state.pop(FAULT, None)
    try:
        with st.spinner(screen.say("computing")):
            record = write()
    except Conflict as clash:
        st.session_state[CLASH] = (kind, clash)
        return None
    except EvenkeelError as error:
        st.session_state[FAULT] = error
        return None
    st.session_state.pop(CLASH, None)
    st.session_state[SAVED] = (kind, record)
    return record


def fault(screen: Screen) -> None:
    """Why the last saving was refused, as a sentence beside the form; once."""
    error = st.session_state.pop(FAULT, None)
    if error is not None:
        st.error(sentences(screen.language, error))


def told(screen: Screen) -> None:
    """What was saved last, with its undo; and what two people changed at once, for the second to choose."""
    fault(screen)
    if CLASH in st.session_state:
        kind, clash = st.session_state[CLASH]
        _choose(screen, kind, clash)
    if SAVED in st.session_state:
        kind, record = st.session_state[SAVED]
        with st.container(horizontal=True, vertical_alignment="center", key="record_saved"):
            name = "undone" if record.why == records.UNDONE else "taken_away" if record.removed else "saved"
            st.markdown(f":gray[{md(said(screen, name, id=record.id, version=record.version))}]", width="content")
            st.button(said(screen, "undo"), key="record_undo", type="tertiary", icon=":material/undo:",
                      on_click=_undone, args=(screen, kind, record), help=said(screen, "undo_help"))  # fmt: skip
            st.button(said(screen, "well"), key="record_well", type="tertiary",
                      on_click=lambda: st.session_state.pop(SAVED, None))  # fmt: skip


def _undone(screen: Screen, kind: Kind, record: Record) -> None:
    _tried(screen, kind, lambda: records.undo(screen.source.store, kind, record.id, _who(), record.version))


def _choose(screen: Screen, kind: Kind, clash: Conflict) -> None:
    """Theirs and mine side by side, field by field, and the two ways on."""
    theirs, mine = clash.theirs, clash.mine
    with st.container(border=True, key="record_clash"):
        st.markdown(f"**{sentences(screen.language, clash)}**")
        rows = [
            {
                said(screen, "column_field"): _label(screen, kind, name),
                said(screen, "column_theirs", who=theirs.who): shown(theirs.body.get(name)),
                said(screen, "column_mine"): shown(mine.get(name)),
            }
            for name in records.differing(theirs.body, mine)
        ]
        st.table(rows)
        with st.container(horizontal=True):
            st.button(said(screen, "take_theirs"), key="clash_theirs", on_click=lambda: st.session_state.pop(CLASH))
            if mine:
                st.button(said(screen, "take_mine"), key="clash_mine", type="primary",
                          on_click=_over, args=(screen, kind, clash), help=said(screen, "take_mine_help"))  # fmt: skip


def _over(screen: Screen, kind: Kind, clash: Conflict) -> None:
    keep(screen, kind, clash.theirs.id, clash.mine, said(screen, "over", who=clash.theirs.who), clash.theirs.version)


def _label(screen: Screen, kind: Kind, name: str) -> str:
    return say(screen.language, f"{kind.area}.field_{name}")


def shown(value: object) -> str:
    """A value of a record as a reader sees it; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, dict):
        return ", ".join(f"{name} {shown(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return str(value)


def history(screen: Screen, kind: Kind, record_id: str) -> None:
    """Who changed what, when, from what, closed until it is asked for."""
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        found = records.history(cursor, kind.name, record_id)
    with st.expander(said(screen, "history", n=len({change.record.version for change in found}))):
        if not found:
            st.markdown(f":gray[{said(screen, 'no_history')}]")
            return
        st.dataframe(
            [
                {
                    said(screen, "column_when"): date(screen.language, change.record.at.date()),
                    said(screen, "column_who"): change.record.who,
                    said(screen, "column_field"): _label(screen, kind, change.field),
                    said(screen, "column_before"): shown(change.before),
                    said(screen, "column_after"): shown(change.after),
                    said(screen, "column_why"): change.record.why,
                }
                for change in found[:MOST]
            ],
            hide_index=True,
        )
