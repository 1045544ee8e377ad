"""What tests and proofs of the warnings read from a store: first red signals, crossings of a line, false alarms."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from metrics import catalogue, limits, policy, values
from metrics.appetite import life, signals
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
    """Of months of institutions: all, those with a new red signal, those with any new signal.

    `limits`: those in which a broken limit newly warned in red; `either`: those with a red warning of either kind;
    `shown`: those in which a figure was newly red, whether it warned or not.
    """

    months: int
    red: int
    any: int
    limits: int
    either: int
    shown: int


Days = dict[str, set[datetime.date]]


def limit_alarms(cursor: Cursor) -> tuple[Days, Days]:
    """Institution -> the dates on which a broken limit newly warned in red, and on which a figure was newly red.

    A figure that stands beyond red on average over all of its dates is no false alarm, and not counted.
    """
    warned, shown = defaultdict(set), defaultdict(set)
    for by in ("institution", "branch"):
        held = limits.lines(cursor, EQUAL, by)
        names = [name for name in held.names() if by in catalogue.indicators()[name].units]
        frame = values.values(cursor, EQUAL.settings, by, indicators=names)
        usual = frame.groupby(["indicator", "unit"])["value"].mean()
        for run in life.runs(frame, held):
            mean = float(usual[run.indicator.id, run.unit])
            if limits.graded(run.indicator, mean, held.at(run.indicator.id, run.unit, run.first))[0] == "red":
                continue
            whose = run.unit.partition("/")[0]
            for end in range(len(run.points)):
                until = replace(run, points=run.points[: end + 1])
                if until.warns(hard=False):
                    warned[whose].add(until.now.day)
                if until.new and until.now.level == "red":
                    shown[whose].add(until.now.day)
    return warned, shown


def alarms(folder: Path, seeds: range) -> Alarms:
    """Warnings among institutions without trouble, counted once every sign could speak."""
    store = troubles.landed(folder, seeds)
    warned, reds = limit_alarms(store.cursor())
    counted = red = told = broken = either = shown = 0
    for seed in seeds:
        seen: set[tuple[str, str, datetime.date]] = set()
        over = signals.timeline(store.cursor(Scope(institutions=(troubles.name(seed),))))
        for day in sorted(over)[HISTORY:]:
            fresh = {(one.name, one.unit, one.since) for one in over[day]} - seen
            seen |= fresh
            signal, limit = any(one.new for one in over[day]), day in warned[troubles.name(seed)]
            counted, red, told = counted + 1, red + signal, told + bool(fresh)
            broken, either = broken + limit, either + (signal or limit)
            shown += day in reds[troubles.name(seed)]
    store.close()
    return Alarms(counted, red, told, broken, either, shown)


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
