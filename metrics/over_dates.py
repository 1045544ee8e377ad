"""One unit against itself: now, a quarter ago, a year ago, and as it would stand with every figure at its limit."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd

from metrics import limits, survey_error, values
from metrics.balance import flip
from metrics.formula import Array, displayed
from metrics.limits import Limit
from metrics.picture import Picture, live_data, quarter_before
from metrics.score import score
from metrics.units import Scored, Unit, Where, at, score_all
from metrics.words import month, percent, say

Cursor = duckdb.DuckDBPyConnection
NOW, QUARTER, YEAR, LIMITS = "now", "quarter", "year", "limits"
ENDS = 0.5  # percent: nearer to 0 or 100 than this, a share is written with a decimal


@dataclass(frozen=True, eq=False)
class OverDates:
    """A picture whose units are dates of one unit; `unlimited` counts its indicators that have no limit."""

    picture: Picture
    unlimited: int


def year_before(dates: Sequence[datetime.date], day: datetime.date) -> datetime.date | None:
    """The last date with data twelve calendar months before a day, or None."""
    months = day.year * 12 + day.month - 1 - 12
    earlier = [date for date in dates if date.year * 12 + date.month - 1 == months]
    return earlier[-1] if earlier else None


def over_dates(
    cursor: Cursor, shown: Picture, language: str, unit: str | None = None, where: Where = ()
) -> OverDates | None:
    """The picture of one unit whose units are dates; None where the unit has nothing at the date shown.

    Where an indicator has no limit the unit stands as it does now, and where it has no figure now it has none there
    either: now and the limits are compared on the same leaves.

    Args:
        cursor: with the scope of the picture.
        shown: whose date, policy and kind of unit are taken.
        language: of the dates' names.
        unit: the unit's id; None for the institution.
        where: filters, as those of the picture.
    """
    kind = "institution" if unit is None else shown.by
    dates = values.periods(cursor)
    days = {NOW: shown.as_of, QUARTER: quarter_before(dates, shown.as_of), YEAR: year_before(dates, shown.as_of)}
    known = sorted({day for day in days.values() if day is not None})
    found = score_all(cursor, shown.policy, kind, [(name, tuple(wanted)) for name, wanted in where], known)
    units = [row[1] for row in found.rows if row[0] == shown.as_of]
    one = unit if unit is not None else units[0] if len(set(units)) == 1 else None
    rows = {row: place for place, row in enumerate(found.rows)}
    places = {name: rows[day, one] for name, day in days.items() if day and one and (day, one) in rows}
    if NOW not in places:
        return None
    lines = limits.in_force(cursor, shown.policy, kind)
    named = {name: _named(name, day, language) for name, day in days.items() if day is not None}
    return _picture(found, places, lines, shown, {**named, LIMITS: say(language, "compare.dates_limits")})


def _named(name: str, day: datetime.date, language: str) -> str:
    return say(language, "compare.dates_now") if name == NOW else month(language, day)


def _picture(
    found: Scored, places: dict[str, int], lines: dict[str, Limit], shown: Picture, named: dict[str, str]
) -> OverDates:
    """The rows of some dates and that of the limits as units of one date, scored together."""
    cut = found.scores.policy
    wanted = [leaf.indicator for leaf in cut.leaves]
    now = found.values[places[NOW]]
    line = [_line(name, value, lines) for name, value in zip(wanted, now, strict=True)]
    at_limit = np.where(np.isnan(now) | np.isnan(line), now, line)
    matrix = np.vstack([found.values[list(places.values())], at_limit])
    ids = [*places, LIMITS]
    rows = [(shown.as_of, name) for name in ids]
    frame = pd.DataFrame(
        [(shown.as_of, name, indicator, value, np.nan, "ok")
         for name, row in zip(ids, matrix, strict=True) for indicator, value in zip(wanted, row, strict=True)],
        columns=["period", "unit", "indicator", "value", "n", "status"],
    )  # fmt: skip
    scores = score(matrix, cut)
    scored = Scored(rows, frame, matrix, scores, {})
    names = {name: (text, "") for name, text in named.items()}
    units = at(scored, shown.as_of, None, lines, names)
    picture = replace(
        shown, by="date", units=tuple(units), before_period=None, mover=None, limits=lines, scores=scores,
        scored=tuple(ids), ends=_ends(found, places),
    )  # fmt: skip
    return OverDates(picture, int(np.sum(~np.isnan(now) & np.isnan(line))))


def _ends(found: Scored, places: dict[str, int]) -> tuple[Array, Array]:
    """The survey error of the leaves at each date; a limit has none."""
    low, high = survey_error.leaf_ends(found.frame, found.rows, found.scores)
    none = np.full((1, low.shape[1]), np.nan)
    rows = list(places.values())
    return np.vstack([low[rows], none]), np.vstack([high[rows], none])


def _line(name: str, value: float, lines: dict[str, Limit]) -> float:
    """The limit of an indicator within which no attention is due (else the red one): of a band the nearer end."""
    limit = lines.get(name)
    line = None if limit is None else limit.amber if limit.amber is not None else limit.red
    if line is None:
        return float("nan")
    if isinstance(line, tuple):
        return min(line, key=lambda end: abs(end - value))
    return line


def dates_data(found: OverDates, language: str) -> dict[str, object]:
    """What the live component needs, as `live_data` gives it, with dates for units and no watch list."""
    return {**live_data(found.picture, language), "by": "date", "watch": 0}


def findings(found: OverDates, language: str) -> list[str]:
    """Whether now is better than each other date, and where the social share decides it; the earliest date first."""
    units = {unit.id: unit for unit in found.picture.units}
    wanted = [units[name] for name in (YEAR, QUARTER, LIMITS) if name in units]
    said = [_against(units[NOW], other, found.picture, language) for other in wanted]
    return [text for text in said if text]


def headline(found: OverDates, language: str) -> list[str]:
    """The findings that are said first: against the earliest date and against the limits."""
    texts = findings(found, language)
    return [texts[0], texts[-1]] if len(texts) > 1 else texts


def _against(now: Unit, other: Unit, shown: Picture, language: str) -> str:
    """Better than a year ago at any social share below 42 %, worse above."""
    healths = [now.financial, now.social, other.financial, other.social]
    than = say(language, f"compare.than_{other.id}")
    if any(health is None for health in healths):
        return ""
    f1, g1, f2, g2 = (float(health or 0.0) / 100.0 for health in healths)
    if [displayed(100 * h, 0) for h in (f1, g1)] == [displayed(100 * h, 0) for h in (f2, g2)]:
        return say(language, "compare.dates_equal", than=than)
    share = float(flip(f1, g1, f2, g2, shown.exponent, shown.epsilon)[0])
    if not np.isnan(share):
        key = "compare.dates_better_below" if f1 > f2 else "compare.dates_better_above"
        written = percent(language, share / 100, 0 if ENDS <= share <= 100 - ENDS else 1)
        return say(language, key, than=than, share=written)
    ahead = (now.balance or 0.0) - (other.balance or 0.0) or (f1 + g1) - (f2 + g2)
    level = f1 == f2 or g1 == g2  # a tie at one end of the scale
    word = "better" if ahead > 0 else "worse"
    return say(language, f"compare.dates_{word}_level" if level else f"compare.dates_{word}", than=than)
