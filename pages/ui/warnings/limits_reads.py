"""What the view Limits reads, once for each state of the data: breaches, early signals, and what comes next."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics import limits
from metrics.appetite import breaches, forecasts, signals
from metrics.appetite.breaches import Breach, Closed
from metrics.appetite.forecasts import Forecast
from metrics.appetite.signals import Signal
from metrics.catalogue import Indicator, indicators
from metrics.limits import Limit
from metrics.store import Scope
from pages.ui.data import Source
from pages.ui.data import policy as policy_of
from pages.ui.indicator import reads
from pages.ui.screen import Screen
from pages.ui.warnings import limits_notes

MONTHS, AHEAD = 13, 184  # of a small picture; days that a forecast may look ahead to be listed
Key = tuple[str, str]


@dataclass(frozen=True)
class Coming:
    """A figure within its limit: how far it lies from it (as a share of its goalposts), and when it may pass."""

    indicator: str
    by: str
    unit: str
    name: str
    value: float
    line: float
    level: str
    apart: float
    forecast: Forecast | None


def day(screen: Screen) -> datetime.date:
    """The date shown."""
    return screen.choices.period or screen.options.periods[0]


def kinds(screen: Screen) -> tuple[str, ...]:
    """The kinds of unit whose limits are watched: branches and the whole, or only the branches that are chosen."""
    if not screen.options.branches:
        return ("institution",)
    return ("branch",) if screen.choices.branches else ("institution", "branch")


def broken(screen: Screen) -> tuple[Breach, ...]:
    """Every breach on the date shown, with its owner and comment as they stand now."""
    found = _broken(screen.source, screen.scope, screen.choices.policy, day(screen), kinds(screen))
    return limits_notes.noted(screen, found)


def ended(screen: Screen) -> tuple[Closed, ...]:
    """The breaches that ended on the date shown, with what ended each."""
    return _closed(screen.source, screen.scope, screen.choices.policy, day(screen), kinds(screen))


def previous(screen: Screen) -> datetime.date | None:
    """The date with data before the one that is shown."""
    earlier = [one for one in screen.options.periods if one < day(screen)]
    return max(earlier, default=None)


def early(screen: Screen) -> tuple[Signal, ...]:
    """Signals that come before late loans, on the date shown."""
    return limits_notes.noted(screen, _early(screen.source, screen.scope, screen.choices.policy, day(screen)))


def coming(screen: Screen) -> tuple[Coming, ...]:
    """Every scored figure within its limit, the one that may pass it first; those without a forecast by distance."""
    names = tuple(leaf.indicator for leaf in screen.policy.leaves)
    return _coming(screen.source, screen.scope, screen.choices.policy, day(screen), kinds(screen), names)


def series(screen: Screen, by: str, indicator: str, unit: str) -> tuple[float | None, ...]:
    """A figure's last dates up to the one that is shown, old to new; None where it is not known."""
    found = _series(screen.source, screen.scope, screen.choices.policy, by, day(screen))
    return found.get((indicator, unit), ())


def lines(screen: Screen, by: str, indicator: str, unit: str) -> tuple[tuple[str, float], ...]:
    """Each line that holds for a figure now, with its level: amber before red, both ends of a band."""
    limit = _lines(screen.source, screen.scope, screen.choices.policy, by).at(indicator, unit, datetime.date.today())
    found = []
    for level in ("amber", "red") if limit else ():
        line = getattr(limit, level)
        found += [(level, end) for end in (line if isinstance(line, tuple) else [line]) if end is not None]
    return tuple(found)


def dates(screen: Screen) -> list[datetime.date]:
    """The dates of the small pictures, old to new."""
    return sorted(one for one in screen.options.periods if one <= day(screen))[-MONTHS:]


def kept_back(screen: Screen) -> int:
    """How many figures of the date shown stand on too few clients to be shown."""
    found = 0
    for by in kinds(screen):
        frame = reads.figures(screen.source, screen.scope, screen.choices.policy, by)
        found += int(((frame["period"] == day(screen)) & (frame["status"] == "too_few")).sum())
    return found


