"""What became of an indicator after something was done: before, after, and whether the change is more than chance.

That a change followed does not show that it was caused: the interval says only how far chance alone may go. A change
of shares and of survey figures has an interval from their own n (Newcombe's hybrid of two intervals); any other from
how far the figure wandered from month to month before: the root mean square of the earlier monthly changes, times
Student's t and the root of the months gone by. Both are careful: the same clients stand in both figures, and months
that swing back are taken as if they added up.
"""

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd

from metrics import catalogue, values
from metrics.catalogue import Indicator
from metrics.errors import EvenkeelError, nearest
from metrics.figures import figure, points
from metrics.intervals import student, wilson
from metrics.words import date, number, say

Cursor = duckdb.DuckDBPyConnection
MONTHS = 3  # fewer say nothing yet
WINDOW = 12  # months of a trailing year
FEWEST = 6  # earlier monthly changes, to know how far a figure wanders
REACH = 100  # days back to the last figure before
VERDICTS = ("better", "worse", "no_change", "too_early", "not_measured")


@dataclass(frozen=True)
class Point:
    """One figure of a series; n, low and high are NaN where they are not known."""

    day: datetime.date
    value: float
    n: float = math.nan
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True)
class Effect:
    """An indicator before and after; shares as fractions, `low` and `high` the 95 % interval of the change.

    `reason` says why there is no verdict: no_before, no_after, few_months (usual swings unknown), never_moved (no
    month before tells how far it swings), no_direction. `ready_on` is the first day whose figures can be judged.
    `way` is figures or months, by what gave the interval; `by` is whose figures they are: branch or institution.
    `others` is the middle change of the `others_n` other branches between the same two dates.
    """

    indicator: str
    since: datetime.date
    ready_on: datetime.date
    verdict: str = "not_measured"
    reason: str = ""
    before: float | None = None
    after: float | None = None
    before_on: datetime.date | None = None
    after_on: datetime.date | None = None
    before_n: float | None = None
    after_n: float | None = None
    low: float | None = None
    high: float | None = None
    way: str = ""
    by: str = "institution"
    others: float | None = None
    others_n: int = 0

    @property
    def change(self) -> float | None:
        """After less before, in the indicator's own unit."""
        return None if self.before is None or self.after is None else self.after - self.before


def effect(
    cursor: Cursor, settings: Mapping[str, object], indicator: str, since: datetime.date, day: datetime.date,
    branch: str | None = None,
) -> Effect:  # fmt: skip
    """An indicator at the last date up to `since` against the newest up to `day`.

    Args:
        settings: the policy's definitions.
        indicator: its id.
        since: when what should show its effect was done.
        branch: whose figures; the institution's where None, or where the indicator has no meaning for a branch.

    Raises:
        EvenkeelError: no such indicator.
    """
    known = catalogue.indicators()
    if indicator not in known:
        raise EvenkeelError("errors.unknown_indicator", name=indicator, nearest=nearest(indicator, known))
    one = known[indicator]
    by = "branch" if branch and "branch" in one.units else "institution"
    frame = _known_values(cursor, settings, indicator, by)
    found = judged(one, _points(frame, branch if by == "branch" else None), since, day)
    if by == "branch":
        found = _beside(found, {str(unit): _points(frame, str(unit)) for unit in frame["unit"].unique()}, str(branch))
    return replace(found, by=by)


def series(cursor: Cursor, settings: Mapping[str, object], indicator: str, branch: str | None = None) -> list[Point]:
    """The figures of an indicator that are known, oldest first: of a branch, or of the institution."""
    return _points(_known_values(cursor, settings, indicator, "branch" if branch else "institution"), branch)


def _known_values(cursor: Cursor, settings: Mapping[str, object], indicator: str, by: str) -> pd.DataFrame:
    frame = values.values(cursor, settings, by, indicators=[indicator])
    return frame[frame["value"].notna()].sort_values("period")


