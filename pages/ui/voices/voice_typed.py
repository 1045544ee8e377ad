"""A voice that was typed in here: by whom, its history, and the way to take it away."""

from contextlib import closing

import streamlit as st

from metrics import records
from metrics.records import Cursor, Kind, Record
from metrics.voices import ANSWERS, COMPLAINT, STAFF_ANSWERS, STATEMENT
from pages.ui import recording, state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices.heard_words import said

KINDS = {"complaints": COMPLAINT, "consultations": STATEMENT, "client_surveys": ANSWERS, "staff_surveys": STAFF_ANSWERS}


def typed(cursor: Cursor, ref: str) -> tuple[Kind, Record] | None:
    """The record that a voice was typed in with; None where it came in a file."""
    table, *parts = ref.split("/")
    names = ["/".join(parts), "/".join(parts[:-1]), parts[0], *parts[1:2]]
    found = (records.find(cursor, KINDS[table].name, name) for name in dict.fromkeys(names) if name)
    record = next((one for one in found if one is not None), None)
    return None if record is None else (KINDS[table], record)


def show(screen: Screen, ref: str) -> None:
    """Who typed it in, what was changed since, and taking it away; nothing for a voice of a file."""
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        found = typed(cursor, ref)
    if found is None:
        return
    kind, record = found
    st.markdown(f":gray[{md(said(screen, 'typed_by', who=record.who, day=record.at.date()))}]")
    if screen.may("rows"):  # what was typed in is what somebody said
        recording.history(screen, kind, record.id)
    if screen.may("record"):
        st.button(said(screen, "take_away"), key="voice_take_away", type="tertiary", icon=":material/delete:",
                  on_click=_take_away, args=(screen, kind, record))  # fmt: skip


def _take_away(screen: Screen, kind: Kind, record: Record) -> None:
    named = said(screen, "typed_called", id=record.id)
    if recording.take_away(screen, kind, record.id, record.version, called=named) is not None:
        state.put("voice")
