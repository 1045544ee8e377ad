"""What people wrote of breaches and signals, laid over them: notes change often, the figures behind them do not."""

import datetime
import getpass
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from metrics import records
from metrics.appetite.breaches import BREACH, Breach, day_of
from metrics.appetite.signals import Signal
from metrics.records import Record
from pages.ui import recording
from pages.ui.screen import Screen

Noted = TypeVar("Noted", Breach, Signal)
SEEN = "breach_seen"


def noted(screen: Screen, found: Sequence[Noted]) -> tuple[Noted, ...]:
    """The same with owner, comment, who has seen it and the action made of it as they stand now."""
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        written = records.newest(cursor, BREACH.name)
        actions = records.newest(cursor, "action")
    by_place: dict[str, list[Record]] = {}
    for record in written:
        by_place.setdefault(record.id.rpartition("/")[0], []).append(record)
    made = {str(one.body["origin"]): one.id for one in actions if one.body.get("origin")}
    return tuple(_noted(one, by_place, made) for one in found)


def _noted(one: Noted, by_place: dict[str, list[Record]], made: dict[str, str]) -> Noted:
    kept = _kept(one, by_place.get(one.id.rpartition("/")[0], []))
    body = kept.body if kept else {}
    said = {
        "owner": body.get("owner", ""), "comment": body.get("comment", ""),
        "acknowledged_by": body.get("acknowledged_by", ""), "acknowledged_on": day_of(body.get("acknowledged_on")),
        "version": kept.version if kept else 0,
    }  # fmt: skip
    if isinstance(one, Breach):
        said["action"] = made.get(f"breach/{kept.id if kept else one.id}", "")
    return replace(one, **said)


def _kept(one: Breach | Signal, known: Sequence[Record]) -> Record | None:
    """What was written within a run: data that came later may have moved its first date."""
    days = {record.id: datetime.date.fromisoformat(record.id.rpartition("/")[2]) for record in known}
    inside = [record for record in known if one.since <= days[record.id] <= one.day]
    return max(inside, key=lambda record: record.at, default=None)


def seen(record_id: str, version: int) -> int:
    """The version that a form showed when it was opened: what came since is a conflict, not to be written over."""
    held = st.session_state.get(SEEN)
    if held is None or held[0] != record_id:
        held = (record_id, version)
        st.session_state[SEEN] = held
    return int(held[1])


def forget() -> None:
    """Forget which version was shown, once its form is closed."""
    st.session_state.pop(SEEN, None)


def me() -> str:
    """The name under which this session keeps changes."""
    return str(st.session_state.setdefault(recording.AUTHOR, getpass.getuser()))
