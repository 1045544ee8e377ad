"""One decision of the board: made in a dialog, changed in place, marked as done, turned into an action."""

import datetime
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import streamlit as st

from metrics import decisions
from metrics.catalogue import indicators
from metrics.decisions import DECISION, Decision
from metrics.words import say
from pages.ui import alone, recording
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import act_form, act_words

USUAL = 90  # days until a decision is due, unless said otherwise
TYPED = ("meeting_on", "text", "owner", "due_on", "done_on", "indicator_id", "branch_id")


def told(screen: Screen, name: str, /, **params: object) -> str:
    """A text about decisions, in the reader's language."""
    return say(screen.language, f"decisions.{name}", **params)


def open_new(screen: Screen, meeting: datetime.date | None) -> None:
    """The dialog that writes down a decision."""
    alone.dialog(told(screen, "new"), width="medium")(lambda: _new(screen, meeting))()


def _new(screen: Screen, meeting: datetime.date | None) -> None:
    today = meeting or act_words.day(screen)
    start = {"meeting_on": today, "due_on": today + datetime.timedelta(days=USUAL)}
    st.markdown(f":gray[{md(told(screen, 'kept_as_now', policy=screen.policy_title()))}]")
    with st.form(key=f"decide_form_{act_form.NEW}", border=False):
        _inputs(screen, start, act_form.NEW)
        recording.author(screen, "decide_new")
        sent = st.form_submit_button(told(screen, "make"), type="primary", key="decide_make", on_click=_make,
                                     args=(screen,))  # fmt: skip
    act_form.finish(screen, sent)


def _make(screen: Screen) -> None:
    recording.signed("decide_new")
    typed = act_form.typed("decide", TYPED, act_form.NEW)
    then = _then(screen, typed) if isinstance(typed["meeting_on"], datetime.date) else {}
    recording.keep(screen, DECISION, "", {**typed, **then}, called=typed["text"] or "")


def _then(screen: Screen, typed: Mapping[str, Any]) -> dict[str, object]:
    """The weighting, limits and figure that the board has before its eyes."""
    with closing(screen.source.store.cursor()) as cursor:
        return decisions.snapshot(cursor, screen.policy, typed["meeting_on"], typed["indicator_id"], typed["branch_id"])


def _inputs(screen: Screen, start: Mapping[str, Any], key: str) -> None:
    """The fields of a decision."""
    st.text_area(told(screen, "field_text"), start.get("text") or "", key=f"decide_text_{key}", height=72,
                 max_chars=500)  # fmt: skip
    left, right = st.columns(2)
    with left:
        st.text_input(told(screen, "field_owner"), start.get("owner") or "", max_chars=120,
                      key=f"decide_owner_{key}")  # fmt: skip
        _day(screen, "meeting_on", start, key)
        names = {name: screen.named(one) for name, one in indicators().items()}
        _choice(screen, "indicator_id", names, start, key, told(screen, "none_chosen"))
    with right:
        _day(screen, "due_on", start, key)
        _day(screen, "done_on", start, key)
        _choice(screen, "branch_id", screen.options.branches, start, key, act_words.branch(screen, None))


def _day(screen: Screen, name: str, start: Mapping[str, Any], key: str) -> None:
    st.date_input(told(screen, f"field_{name}"), start.get(name), key=f"decide_{name}_{key}", format=screen.day_format)


def _choice(
    screen: Screen, name: str, known: Mapping[str, str], start: Mapping[str, Any], key: str, empty: str
) -> None:
    ids = sorted(known, key=lambda one: known[one].casefold())
    now = start.get(name)
    st.selectbox(told(screen, f"field_{name}"), ids, index=ids.index(now) if now in known else None,
                 format_func=lambda one: known[one], key=f"decide_{name}_{key}", placeholder=empty)  # fmt: skip


def edit(screen: Screen, one: Decision) -> None:
    """The decision's fields in place; a new indicator to watch is read as of the meeting."""
    key = f"{one.id}_{one.version}"
    with st.form(f"decide_form_{key}", border=False):
        _inputs(screen, {name: getattr(one, name) for name in TYPED}, key)
        st.text_input(told(screen, "why"), key=f"decide_why_{key}", max_chars=300)
        recording.author(screen, f"decide_{key}")
        st.form_submit_button(told(screen, "save"), key=f"decide_save_{key}", type="primary",
                              on_click=_save, args=(screen, one, key))  # fmt: skip


def _save(screen: Screen, one: Decision, key: str) -> None:
    recording.signed(f"decide_{key}")
    typed = act_form.typed("decide", TYPED, key)
    body = {**one.body(), **typed}
    seen = ("indicator_id", "branch_id", "meeting_on")
    if isinstance(typed["meeting_on"], datetime.date) and any(typed[name] != getattr(one, name) for name in seen):
        then = _then(screen, typed)
        body |= {name: then.get(name) for name in ("value", "value_on", "value_n")}
    why = st.session_state.get(f"decide_why_{key}") or ""
    act_form.noted(screen, recording.keep(screen, DECISION, one.id, body, why, one.version, _called(one)))


def done(screen: Screen, one: Decision) -> None:
    """Mark it as done on the day shown, in one step; undo takes it back."""
    body = {**one.body(), "done_on": act_words.day(screen)}
    act_form.noted(screen, recording.keep(screen, DECISION, one.id, body, "", one.version, _called(one)))


def _called(one: Decision) -> str:
    """What a reader calls a decision: its id and its words."""
    return f"{one.id}, {one.text}"
