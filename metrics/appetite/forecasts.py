"""When a figure will pass its line if it goes on as it has: days, with an interval; silent where that is not known."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.formula import Array
from metrics.limits import Line

FEWEST, MOST = 6, 12  # dates that the trend is taken from
SPAN = 1095  # days: nothing is said about what lies further away
# 97.5th percentiles of Student's t for 4 to 10 degrees of freedom.
T = {4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228}


@dataclass(frozen=True)
class Forecast:
    """Days from the last date to the line by the trend; `low` to `high` hold it in 95 of 100 cases.

    `high` is None where the slower end of the trend does not reach the line within three years. `slope` is the change
    a day, `n` the number of dates behind it.
    """

    days: int
    low: int
    high: int | None
    slope: float
    n: int


def forecast(periods: Sequence[datetime.date], values: Sequence[float], line: Line, better: str) -> Forecast | None:
    """The days until a figure passes its line, by the straight line through its last dates.

    The interval is where the 95 % prediction band of the trend crosses the line. Errors that hang together from
    date to date make the slope less sure than it looks: the degrees of freedom fall with their correlation.

    Args:
        periods: dates, the oldest first.
        values: at these dates; NaN where missing.
        line: amber, red, or both ends of a band.
        better: lower, higher or band.

    Returns:
        None where fewer than six dates are known, the trend towards the line is not clear, the line is passed
        already, or lies more than three years away.
    """
    known = [(day, value) for day, value in zip(periods, values, strict=True) if value == value][-MOST:]
    if len(known) < FEWEST:
        return None
    days = np.array([float((day - known[-1][0]).days) for day, _ in known])
    figures = np.array([value for _, value in known], dtype=np.float64)
    trend = _fitted(days, figures)
    ahead = _ahead(line, better, float(figures[-1]), trend.slope)
    if ahead is None or not trend.clear:
        return None
    gap = ahead - trend.level
    if gap * trend.slope <= 0:  # the trend itself stands beyond the line already
        return None
    found = gap / trend.slope
    if found > SPAN:
        return None
    low, high = trend.crossing(ahead)
    return Forecast(max(1, round(found)), low, high, trend.slope, len(known))


@dataclass(frozen=True)
class Trend:
    """A straight line: level at the last date, slope a day, and what its errors are like."""

    level: float
    slope: float
    error: float
    sd: float
    t: float
    mean_day: float
    spread: float
    n: int

    @property
    def clear(self) -> bool:
        """Whether the slope is other than none beyond doubt (95 %)."""
        return abs(self.slope) > self.t * self.error and abs(self.slope) > 0

    def crossing(self, line: float) -> tuple[int, int | None]:
        """First and last day on which the prediction band crosses a line; None: not within the span."""
        ahead = np.arange(1.0, SPAN + 1)
        middle = self.level + self.slope * ahead
        half = self.t * self.sd * np.sqrt(1 + 1 / self.n + (ahead - self.mean_day) ** 2 / self.spread)
        # Uncertain slopes open the band with distance: `error` holds it, `sd` alone would not.
        half = np.maximum(half, self.t * self.error * (ahead - self.mean_day))
        sign = 1.0 if self.slope > 0 else -1.0
        sooner, later = sign * (middle + sign * half - line) >= 0, sign * (middle - sign * half - line) >= 0
        low = int(ahead[np.argmax(sooner)]) if sooner.any() else SPAN
        return low, int(ahead[np.argmax(later)]) if later.any() else None


def _fitted(days: Array, figures: Array) -> Trend:
    """Least squares, its standard error widened where the errors of one date and the next go together."""
    n, middle = len(days), float(days.mean())
    spread = float(((days - middle) ** 2).sum())
    slope = float(((days - middle) * (figures - figures.mean())).sum() / spread)
    left = figures - figures.mean() - slope * (days - middle)
    sd = math.sqrt(float((left**2).sum()) / (n - 2))
    together = float((left[1:] * left[:-1]).sum() / (left**2).sum()) if sd > 0 else 0.0
    together = min(max(together, 0.0), 0.8)
    wider = math.sqrt((1 + together) / (1 - together))
    level = float(figures.mean() - slope * middle)
    return Trend(level, slope, wider * sd / math.sqrt(spread), wider * sd, T[n - 2], middle, spread, n)


def _ahead(line: Line, better: str, value: float, slope: float) -> float | None:
    """The end of the line that a value moves to and has not passed; None where there is none."""
    if line is None or slope == 0:
        return None
    if isinstance(line, tuple):
        inside = line[0] <= value <= line[1]
        return (line[1] if slope > 0 else line[0]) if inside else None
    if better == "higher":
        return line if value >= line and slope < 0 else None
    return line if value <= line and slope > 0 else None
