"""Typing in what somebody said: a complaint, a statement, answers to a survey, why a client left; with undo."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from metrics.records import Body, Kind
from metrics.voices import typed_in
from pages.ui import alone, menu, recording, state
from pages.ui.screen import Screen
from pages.ui.voices import typed_fields
from pages.ui.voices.heard_words import said

WIDE = 720
OPEN = "typed_open"


@dataclass(frozen=True)
class Way:
    """One way to type in: its kind of record, what its form asks, and the ref that the voice then has.

    An empty `ref` is for answers of which not each is a voice in words.
    """

    kind: Kind
    ask: Callable[[Screen], dict[str, object]]
    ref: Callable[[str, Body], str] = lambda record_id, body: ""


WAYS: Mapping[str, Way] = {
    "complaint": Way(typed_in.COMPLAINT, typed_fields.complaint, lambda name, body: f"complaints/{name}"),
    "statement": Way(typed_in.STATEMENT, typed_fields.statement, lambda name, body: f"consultations/{name}/1"),
    "exit": Way(
        typed_in.ANSWERS, typed_fields.leaving,
        lambda name, body: f"client_surveys/{'/'.join(typed_in.response_of(name, body))}/exit_reason",
    ),
    "answers": Way(typed_in.ANSWERS, typed_fields.answers),
    "staff": Way(typed_in.STAFF_ANSWERS, typed_fields.staff),
}  # fmt: skip


def ask() -> None:
    """Ask for the form; it stays open until it is kept or closed."""
    st.session_state[OPEN] = True


def close() -> None:
    """Forget that it was asked for."""
    st.session_state.pop(OPEN, None)


def open_asked(screen: Screen) -> None:
    """The dialog where it is asked for: first what it is, then its fields."""
    if st.session_state.get(OPEN) and screen.may("record"):
        alone.dialog(said(screen, "type_title"), width=WIDE, on_dismiss=close)(lambda: _form(screen))()


def _form(screen: Screen) -> None:
    name = st.segmented_control(said(screen, "type_what"), list(WAYS), default="complaint", key="typed_what",
                                format_func=lambda one: said(screen, f"type_{one}"), required=True)  # fmt: skip
    way = WAYS[name or "complaint"]
    st.markdown(f":gray[{said(screen, f'type_{name}_help')}]")
    body = way.ask(screen)
    recording.author(screen, "typed")
    if st.button(said(screen, "type_keep"), key="typed_keep", type="primary"):
        _keep(screen, way, {field: value for field, value in body.items() if value not in (None, "", {})})


def _keep(screen: Screen, way: Way, body: dict[str, object]) -> None:
    """Keep it, and open the voice that it became; a refusal is said in the dialog, and nothing typed is lost."""
    with closing(screen.source.store.cursor()) as cursor:
        name = typed_in.new_id(cursor, way.kind)
    if recording.keep(screen, way.kind, name, body, called=said(screen, "typed_called", id=name)) is not None:
        close()
        ref = way.ref(name, body)
        state.put("voice", *([ref] if ref else []))
        st.rerun()
    recording.fault(screen)


def empty(screen: Screen) -> None:
    """Nobody has spoken yet: three ways to begin, and what each one gives."""
    places = st.columns(3, gap="medium")
    for place, door in zip(places, ("upload", "type", "template"), strict=True):
        with place, st.container(border=True, key=f"door_voices_{door}"):
            st.header(said(screen, f"door_{door}"), anchor=False)
            st.markdown(said(screen, f"door_{door}_gives"))
            label, key = said(screen, f"door_{door}_open"), f"voices_{door}"
            if door == "type" and screen.may("record"):
                st.button(label, key=key, type="primary", on_click=ask)
            elif door != "type" and menu.opens("data") and st.button(label, key=key):
                st.switch_page(menu.file_of("data"))
