"""What is on its way to its limit: figures within it, how far they are from it, and when their trend would pass it."""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import duckdb
import pandas as pd

from metrics import asking, catalogue, limits, units, values
from metrics.appetite import forecasts
from metrics.appetite.forecasts import Forecast
from metrics.catalogue import Indicator
from metrics.limits import Limit, Lines
from metrics.policy import Policy

AHEAD = 184  # days that a forecast may look ahead to be told


@dataclass(frozen=True)
class Coming:
    """A figure within its limit: how far it lies from it (as a share of its goalposts), and when it may pass.

    `level` is the line that comes next: amber, or red where there is no amber.
    """

    indicator: str
    by: str
    unit: str
    name: str
    value: float
    line: float
    level: str
    apart: float
    n: int | None
    approved: bool
    forecast: Forecast | None


def found(cursor: duckdb.DuckDBPyConnection, policy: Policy, day: datetime.date, by: str) -> list[Coming]:
    """The figures that a policy scores and that may pass their limit within half a year, the soonest first.

    Args:
        day: a date with data; nothing later is looked at.
        by: kind of unit.
    """
    kind = asking.parse(by, (), None).kind
    scored = {leaf.indicator for leaf in policy.leaves}
    names = [name for name in sorted(scored) if kind in catalogue.indicators()[name].units]
    dates = [one for one in values.periods(cursor) if one <= day]
    frame = values.values(cursor, policy.settings, by, dates, indicators=names)
    named = {unit: name for unit, (name, *_) in units.names(cursor, by).items()}
    every = of(frame, limits.lines(cursor, policy, by), named, day, names)
    return sorted((one for one in every if soon(one)), key=lambda one: one.forecast.days if one.forecast else AHEAD)


def soon(one: Coming) -> bool:
    """Whether its trend passes its limit within half a year."""
    return one.forecast is not None and one.forecast.days <= AHEAD


def of(
    frame: pd.DataFrame, held: Lines, named: Mapping[str, str], day: datetime.date, names: Collection[str]
) -> Iterator[Coming]:
    """Every figure of some indicators that is within its limit at a date.

    Args:
        frame: period, unit, indicator, value, n, as `values` gives them.
        held: the limits of these units.
        named: unit -> its name.
    """
    frame = frame[frame["indicator"].isin(names) & (frame["period"] <= day)].sort_values("period")
    for (name, unit), rows in frame.groupby(["indicator", "unit"], sort=True):
        last, limit = rows.iloc[-1], held.at(str(name), str(unit), day)
        if limit is None or last["period"] != day or pd.isna(last["value"]):
            continue
        indicator, value = catalogue.indicators()[str(name)], float(last["value"])
        level, line = limits.graded(indicator, value, limit)
        if not level and line is not None:
            ahead = forecasts.forecast(list(rows["period"]), list(rows["value"]), _next(limit), indicator.better)
            n = None if pd.isna(last["n"]) else int(last["n"])
            yield Coming(
                indicator.id, held.by, str(unit), named.get(str(unit), str(unit)), value, line,
                "amber" if limit.amber is not None else "red", _apart(indicator, value, line), n, limit.approved, ahead,
            )  # fmt: skip


def _next(limit: Limit) -> limits.Line:
    return limit.amber if limit.amber is not None else limit.red


def _apart(indicator: Indicator, value: float, line: float) -> float:
    """How far the line is, against the whole range that is scored."""
    posts = indicator.goalposts or (0.0, line)
    span = max(posts) - min(posts) or abs(line) or 1.0
    return abs(value - line) / span