@st.cache_resource(show_spinner=False, max_entries=24)
def _broken(
    source: Source, scope: Scope, policy: str, day: datetime.date, kinds: tuple[str, ...]
) -> tuple[Breach, ...]:
    with closing(source.store.cursor(scope)) as cursor:
        return tuple(one for by in kinds for one in breaches.found(cursor, policy_of(source, policy), day, by))


@st.cache_resource(show_spinner=False, max_entries=24)
def _lines(source: Source, scope: Scope, policy: str, by: str) -> limits.Lines:
    with closing(source.store.cursor(scope)) as cursor:
        return limits.lines(cursor, policy_of(source, policy), by)


@st.cache_resource(show_spinner=False, max_entries=24)
def _closed(
    source: Source, scope: Scope, policy: str, day: datetime.date, kinds: tuple[str, ...]
) -> tuple[Closed, ...]:
    with closing(source.store.cursor(scope)) as cursor:
        every = [one for by in kinds for one in breaches.closed(cursor, policy_of(source, policy), day, by)]
    return tuple(one for one in every if one.ended == day)


@st.cache_resource(show_spinner=False, max_entries=24)
def _early(source: Source, scope: Scope, policy: str, day: datetime.date) -> tuple[Signal, ...]:
    with closing(source.store.cursor(scope)) as cursor:
        return tuple(signals.found(cursor, policy_of(source, policy), day))


@st.cache_resource(show_spinner=False, max_entries=24)
def _series(
    source: Source, scope: Scope, policy: str, by: str, day: datetime.date
) -> dict[Key, tuple[float | None, ...]]:
    frame = reads.figures(source, scope, policy, by)
    frame = frame[frame["period"] <= day]
    wide = frame.pivot(index="period", columns=["indicator", "unit"], values="value").sort_index().tail(MONTHS)
    return {key: tuple(None if pd.isna(one) else float(one) for one in wide[key]) for key in wide.columns}


@st.cache_resource(show_spinner=False, max_entries=24)
def _coming(
    source: Source, scope: Scope, policy: str, day: datetime.date, kinds: tuple[str, ...], names: tuple[str, ...]
) -> tuple[Coming, ...]:
    found = [one for by in kinds for one in _of_kind(source, scope, policy, day, by, names)]
    far = AHEAD * 100
    return tuple(sorted(found, key=lambda one: (one.forecast.days if one.forecast else far, one.apart)))


def _of_kind(
    source: Source, scope: Scope, policy: str, day: datetime.date, by: str, names: Sequence[str]
) -> Iterator[Coming]:
    held = _lines(source, scope, policy, by)
    named = reads.names(source, scope, by)
    frame = reads.figures(source, scope, policy, by)
    frame = frame[frame["indicator"].isin(names) & (frame["period"] <= day)].sort_values("period")
    for (name, unit), rows in frame.groupby(["indicator", "unit"], sort=True):
        last, limit = rows.iloc[-1], held.at(str(name), str(unit), day)
        if limit is None or last["period"] != day or pd.isna(last["value"]):
            continue
        one = _apart(indicators()[str(name)], float(last["value"]), limit)
        if one is not None:
            ahead = forecasts.forecast(list(rows["period"]), list(rows["value"]), _next(limit), one[0].better)
            yield Coming(one[0].id, by, str(unit), named.get(str(unit), str(unit)), float(last["value"]), one[1],
                         "amber" if limit.amber is not None else "red", one[2], ahead)  # fmt: skip


def _next(limit: Limit) -> limits.Line:
    return limit.amber if limit.amber is not None else limit.red


def _apart(indicator: Indicator, value: float, limit: Limit) -> tuple[Indicator, float, float] | None:
    """The line that is next, and how far it is, against the whole range that is scored; None for what is broken."""
    level, line = limits.level(indicator, value, {indicator.id: limit})
    if level or line is None:
        return None
    posts = indicator.goalposts or (0.0, line)
    span = max(posts) - min(posts) or abs(line) or 1.0
    return indicator, line, abs(value - line) / span
