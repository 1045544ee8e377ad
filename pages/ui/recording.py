"""Saving what people decide: whose name it bears, what it changed, undo, and two people at once."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from metrics import access, records
from metrics.errors import EvenkeelError
from metrics.records import Body, Conflict, Kind, Record
from metrics.words import date, say
from pages.ui import door
from pages.ui.screen import Screen
from pages.ui.text import md, sentences

AUTHOR, SAVED, CLASH, FAULT = "author", "record_saved", "record_clash", "record_fault"
FILLED, KNOWN = "record_filled", "record_known"
MOST = 40


@dataclass(frozen=True)
class Done:
    """What came of the last saving: the record, what a reader calls it, and whether there was anything to change."""

    kind: Kind
    record: Record
    called: str
    changed: bool

    @property
    def name(self) -> str:
        """What a reader calls it; its id where nobody said."""
        return self.called or self.record.id


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about records, in the reader's language."""
    return say(screen.language, f"records.{name}", **params)


def author(screen: Screen, key: str) -> str:
    """The name under which changes are kept: asked once, remembered for the session."""
    if door.signed_in():
        return who()
    known = st.session_state.setdefault(AUTHOR, who())
    name = st.text_input(said(screen, "author"), known, key=f"author_{key}", max_chars=80,
                         help=said(screen, "author_help"))  # fmt: skip
    st.session_state[AUTHOR] = name.strip() or known
    return str(st.session_state[AUTHOR])


def who() -> str:
    """The name under which this session keeps changes: the one signed in with, else the one typed last."""
    name = access.current().name
    return name if door.signed_in() else str(st.session_state.get(AUTHOR) or name)


def signed(key: str) -> None:
    """Take the name that stands in the field of `author`, before the page is drawn again: it is sent with the rest."""
    name = str(st.session_state.get(f"author_{key}") or "").strip()
    if name:
        st.session_state[AUTHOR] = name


def held(kind: Kind, record_id: str, version: int, field: str) -> int:
    """The version that a form was filled from, for forms whose fields live on while the page is drawn again.

    A form of which each field's key has the version in it needs none of this. Call it before the form is drawn.

    Args:
        version: the one that stands now; it counts where the form is drawn for the first time, and where this
            session wrote it or was shown it.
        field: the key of one of the form's fields; it is gone as soon as the form is closed.
    """
    filled = st.session_state.setdefault(FILLED, {})
    known = st.session_state.get(KNOWN, {}).get((kind.name, record_id))
    if field not in st.session_state or field not in filled or known == version:
        filled[field] = version
    return int(filled[field])


def keep(
    screen: Screen, kind: Kind, record_id: str, body: Body, why: str = "", seen: int = 0, called: str = ""
) -> Record | None:
    """Save a record under the session's name; returns it, or None where it was refused or somebody was faster.

    What came of it is said by `told` in the next run; for a form inside a dialog `fault` says it at once.

    Args:
        seen: the version that the reader had before his eyes when the form was drawn, never one read at saving:
            what somebody saved in between would be written over unseen.
        called: what a reader calls it; without it its id is said.
    """

    def write() -> Record:
        return records.save(screen.source.store, kind, record_id, body, who(), why, seen)

    return _tried(screen, kind, write, called, seen)


def take_away(screen: Screen, kind: Kind, record_id: str, seen: int, why: str = "", called: str = "") -> Record | None:
    """Take a record away; undo brings it back. `seen` and `called` are as in `keep`."""

    def write() -> Record:
        return records.remove(screen.source.store, kind, record_id, who(), why, seen)

    return _tried(screen, kind, write, called, seen)


def _tried(screen: Screen, kind: Kind, write: Callable[[], Record], called: str, seen: int) -> Record | None:
    st.session_state.pop(FAULT, None)
    try:
        with st.spinner(screen.say("computing")):
            record = write()
    except Conflict as clash:
        st.session_state[CLASH] = (kind, clash, called)
        return None
    except EvenkeelError as error:
        st.session_state[FAULT] = error
        return None
    st.session_state.pop(CLASH, None)
    st.session_state[SAVED] = Done(kind, record, called, record.version != seen)
    _known(record)
    return record


