"""What people wrote of breaches and signals, laid over them: notes change often, the figures behind them do not."""

import datetime
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import TypeVar

from metrics import records
from metrics.appetite.breaches import BREACH, Breach, day_of
from metrics.appetite.signals import Signal
from metrics.records import Record
from pages.ui.screen import Screen

Noted = TypeVar("Noted", Breach, Signal)


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
    known = by_place.get(one.id.rpartition("/")[0], [])
    kept = _kept(one, known)
    body = kept.body if kept else {}
    said = {
        "owner": body.get("owner", ""), "comment": body.get("comment", ""),
        "acknowledged_by": body.get("acknowledged_by", ""), "acknowledged_on": day_of(body.get("acknowledged_on")),
        # Where the first date has moved, what is written now is a record of its own.
        "version": next((record.version for record in known if record.id == one.id), 0),
    }  # fmt: skip
    if isinstance(one, Breach):
        said["action"] = made.get(f"breach/{kept.id if kept else one.id}", "")
    return replace(one, **said)


def _kept(one: Breach | Signal, known: Sequence[Record]) -> Record | None:
    """What was written within a run: data that came later may have moved its first date."""
    days = {record.id: datetime.date.fromisoformat(record.id.rpartition("/")[2]) for record in known}
    inside = [record for record in known if one.since <= days[record.id] <= one.day]
    return max(inside, key=lambda record: record.at, default=None)