def _points(frame: pd.DataFrame, branch: str | None) -> list[Point]:
    mine = frame if branch is None else frame[frame["unit"] == branch]
    columns = ["period", "value", "n", "low", "high"]
    return [Point(*row) for row in mine[columns].itertuples(index=False, name=None)]


def _beside(found: Effect, every: Mapping[str, Sequence[Point]], branch: str) -> Effect:
    """An effect with the middle change of the other branches between its two dates."""
    changes = []
    for series_of in (one for unit, one in every.items() if unit != branch):
        at = {point.day: point.value for point in series_of}
        if found.before_on in at and found.after_on in at:
            changes.append(at[found.after_on] - at[found.before_on])
    return replace(found, others=float(np.median(changes)), others_n=len(changes)) if changes else found


def judged(one: Indicator, points: Sequence[Point], since: datetime.date, day: datetime.date) -> Effect:
    """The effect that a series of figures shows; see `effect`."""
    window = WINDOW if any(part.endswith("_12m") for part in one.parts) else MONTHS
    found = Effect(one.id, since, later(since, window))
    earlier = [point for point in points if point.day <= since]
    if not earlier or (since - earlier[-1].day).days > REACH:
        return replace(found, reason="no_before")
    before, rest = earlier[-1], [point for point in points if since < point.day <= day]
    found = replace(found, before=before.value, before_on=before.day, before_n=_known(before.n))
    if not rest:
        young = day < found.ready_on
        return replace(found, reason="no_after", verdict="too_early" if young else "not_measured")
    after = rest[-1]
    found = replace(found, after=after.value, after_on=after.day, after_n=_known(after.n))
    low, high, way = change_interval(one, before, after, earlier)
    found = replace(found, low=_known(low), high=_known(high), way=way)
    if after.day < found.ready_on:
        return replace(found, verdict="too_early")
    return _decided(one, found)


def _decided(one: Indicator, found: Effect) -> Effect:
    if found.low is None or found.high is None or found.before is None or found.after is None:
        if found.change == 0:
            return replace(found, verdict="no_change")
        return replace(found, reason="never_moved" if found.way == "months" else "few_months")
    if found.low <= 0 <= found.high:
        return replace(found, verdict="no_change")
    if one.better == "band" and len(one.goalposts) != 4:
        return replace(found, reason="no_direction")
    gain = _gain(one, found.before, found.after)
    return replace(found, verdict="better" if gain > 0 else "worse" if gain < 0 else "no_change")


def _gain(one: Indicator, before: float, after: float) -> float:
    """How much better it became; for a band, how much nearer to its best part."""
    if one.better == "band":
        best = one.goalposts[1:3]
        return _outside(before, min(best), max(best)) - _outside(after, min(best), max(best))
    return after - before if one.better == "higher" else before - after


def _outside(value: float, low: float, high: float) -> float:
    return max(low - value, 0.0, value - high)


def change_interval(one: Indicator, before: Point, after: Point, earlier: Sequence[Point]) -> tuple[float, float, str]:
    """The 95 % interval of the change, and what it comes from (figures or months); NaN where nothing gives one.

    A figure that moved in no month before has no interval: a swing of nothing would call any change more than usual.

    Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17 (1998), method 10; for other figures of samples by G. Zou and A. Donner's recovery of variances (2008).
    """
    ends = [_ends(one, before), _ends(one, after)]
    change = after.value - before.value
    if not any(math.isnan(end) for pair in ends for end in pair):
        (low, high), (later_low, later_high) = ends
        down = math.hypot(after.value - later_low, high - before.value)
        up = math.hypot(later_high - after.value, before.value - low)
        return change - down, change + up, "figures"
    swing = swings(earlier)
    half = swing * math.sqrt(max(_months(before.day, after.day), 1)) if swing else math.nan
    return change - half, change + half, "" if swing is None else "months"


