"""What the stress tests compute for a page, once for each source, scope, weighting, date and scenario."""

import datetime
from contextlib import closing

import streamlit as st

from metrics.catalogue import indicators
from metrics.policy import Policy
from metrics.records import Record
from metrics.store import Scope
from metrics.stress import kept, run
from metrics.stress.falls import Fall, falls
from metrics.stress.library import Scenario
from metrics.stress.reverse import Break, reverse
from metrics.stress.run import Outcome
from metrics.stress.telling import Named
from metrics.words import say
from pages.ui import data
from pages.ui.data import Source
from pages.ui.screen import Screen
from pages.ui.state import Choices


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about stress tests, in the reader's language."""
    return say(screen.language, f"stress.{name}", **params)


def named(screen: Screen) -> Named:
    """How an indicator is called here, in short."""
    return lambda name: screen.named(indicators()[name], "short")


def _policy(source: Source, choices: Choices) -> Policy:
    found = data.policy(source, choices.policy)
    found = found if choices.social is None else found.with_social(choices.social)
    return found.with_theme_weights(dict(choices.themes)) if choices.themes else found


def outcome(screen: Screen, one: Scenario) -> Outcome:
    """What a scenario does under the reader's choices."""
    sizes = tuple(sorted(one.sizes.items()))
    with st.spinner(screen.say("computing")):
        return _outcome(screen.source, screen.scope, screen.choices, _day(screen), one, sizes)


def broken(screen: Screen, goal: str) -> list[Break]:
    """What each shock alone breaks first."""
    with st.spinner(screen.say("computing")):
        return _broken(screen.source, screen.scope, screen.choices, _day(screen), goal)


def fallen(screen: Screen, goal: str) -> list[Fall]:
    """What each indicator alone breaks first."""
    with st.spinner(screen.say("computing")):
        return _fallen(screen.source, screen.scope, screen.choices, _day(screen), goal)


def _day(screen: Screen) -> datetime.date:
    return screen.choices.period or screen.options.periods[0]


@st.cache_resource(show_spinner=False, max_entries=64)
def _outcome(
    source: Source, scope: Scope, choices: Choices, day: datetime.date, one: Scenario,
    sizes: tuple[tuple[str, float], ...],
) -> Outcome:  # fmt: skip
    with closing(source.store.cursor(scope)) as cursor:
        return run.run(cursor, _policy(source, choices), [one.sized(dict(sizes))], day)[0]


@st.cache_resource(show_spinner=False, max_entries=16)
def _broken(source: Source, scope: Scope, choices: Choices, day: datetime.date, goal: str) -> list[Break]:
    with closing(source.store.cursor(scope)) as cursor:
        return reverse(cursor, _policy(source, choices), day, goal)


@st.cache_resource(show_spinner=False, max_entries=16)
def _fallen(source: Source, scope: Scope, choices: Choices, day: datetime.date, goal: str) -> list[Fall]:
    with closing(source.store.cursor(scope)) as cursor:
        return falls(cursor, _policy(source, choices), day, goal)


@st.cache_data(show_spinner=False, max_entries=16)
def districts(source: Source, scope: Scope) -> dict[str, tuple[str, ...]]:
    """The branches of each district, that of the largest branch first."""
    with closing(source.store.cursor(scope)) as cursor:
        return run.districts(cursor)


def records(screen: Screen) -> list[Record]:
    """The scenarios that were kept."""
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        return list(kept.listed(cursor))
