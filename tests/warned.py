"""What tests and proofs of the warnings read from a store: first red signals, crossings of a line, false alarms."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from metrics import policy, values
from metrics.appetite import signals
from metrics.store import Cursor, Scope
from tests import moved, troubles

EQUAL = policy.load("equal")
HISTORY = 14  # dates after which every sign could speak


def first_reds(cursor: Cursor, unit: str) -> dict[str, datetime.date]:
    """The first date on which each sign was red for a unit."""
    found: dict[str, datetime.date] = {}
    for day, known in sorted(signals.timeline(cursor).items()):
        for one in known:
            if one.unit == unit and one.level == "red":
                found.setdefault(one.name, day)
    return found


def crossed(cursor: Cursor, indicator: str, line: float, unit: str = moved.BRANCH) -> datetime.date | None:
    """The first date on which a unit's figure was above a line, after one on which it was not."""
    frame = values.values(cursor, EQUAL.settings, indicators=[indicator])
    own = frame[(frame["unit"] == unit) & frame["value"].notna()]
    above = list(zip(own["period"], own["value"] > line, strict=True))
    return next((day for (_, before), (day, now) in zip(above, above[1:], strict=False) if now and not before), None)


def months(first: datetime.date, last: datetime.date) -> int:
    """Whole months from one month-end to another."""
    return (last.year - first.year) * 12 + last.month - first.month


@dataclass(frozen=True)
class Alarms:
    """Of months of institutions: all, those with a new red signal, those with any new signal."""

    months: int
    red: int
    any: int


def alarms(folder: Path, seeds: range) -> Alarms:
    """Signals among institutions without trouble, counted once every sign could speak."""
    store = troubles.landed(folder, seeds)
    counted = red = told = 0
    for seed in seeds:
        seen: set[tuple[str, str, datetime.date]] = set()
        over = signals.timeline(store.cursor(Scope(institutions=(troubles.name(seed),))))
        for known in [over[day] for day in sorted(over)][HISTORY:]:
            fresh = {(one.name, one.unit, one.since) for one in known} - seen
            seen |= fresh
            counted, red, told = counted + 1, red + any(one.new for one in known), told + bool(fresh)
    store.close()
    return Alarms(counted, red, told)


def delays(folder: Path, seeds: range) -> list[int | None]:
    """How many months after planted trouble began its branch was red; None where it never was."""
    store, found = troubles.landed(folder, seeds, trouble=True), []
    for seed in seeds:
        planted = troubles.planted(seed)
        over = signals.timeline(store.cursor(Scope(institutions=(troubles.name(seed),))))
        days = enumerate(sorted(over))
        red = [at for at, day in days for one in over[day] if one.level == "red" and one.unit == planted.branch]
        found.append(next((at - planted.month for at in red if at >= planted.month), None))
    store.close()
    return found