def _known(record: Record) -> None:
    """Remember that this session has had a version before its eyes."""
    st.session_state.setdefault(KNOWN, {})[record.kind, record.id] = record.version


def fault(screen: Screen) -> None:
    """Why the last saving was refused, as a sentence beside the form; once."""
    error = st.session_state.pop(FAULT, None)
    if error is not None:
        st.error(sentences(screen.language, error))


def told(screen: Screen) -> None:
    """What was saved last, with its undo; and what two people changed at once, for the second to choose."""
    fault(screen)
    if CLASH in st.session_state:
        _choose(screen, *st.session_state[CLASH])
    if SAVED in st.session_state:
        done = st.session_state[SAVED]
        with st.container(horizontal=True, vertical_alignment="center", key="record_saved"):
            st.markdown(f":gray[{md(sentence(screen))}]", width="content")
            if done.changed:
                st.button(said(screen, "undo"), key="record_undo", type="tertiary", icon=":material/undo:",
                          on_click=_undone, args=(screen, done), help=said(screen, "undo_help"))  # fmt: skip
            st.button(said(screen, "well"), key="record_well", type="tertiary",
                      on_click=lambda: st.session_state.pop(SAVED, None))  # fmt: skip


def sentence(screen: Screen) -> str:
    """What came of the last saving, as plain text; empty where nothing was saved."""
    done = st.session_state.get(SAVED)
    if done is None:
        return ""
    name = "undone" if done.record.why == records.UNDONE else "taken_away" if done.record.removed else "saved"
    return said(screen, name if done.changed else "unchanged", name=done.name)


def _undone(screen: Screen, done: Done) -> None:
    record = done.record
    _tried(screen, done.kind, lambda: records.undo(screen.source.store, done.kind, record.id, who(), record.version),
           done.called, record.version)  # fmt: skip


def _choose(screen: Screen, kind: Kind, clash: Conflict, called: str) -> None:
    """Theirs and mine side by side, field by field, and the two ways on."""
    theirs, mine = clash.theirs, clash.mine
    with st.container(border=True, key="record_clash"):
        if called:
            st.markdown(f"**{md(called)}**")
        text = md(said(screen, "gone_meanwhile", who=theirs.who)) if theirs.removed else None
        st.markdown(f"**{text or sentences(screen.language, clash)}**")
        stands: Body = {} if theirs.removed else theirs.body
        rows = [
            {
                said(screen, "column_field"): _label(screen, kind, name),
                md(said(screen, "column_theirs", who=theirs.who)): md(shown(stands.get(name))),
                said(screen, "column_mine"): md(shown(mine.get(name))),
            }
            for name in records.differing(stands, mine)
        ]
        st.table(rows)
        with st.container(horizontal=True):
            st.button(said(screen, "take_theirs"), key="clash_theirs", on_click=_theirs, args=(clash,))
            if mine or not theirs.removed:
                st.button(said(screen, "take_mine" if mine else "take_away_too"), key="clash_mine", type="primary",
                          on_click=_over, args=(screen, kind, clash, called),
                          help=said(screen, "take_mine_help") if mine else None)  # fmt: skip


def _theirs(clash: Conflict) -> None:
    """Leave what somebody else saved; it has now been seen."""
    st.session_state.pop(CLASH)
    _known(clash.theirs)


def _over(screen: Screen, kind: Kind, clash: Conflict, called: str) -> None:
    """Save mine over theirs after all, or take theirs away: as one more version, over the one that was shown."""
    theirs, why = clash.theirs, said(screen, "over", who=clash.theirs.who)
    if clash.mine:
        keep(screen, kind, theirs.id, clash.mine, why, theirs.version, called)
    else:
        take_away(screen, kind, theirs.id, theirs.version, why, called)


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
    if not found:
        st.markdown(f":gray[{said(screen, 'no_history')}]")
        return
    with st.expander(said(screen, "history", n=len({change.record.version for change in found}))):
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
