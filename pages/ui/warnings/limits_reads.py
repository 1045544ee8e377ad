"""What the view Limits reads, once for each state of the data: breaches, early signals, and what comes next."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import closing

import pandas as pd
import streamlit as st

from metrics import limits
from metrics.appetite import breaches, signals
from metrics.appetite import coming as ahead
from metrics.appetite.breaches import Breach, Closed
from metrics.appetite.coming import Coming
from metrics.appetite.signals import Signal
from metrics.store import Scope
from pages.ui.data import Source
from pages.ui.data import policy as policy_of
from pages.ui.indicator import reads
from pages.ui.screen import Screen
from pages.ui.warnings import limits_notes

MONTHS = 13  # of a small picture
Key = tuple[str, str]


def day(screen: Screen) -> datetime.date:
    """The date shown."""
    return screen.choices.period or screen.options.periods[0]


def kinds(screen: Screen) -> tuple[str, ...]:
    """The kinds of unit whose limits are watched: the whole, branches and products; where branches are chosen, they."""
    if screen.choices.branches:
        return ("branch",)
    branches = ("branch",) if screen.options.branches else ()
    return ("institution", *branches, *(("product",) if len(screen.options.products) > 1 else ()))


def broken(screen: Screen) -> tuple[Breach, ...]:
    """Every breach on the date shown, with its owner and comment as they stand now."""
    found = _both(screen.source, screen.scope, screen.choices.policy, day(screen), kinds(screen))
    return limits_notes.noted(screen, found[0])


def ended(screen: Screen) -> tuple[Closed, ...]:
    """The breaches that ended on the date shown, with what ended each."""
    return _both(screen.source, screen.scope, screen.choices.policy, day(screen), kinds(screen))[1]


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
def _both(
    source: Source, scope: Scope, policy: str, day: datetime.date, kinds: tuple[str, ...]
) -> tuple[tuple[Breach, ...], tuple[Closed, ...]]:
    """What is broken on a date, and what ended on it."""
    with closing(source.store.cursor(scope)) as cursor:
        found = [breaches.both(cursor, policy_of(source, policy), day, by) for by in kinds]
    over = (one for _, closed in found for one in closed)
    return tuple(one for open_ones, _ in found for one in open_ones), tuple(one for one in over if one.ended == day)


@st.cache_resource(show_spinner=False, max_entries=24)
def _lines(source: Source, scope: Scope, policy: str, by: str) -> limits.Lines:
    with closing(source.store.cursor(scope)) as cursor:
        return limits.lines(cursor, policy_of(source, policy), by)


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
    far = ahead.AHEAD * 100
    return tuple(sorted(found, key=lambda one: (one.forecast.days if one.forecast else far, one.apart)))


def _of_kind(
    source: Source, scope: Scope, policy: str, day: datetime.date, by: str, names: Sequence[str]
) -> Iterator[Coming]:
    held = _lines(source, scope, policy, by)
    return ahead.of(reads.figures(source, scope, policy, by), held, reads.names(source, scope, by), day, names)
