"""The life of a breach: since when a figure has been beyond its line, how often in a row, how fast, and what ended it.

A date without a figure neither ends a run nor lengthens it: nothing is known of it.

A figure of few people wavers about its line. It is shown as red at once, but warns only once that is sure: its own
95 % interval lies beyond red, or it is red again in months of their own, at the next date or, where a figure counts
twelve months, a year later. Hard caps warn at once, and so do figures but counts without people behind them, as a
ledger's.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics import catalogue
from metrics.catalogue import Indicator
from metrics.intervals import wilson
from metrics.limits import Limit, Lines, graded

MONTH = 30.4375  # days
RECENT = 4  # dates that the pace is taken from
YEAR = 360  # days after which twelve months share none with those before
SPREAD = 1.5  # of so many loans one counts for a share of money: they are not alike (1 + variation², at 0.7)
SEVERITY = {"": 0, "amber": 1, "red": 2}


@dataclass(frozen=True)
class Point:
    """A figure at a date, with the limit that held then, its level and the line that it broke.

    `sure`: the whole 95 % interval of the figure lies beyond red.
    """

    day: datetime.date
    value: float
    n: float
    limit: Limit | None
    level: str
    line: float | None
    sure: bool = False


@dataclass(frozen=True)
class Run:
    """Dates in a row on which a figure was beyond a line; `ended` is the first date on which it no longer was."""

    indicator: Indicator
    unit: str
    points: tuple[Point, ...]
    before: Point | None
    ended: Point | None

    @property
    def first(self) -> datetime.date:
        """The first date of the run."""
        return self.points[0].day

    @property
    def now(self) -> Point:
        """The last date of the run."""
        return self.points[-1]

    @property
    def earlier(self) -> Point | None:
        """The date with a figure before the last one of the run."""
        return self.points[-2] if len(self.points) > 1 else self.before

    @property
    def new(self) -> bool:
        """Whether the last date is worse than the one before it; the first figure of all is."""
        return self.earlier is None or SEVERITY[self.now.level] > SEVERITY[self.earlier.level]

    @property
    def red(self) -> tuple[Point, ...]:
        """The dates in a row up to the last one on which it was red."""
        count = next((at for at, one in enumerate(reversed(self.points)) if one.level != "red"), len(self.points))
        return self.points[len(self.points) - count :]

    def warns(self, hard: bool) -> bool:
        """Whether it becomes a warning in red with its last date; a row of red dates warns once."""
        red = self.red
        known = [at for at, one in enumerate(red) if self._sure(one, red[0], hard)]
        return bool(known) and known[0] == len(red) - 1

    def _sure(self, one: Point, first: Point, hard: bool) -> bool:
        """Whether red at a date is more than chance; `first`: the first of its red dates in a row."""
        if hard or one.sure or (self.indicator.people == "none" and self.indicator.unit != "count"):
            return True
        yearly = any(name.endswith("_12m") for name in self.indicator.parts)
        return (one.day - first.day).days > (YEAR if yearly else 0)


def runs(frame: pd.DataFrame, lines: Lines, today: datetime.date | None = None) -> Iterator[Run]:
    """Every run of every figure, the earlier ones first.

    Args:
        frame: period, unit, indicator, value, n, low, high, as `values` gives them, for all dates looked at.
        lines: the limits of these units.
        today: the day whose limits hold for the newest date; None for that date's own.
    """
    known = _with_ends(frame[frame["value"].notna()])
    newest = frame["period"].max() if len(frame) else None
    figures: dict[tuple[str, str], list[tuple[datetime.date, float, float, float, float]]] = {}
    columns = ("indicator", "unit", "period", "value", "n", "low", "high")
    for name, unit, *figure in zip(*(known[column].tolist() for column in columns), strict=True):
        figures.setdefault((str(name), str(unit)), []).append(tuple(figure))
    for (name, unit), own in figures.items():
        indicator = catalogue.indicators()[name]
        points = []
        for day, value, n, low, high in own:
            at = today if today is not None and day == newest else day
            limit = lines.at(indicator.id, unit, at)
            level = graded(indicator, value, limit)
            sure = level[0] == "red" and all(graded(indicator, end, limit) == level for end in (low, high))
            points.append(Point(day, value, n, limit, *level, sure))
        yield from _runs(indicator, unit, points)


def _with_ends(known: pd.DataFrame) -> pd.DataFrame:
    """Figures with both ends of their interval: that of a sample, else that of a share of people or their loans."""
    shares = {one.id for one in catalogue.indicators().values() if one.unit == "%" and one.people != "none"}
    value, n = (known[name].to_numpy(dtype=np.float64) for name in ("value", "n"))
    share = known["indicator"].isin(shares).to_numpy() & (value >= 0) & (n > 0)
    ends = wilson(np.where(share, np.minimum(value, 1.0), np.nan), n / SPREAD)
    own = [known[name].to_numpy(dtype=np.float64) if name in known else ends[0] * np.nan for name in ("low", "high")]
    filled = [np.where(np.isnan(given), made, given) for given, made in zip(own, ends, strict=True)]
    return known.assign(low=filled[0], high=filled[1])


def _runs(indicator: Indicator, unit: str, points: Sequence[Point]) -> Iterator[Run]:
    start = None
    for place, point in enumerate(points):
        if point.level and start is None:
            start = place
        if not point.level and start is not None:
            yield Run(indicator, unit, tuple(points[start:place]), points[start - 1] if start else None, point)
            start = None
    if start is not None:
        yield Run(indicator, unit, tuple(points[start:]), points[start - 1] if start else None, None)


def pace(run: Run) -> float | None:
    """Change of a figure a month over its last four dates, counted positive where it grows worse; None for one date."""
    points = [*([run.before] if run.before else []), *run.points][-RECENT:]
    if len(points) < 2:
        return None
    days = np.array([float((point.day - points[0].day).days) for point in points])
    figures = np.array([point.value for point in points])
    slope = float(np.polyfit(days / MONTH, figures, 1)[0])
    return slope if worse_upwards(run) else -slope


def worse_upwards(run: Run) -> bool:
    """Whether a higher figure is worse; of a band that depends on the end at which it was left."""
    if run.indicator.better != "band":
        return run.indicator.better == "lower"
    return run.now.line is not None and run.now.value > run.now.line


def ending(run: Run) -> str:
    """What ended a run: 'limit' where the line before would still be broken, else 'within'; '' if it goes on."""
    if run.ended is None:
        return ""
    changed = run.ended.limit != run.now.limit
    still = graded(run.indicator, run.ended.value, run.now.limit)[0]
    return "limit" if changed and still else "within"
