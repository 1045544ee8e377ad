"""What the view of tailored products reads: what stands out, what was said to it, what came of it."""

import datetime
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics import actions, effects, tailoring
from metrics.actions import Action
from metrics.catalogue import indicators
from metrics.store import Scope
from metrics.tailoring import looks, signals, telling, verdicts
from metrics.tailoring.looks import Looked, Need
from metrics.tailoring.rules import shipped
from metrics.tailoring.telling import Names
from metrics.tailoring.verdicts import Held, Verdict
from metrics.words import say
from pages.ui import data
from pages.ui.screen import Screen


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about needs, in the reader's language."""
    return say(screen.language, f"needs.{name}", **params)


@dataclass(frozen=True)
class Seen:
    """One run as a reader sees it."""

    day: datetime.date
    looked: Looked
    names: Names
    verdicts: dict[str, Verdict]

    @property
    def waiting(self) -> list[Need]:
        """What stands out and has no verdict yet, the plainest first."""
        return [one for one in self.looked.needs if one.id not in self.verdicts]


def seen(screen: Screen) -> Seen | None:
    """The run under the reader's choices; None where there are no data."""
    day = screen.choices.period or next(iter(screen.options.periods), None)
    if day is None:
        return None
    with st.spinner(screen.say("computing")):
        looked, names = run(screen.source, screen.scope, day)
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        return Seen(day, looked, names, verdicts.listed(cursor))


@st.cache_resource(show_spinner=False, max_entries=16)
def run(source: data.Source, scope: Scope, day: datetime.date) -> tuple[Looked, Names]:
    """What stands out; frozen, so that sessions may share it."""
    with closing(source.store.cursor(scope)) as cursor:
        return tailoring.found(cursor, day), telling.names(cursor)


@st.cache_resource(show_spinner=False, max_entries=16)
def counted(source: data.Source, scope: Scope, day: datetime.date) -> dict[str, pd.DataFrame]:
    """Counts of every signal, for what was answered earlier. Never changed by who reads it."""
    with closing(source.store.cursor(scope)) as cursor:
        return signals.cells(cursor, day, shipped().signals)


@st.cache_resource(show_spinner=False, max_entries=64)
def held(source: data.Source, scope: Scope, policy: str, day: datetime.date, rule: str) -> tuple[Held, ...]:
    """The limits that a rule touches, as they stand."""
    known = shipped().of(rule)
    with closing(source.store.cursor(scope)) as cursor:
        return tuple(verdicts.held(cursor, data.policy(source, policy), day, known)) if known else ()


def made_of(screen: Screen, one: Verdict) -> list[Action]:
    """The actions that came of a verdict."""
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        return actions.of_origin(actions.listed(cursor), one.origin)


def became(screen: Screen, one: Verdict, made: Sequence[Action], day: datetime.date) -> str:
    """What the indicator to watch did since the action was done, or since the verdict; '' where none is watched."""
    if not one.watch:
        return ""
    since = next((action.done_on for action in made if action.done_on), one.decided_on)
    branch = dict(segment_of(one.segment)).get("branch")
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        found = effects.effect(cursor, screen.policy.settings, one.watch, since, day, branch)
    name = screen.named(indicators()[one.watch])
    if branch and found.by == "branch":
        name = f"{name}, {screen.options.branches.get(branch, branch)}"
    return effects.sentence(found, screen.language, name)


def since_then(screen: Screen, one: Verdict, day: datetime.date) -> tuple[float, int]:
    """Share and number of the same segment now."""
    rule = shipped().of(one.rule)
    if rule is None:
        return float("nan"), 0
    return verdicts.now(counted(screen.source, screen.scope, day)[rule.signal.name], one.segment)


def segment_of(key: str) -> looks.Segment:
    """A segment from its key."""
    return tuple((part.partition("=")[0], part.partition("=")[2]) for part in key.split("+"))
