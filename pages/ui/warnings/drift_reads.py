"""What the view of mission drift reads: the comparison under the reader's choices, and which unit is shown."""

import datetime
from collections.abc import Sequence
from contextlib import closing

import pandas as pd
import streamlit as st

from metrics import drift
from metrics.drift import cohorts
from metrics.drift.gaps import Drift, Gap
from metrics.store import Scope
from metrics.words import say
from pages.ui import data, state
from pages.ui.screen import Screen

# What to watch after an action against a drift.
WATCHED = {
    "poor": "poverty_rate_new_clients", "poor_band": "target_segment_share", "women": "pct_female_borrowers",
    "rural": "rural_share", "first_access": "first_access_share", "young": "young_borrower_share",
    "target": "target_segment_share", "in_group": "small_loan_share", "size_gni": "average_loan_balance_gni",
    "size_income": "mean_dti",
}  # fmt: skip


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about drift, in the reader's language."""
    return say(screen.language, f"drift.{name}", **params)


def day(screen: Screen) -> datetime.date | None:
    """The date of the figures shown."""
    return screen.choices.period or next(iter(screen.options.periods), None)


def found(screen: Screen) -> tuple[Drift, ...]:
    """The whole first, then every branch, worst first."""
    until = day(screen)
    if until is None:
        return ()
    line = str(screen.policy.settings.get("poverty_line") or "")
    with st.spinner(screen.say("computing")):
        return compared(screen.source, screen.scope, line, until, screen.by)


@st.cache_resource(show_spinner=False, max_entries=16)
def compared(source: data.Source, scope: Scope, line: str, until: datetime.date, by: str) -> tuple[Drift, ...]:
    """The comparison; frozen, so that sessions may share it."""
    with closing(source.store.cursor(scope)) as cursor:
        return tuple(drift.found(cursor, {"poverty_line": line}, until, by))


@st.cache_data(show_spinner=False, max_entries=16)
def mix(source: data.Source, scope: Scope, until: datetime.date) -> pd.DataFrame:
    """Products of first loans: product, and the share of each cohort that began with it."""
    with closing(source.store.cursor(scope)) as cursor:
        rows = cohorts.products(cursor, until)
    counts = rows.pivot_table(index="product", columns="role", values="n", fill_value=0)
    wanted = [role for role in (cohorts.NEW, cohorts.EXISTING, cohorts.BEFORE) if role in counts]
    return counts[wanted] / counts[wanted].sum()


def chosen(screen: Screen, units: Sequence[Drift]) -> Drift:
    """The unit that is shown: the whole, or the branch that the address asks for."""
    known = {one.unit: one for one in units}
    if len(units) < 2:
        return units[0]
    asked = state.given("unit")
    st.session_state["w_drift_unit"] = asked if asked in known else units[0].unit
    st.selectbox(
        said(screen, "of_unit"), list(known), key="w_drift_unit", width=340,
        format_func=lambda unit: name(screen, known[unit]), on_change=_put,
    )  # fmt: skip
    return known[str(st.session_state["w_drift_unit"])]


def _put() -> None:
    state.put("unit", st.session_state["w_drift_unit"])


def name(screen: Screen, one: Drift) -> str:
    """A branch's name, with a mark where it drifts; the whole by a word."""
    plain = one.name if one.by == "branch" else said(screen, "whole")
    return f"{plain} · {said(screen, 'status_drift')}" if one.level else plain


def watched(drifting: Sequence[Gap]) -> str:
    """The indicator to watch after an action against the plainest drift."""
    return WATCHED[drifting[0].trait]
