"""How fast indicators have moved so far: the largest move of any unit over a quarter or a year, from its history."""

import datetime
from dataclasses import dataclass

import numpy as np

from metrics.formula import Array
from metrics.units import Scored

SPANS = (3, 12)  # months: a quarter, a year


@dataclass(frozen=True)
class Pace:
    """The largest move of one indicator in one direction: how much, in its own unit; whose; by when."""

    months: int
    size: float
    unit: str
    day: datetime.date


def months_before(days: list[datetime.date], day: datetime.date, months: int) -> datetime.date | None:
    """The last date in the calendar month so many months before a day; None where there is none."""
    wanted = _month(day) - months
    return max((one for one in days if _month(one) == wanted), default=None)


def _month(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1


@dataclass(frozen=True, eq=False)
class Moves:
    """Changes of every indicator of every unit over so many months: `sizes` is (pairs, leaves), aligned with `rows`."""

    months: int
    rows: list[tuple[datetime.date, str]]
    sizes: Array


def moves(scored: Scored) -> tuple[Moves, ...]:
    """All changes over a quarter and over a year, up to the newest date; NaN where either value is missing."""
    places = {row: place for place, row in enumerate(scored.rows)}
    days = sorted({day for day, _ in scored.rows})
    found = []
    for months in SPANS:
        earlier = {day: months_before(days, day, months) for day in days}
        pairs = [
            (place, places[before, unit])
            for (day, unit), place in places.items()
            if (before := earlier[day]) is not None and (before, unit) in places
        ]
        now, then = ([pair[side] for pair in pairs] for side in (0, 1))
        sizes = scored.values[now] - scored.values[then] if pairs else np.empty((0, scored.values.shape[1]))
        found.append(Moves(months, [scored.rows[place] for place in now], sizes))
    return tuple(found)


def fastest(found: Moves, leaf: int, change: float) -> Pace | None:
    """The largest move in the direction of a change; None where no unit ever moved that way in that time."""
    sizes = np.nan_to_num(found.sizes[:, leaf] * np.sign(change), nan=-np.inf)
    place = int(np.argmax(sizes)) if len(sizes) else -1
    if place < 0 or sizes[place] <= 0:
        return None
    day, unit = found.rows[place]
    return Pace(found.months, float(sizes[place]), unit, day)
