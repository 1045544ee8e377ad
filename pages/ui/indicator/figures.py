"""One indicator's figures made ready to be said: value, changes, limit, status, in the reader's language."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from metrics import history
from metrics import limits as lines_of
from metrics.catalogue import Indicator, indicators
from metrics.figures import figure
from metrics.history import SPANS
from metrics.limits import Limit, Line
from metrics.words import number, percent, say, short_money
from pages.ui.gaps import WAITS


@dataclass(frozen=True)
class Reading:
    """An indicator for one unit at one date, with what it was before.

    `series` has a value for each of the dates that were asked for, old to new, None where unknown. `changes` is
    the value less that of a month, a quarter and a year before. `level` is red, amber, "" (within limits), or
    none where no limit is set or nothing is known. `line` is the limit that is broken, or the next one.
    """

    indicator: Indicator
    unit: str
    value: float | None
    n: int | None
    coverage: float | None
    low: float | None
    high: float | None
    status: str
    series: tuple[float | None, ...]
    changes: Mapping[str, float | None]
    level: str
    line: float | None
    limit: Limit | None

    @property
    def lacks(self) -> str:
        """The column that would enable it; empty where it has a value or nothing is to be divided by."""
        return self.status.removeprefix(WAITS) if self.status.startswith(WAITS) else ""


def earlier(dates: Sequence[datetime.date], day: datetime.date, months: int) -> datetime.date | None:
    """The last date with data so many calendar months before a day, or None."""
    wanted = day.year * 12 + day.month - months
    found = [date for date in dates if date.year * 12 + date.month == wanted]
    return max(found, default=None)


def readings(
    frame: pd.DataFrame, dates: Sequence[datetime.date], day: datetime.date, limits: Mapping[str, Limit]
) -> list[Reading]:
    """Every indicator and unit that `frame` (of `values.values`) has on a day, in the frame's order.

    Args:
        frame: values of one or all dates.
        dates: the dates of the series, old to new; none after `day` is read.
        day: the date that is shown.
        limits: those in force for the kind of unit.
    """
    past = [date for date in dates if date <= day]
    known: dict[tuple[str, str], dict[datetime.date, float]] = {}
    for period, unit, name, value in frame[["period", "unit", "indicator", "value"]].itertuples(index=False):
        if value == value:
            known.setdefault((unit, name), {})[period] = float(value)
    found = []
    moved = history.changes(frame[frame["period"] <= day])
    for row in moved[moved["period"] == day].itertuples(index=False):
        indicator = indicators()[str(row.indicator)]
        mine = known.get((row.unit, row.indicator), {})
        value = mine.get(day)
        level, line = _level(indicator, value, limits)
        found.append(
            Reading(
                indicator=indicator, unit=str(row.unit), value=value, n=_whole(row.n), coverage=_known(row.coverage),
                low=_known(row.low), high=_known(row.high), status=str(row.status),
                series=tuple(mine.get(date) for date in past),
                changes={kind: _known(getattr(row, kind)) for kind in SPANS},
                level=level, line=line, limit=limits.get(indicator.id),
            )
        )  # fmt: skip
    return found


def _level(indicator: Indicator, value: float | None, limits: Mapping[str, Limit]) -> tuple[str, float | None]:
    if value is None or indicator.id not in limits:
        return "none", None
    return lines_of.level(indicator, value, limits)


def _known(value: float) -> float | None:
    return float(value) if value == value else None


def _whole(value: float) -> int | None:
    return int(value) if value == value else None


def written(language: str, indicator: Indicator, value: float | None, currency: str) -> str:
    """A value in its unit, a large amount in few figures; the tables to take away have all of them."""
    if value is not None and indicator.unit == "money" and (abs(value) >= 1e6 or not currency):
        return minus(short_money(language, value, currency) if abs(value) >= 1e6 else _amount(language, value))
    return minus(figure(language, indicator, value, currency))


def _amount(language: str, value: float) -> str:
    """An amount whose currency stands elsewhere; only small ones have cents that say something."""
    return number(language, value, 0 if abs(value) >= 100 or value == round(value) else 2)


def brief(language: str, indicator: Indicator, value: float | None, currency: str = "") -> str:
    """A value as a narrow place has room for: points without their word, amounts in few figures."""
    if value is not None and indicator.unit == "points":
        return minus(number(language, round(value * 100, 1) + 0.0, 0 if abs(value * 1000 % 10) < 0.5 else 1))
    return written(language, indicator, value, currency)


def even(language: str, indicator: Indicator, value: float | None, currency: str) -> str:
    """A value as a column has it: shares and points all with one decimal, so that they stand below each other."""
    if value is None or indicator.unit not in ("%", "points"):
        return written(language, indicator, value, currency)
    rounded = round(value * 100, 1) + 0.0
    return minus(percent(language, rounded / 100, 1) if indicator.unit == "%" else number(language, rounded, 1))


def minus(text: str) -> str:
    """A text whose leading hyphen is the sign that it stands for."""
    return "−" + text[1:] if text.startswith("-") else text


def difference(language: str, indicator: Indicator, change: float | None, currency: str, unit: bool = True) -> str:
    """A difference with its sign: shares and points in points (+0.8 points), the rest in its own unit.

    Args:
        unit: whether the word points or the currency is written too; a narrow column says it in its head.
    """
    if change is None:
        return ""
    if indicator.unit in ("%", "points"):
        size = round(abs(change) * 100, 1)
        text = number(language, size, 1)
        text = say(language, "indicators.points", n=size, number=text) if unit else text
    else:
        text = written(language, indicator, abs(change), currency if unit else "")
    none = not any(sign in "123456789" for sign in text)
    return text if none else f"{'+' if change > 0 else '−'}{text}"


def limit_text(language: str, indicator: Indicator, limit: Limit | None, currency: str) -> str:
    """Both limits as numbers: ▲ 5 %, ■ 10 %; empty where none is set."""
    if limit is None:
        return ""
    parts = []
    for mark, line in (("▲", limit.amber), ("■", limit.red)):
        if line is not None:
            ends = line_text(language, indicator, line, currency, short=True).replace(" ", "\u00a0")
            parts.append(f"{mark}\u00a0{ends}")
    return " · ".join(parts)


def line_text(language: str, indicator: Indicator, line: Line, currency: str, short: bool = False) -> str:
    """One limit, or the two ends of a band."""
    write = brief if short else written
    if not isinstance(line, tuple):
        return write(language, indicator, line, currency)
    low, high = (write(language, indicator, end, currency) for end in line)
    if indicator.unit == "%":
        low = low.removesuffix("%").rstrip()
    elif indicator.unit == "points":
        low = brief(language, indicator, line[0], currency)
    return say(language, "indicators.range", low=low, high=high)


def lines(limit: Limit | None) -> tuple[float, ...]:
    """The limits as numbers, to be drawn."""
    found: list[float] = []
    for line in (limit.amber, limit.red) if limit else ():
        found += line if isinstance(line, tuple) else [] if line is None else [line]
    return tuple(found)


def level_text(language: str, reading: Reading) -> str:
    """The status in words: within limits, past the limit, critical, no limit."""
    return say(language, f"indicators.level_{reading.level or 'within'}")


def interval_text(language: str, reading: Reading, currency: str) -> str:
    """The 95 % interval of a figure from a sample; empty where it is none."""
    if reading.low is None or reading.high is None:
        return ""
    ends = line_text(language, reading.indicator, (reading.low, reading.high), currency)
    return say(language, "indicators.interval", range=ends)


def coverage_text(language: str, reading: Reading) -> str:
    """How many of those whom it could count it does count, as a share; empty where that is not known."""
    return "" if reading.coverage is None else percent(language, reading.coverage, 0)


def why_missing(language: str, reading: Reading) -> str:
    """Why there is no figure, and what would enable it."""
    if reading.status == "too_few":
        return say(language, "indicators.too_few")
    key = "indicators.needs" if reading.lacks else "indicators.nothing_to_count"
    return say(language, key, column=enabling(language, reading))


def enabling(language: str, reading: Reading) -> str:
    """The column that would enable a figure, with the codes or the question that count in it, and when."""
    indicator = reading.indicator
    column = reading.lacks or next(iter(indicator.needs()), "")
    starts = any(part.startswith("start_") for parts in indicator.parts.values() for part in parts)
    earlier = say("en", "indicators.earlier", column="")  # how a status ends where the figure looks back; see `values`
    if column.endswith(earlier) or (starts and not reading.lacks):
        return say(language, "indicators.earlier", column=column.removesuffix(earlier))
    return column