def swings(points: Sequence[Point]) -> float | None:
    """How far a figure may go in a month by itself, 95 %; None where there are too few earlier months.

    Only neighbouring month-ends are compared, the last 24 at most.
    """
    last = {(point.day.year, point.day.month): point for point in points}
    ends = sorted(last.values(), key=lambda point: point.day)[-2 * WINDOW - 1 :]
    steps = [b.value - a.value for a, b in zip(ends, ends[1:], strict=False) if _months(a.day, b.day) == 1]
    if len(steps) < FEWEST:
        return None
    return float(student(len(steps)) * math.sqrt(np.mean(np.square(steps))))


def _ends(one: Indicator, point: Point) -> tuple[float, float]:
    """The interval of one figure: its own, or Wilson's where it is a share of counted people or cases."""
    if not math.isnan(point.low + point.high):
        return point.low, point.high
    counted = point.value * point.n
    whole = point.n >= 1 and abs(counted - round(counted)) < 1e-6 * point.n if not math.isnan(counted) else False
    if one.unit != "%" or not 0 <= point.value <= 1 or not whole:
        return math.nan, math.nan
    low, high = wilson(np.array([point.value]), np.array([point.n]))
    return float(low[0]), float(high[0])


def sentence(found: Effect, language: str, name: str, currency: str | None = None) -> str:
    """What became of it, with numbers, dates, n and the interval of the change.

    Args:
        name: of the indicator, and of the branch where it is a branch's.
    """
    one = catalogue.indicators()[found.indicator]
    ready = date(language, found.ready_on)
    if found.before is None:
        return say(language, "actions.effect_no_before", name=name, since=found.since)
    before = _told(one, language, found.before, found.before_n, found.before_on, currency)
    if found.after is None:
        return say(language, f"actions.effect_{found.verdict}_no_after", name=name, before=before, ready=ready)
    after = _told(one, language, found.after, found.after_n, found.after_on, currency)
    change = signed(one, language, found.after - found.before, currency)
    moved = say(language, "actions.effect_moved", name=name, before=before, after=after, change=change)
    if found.low is not None and found.high is not None:
        low, high = (signed(one, language, end, currency) for end in (found.low, found.high))
        moved = say(language, "actions.effect_span", moved=moved, low=low, high=high)
    judged = found.reason if found.verdict == "not_measured" else found.verdict
    text = f"{moved} {say(language, f'actions.effect_{judged}', ready=ready)}"
    if found.others is None:
        return text
    meanwhile = signed(one, language, found.others, currency)
    return f"{text} {say(language, 'actions.effect_others', n=found.others_n, change=meanwhile)}"


def waiting(found: Effect, language: str, name: str, currency: str | None = None) -> str:
    """What will be watched once it is done: the figure as it is now."""
    if found.before is None:
        return say(language, "actions.effect_waiting_blank", name=name)
    one = catalogue.indicators()[found.indicator]
    before = _told(one, language, found.before, found.before_n, found.before_on, currency)
    return say(language, "actions.effect_waiting", name=name, before=before)


def signed(one: Indicator, language: str, change: float, currency: str | None = None) -> str:
    """A change with its sign: +3.5 points, −12 days; shares in points of 100."""
    if one.unit in ("%", "points"):
        size = points(language, abs(change) * 100)
        zero = round(abs(change) * 100, 1) == 0
    else:
        size = figure(language, one, abs(change), currency)
        zero = round(abs(change), 2) == 0
    return size if zero else ("−" if change < 0 else "+") + size


def _told(
    one: Indicator, language: str, value: float, n: float | None, day: datetime.date | None, currency: str | None
) -> str:
    shown = figure(language, one, value, currency)
    when = date(language, day) if day else ""
    if n is None:
        return say(language, "actions.effect_point", value=shown, day=when)
    return say(language, "actions.effect_point_n", value=shown, day=when, count=number(language, n))


def later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later; a month-end stays one."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    last = _last(year, month + 1)
    ends = day.day == _last(day.year, day.month)
    return datetime.date(year, month + 1, last if ends else min(day.day, last))


def _last(year: int, month: int) -> int:
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.timedelta(days=1)).day


def _months(earlier: datetime.date, later: datetime.date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
