"""The life of a breach: since when a figure has been beyond its line, how often in a row, how fast, and what ended it.

A date without a figure neither ends a run nor lengthens it: nothing is known of it.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics import catalogue
from metrics.catalogue import Indicator
from metrics.limits import Limit, Lines, graded

MONTH = 30.4375  # days
RECENT = 4  # dates that the pace is taken from
SEVERITY = {"": 0, "amber": 1, "red": 2}


@dataclass(frozen=True)
class Point:
    """A figure at a date, with the limit that held then, its level and the line that it broke."""

    day: datetime.date
    value: float
    n: float
    limit: Limit | None
    level: str
    line: float | None


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


def runs(frame: pd.DataFrame, lines: Lines, today: datetime.date | None = None) -> Iterator[Run]:
    """Every run of every figure, the earlier ones first.

    Args:
        frame: period, unit, indicator, value, n, as `values` gives them, for all dates looked at.
        lines: the limits of these units.
        today: the day whose limits hold for the newest date; None for that date's own.
    """
    known = frame[frame["value"].notna()]
    newest = frame["period"].max() if len(frame) else None
    for (name, unit), own in known.groupby(["indicator", "unit"], sort=False):
        indicator = catalogue.indicators()[str(name)]
        points = []
        for day, value, n in zip(own["period"], own["value"].tolist(), own["n"].tolist(), strict=True):
            at = today if today is not None and day == newest else day
            limit = lines.at(indicator.id, str(unit), at)
            points.append(Point(day, value, n, limit, *graded(indicator, value, limit)))
        yield from _runs(indicator, str(unit), points)


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
