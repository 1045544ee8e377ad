"""What the views of the register read: where every risk stands, under the reader's date and weighting."""

import datetime
from collections.abc import Mapping
from contextlib import closing

import streamlit as st

from metrics import voices
from metrics.records import institution_of
from metrics.register import driving, risks
from metrics.register.driving import Push
from metrics.register.standing import Register, Standing, register
from metrics.voices.span import year_before
from pages.ui import data
from pages.ui.data import Source
from pages.ui.screen import Screen
from pages.ui.voices import heard_reads


@st.cache_resource(show_spinner=False, max_entries=16)
def pushes(source: Source, named: str, period: datetime.date, names: tuple[str, ...]) -> Mapping[str, Push]:
    """What the linked indicators of the whole institution say on a date; frozen, so that sessions may share it."""
    with closing(source.store.cursor()) as cursor:
        return driving.pushes(cursor, data.policy(source, named), period, names)


def period(screen: Screen) -> datetime.date:
    """The date shown."""
    return screen.choices.period or screen.options.periods[0]


def found(screen: Screen) -> Register:
    """The register of the whole institution; a choice of branches leaves it as it is.

    Raises:
        EvenkeelError: several institutions are in scope.
    """
    day = period(screen)
    then = None if day == screen.options.periods[0] else day
    with closing(screen.source.store.cursor()) as cursor:
        institution_of(cursor)
        names = dict.fromkeys(name for risk in risks(cursor, "en", then) for name in risk.indicators)
        with st.spinner(screen.say("computing")):
            said = pushes(screen.source, screen.choices.policy, day, tuple(sorted(names)))
        return register(cursor, screen.policy, screen.language, day, found=said)


def one(register: Register, risk_id: str | None) -> Standing | None:
    """A risk of the register by its id."""
    return next((standing for standing in register.standings if standing.risk.id == risk_id), None)


def heard(screen: Screen, risk_id: str) -> tuple[int, int]:
    """How many voices of the whole institution name a risk in twelve months up to the date, and in those before."""
    with st.spinner(screen.say("computing")):
        named = _named(screen.source, heard_reads.stamp(screen))
    until = period(screen)
    since = year_before(until)
    before = year_before(since - datetime.timedelta(days=1))
    days = named.get(risk_id, ())
    return sum(since <= day <= until for day in days), sum(before <= day < since for day in days)


@st.cache_resource(show_spinner=False, max_entries=4)
def _named(source: Source, records: int) -> Mapping[str, tuple[datetime.date, ...]]:
    """The days of the voices that name each risk; `records` is part of the key alone."""
    found: dict[str, list[datetime.date]] = {}
    with closing(source.store.cursor()) as cursor:
        for voice in voices.listed(cursor):
            found.setdefault(voice.risk_id, []).append(voice.day)
    return {risk: tuple(days) for risk, days in found.items()}
