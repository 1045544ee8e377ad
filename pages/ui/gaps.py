"""What is missing: which columns would let which indicators live."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalogue import KEPT, indicators
from metrics.picture import Picture, resolved
from metrics.policy import Policy
from pages.ui import data
from pages.ui.screen import Screen
from pages.ui.text import md

MOST = 5
WAITS = "not_available: needs "
UNNAMED = "None"
# Where the rows of a relation come from that keeps them apart by a column: no measure names it.
KEPT_IN = {"branch_id": "loans.branch_id", "officer_id": "loans.officer_id", "sector": "loans.purpose_sector"}


@dataclass(frozen=True)
class Gap:
    """One column that is missing, and the indicators that wait for it."""

    field: str
    waiting: tuple[str, ...]
    weight: float = 0.0


def values(screen: Screen, picture: Picture) -> pd.DataFrame:
    """Every indicator's value for the whole institution at the date shown."""
    return data.whole_values(screen.source, screen.scope, screen.choices.policy, picture.as_of)


def waiting(screen: Screen, picture: Picture) -> list[Gap]:
    """Columns that are missing, those that the present weighting would gain most from first."""
    frame = values(screen, picture)
    lacking = frame[frame["status"].str.startswith(WAITS)]
    weights = _weights(screen.policy)
    fields: dict[str, list[str]] = {}
    for indicator, status in zip(lacking["indicator"], lacking["status"], strict=True):
        field = status.removeprefix(WAITS)
        field = _kept(indicator) if field == UNNAMED else field
        names = fields.setdefault(field, [])
        if indicator not in names:
            names.append(indicator)
    found = [Gap(field, tuple(names), sum(weights.get(name, 0.0) for name in names)) for field, names in fields.items()]
    return sorted(found, key=lambda gap: (-gap.weight, -len(gap.waiting), gap.field))


def _kept(indicator: str) -> str:
    """The column that an indicator's rows are kept apart by."""
    return next(KEPT_IN[KEPT[name]] for name in indicators()[indicator].parts if name in KEPT)


def titles(screen: Screen, gap: Gap) -> str:
    """The indicators that wait for a column, by their titles."""
    return ", ".join(indicators()[name].text(screen.language, "title") for name in gap.waiting)


def fields(screen: Screen, picture: Picture) -> list[str]:
    """The five columns that would help most, each with what it would show."""
    found = waiting(screen, picture)[:MOST]
    return [screen.say("gap", field=gap.field, names=titles(screen, gap)) for gap in found]


def show(screen: Screen, picture: Picture) -> None:
    """The columns that would help most, as a short list."""
    found = fields(screen, picture)
    if found:
        with st.container(key="gaps"):
            st.header(screen.say("gaps_title", n=len(found)), anchor=False)
            st.markdown("\n".join(f"- {md(field)}" for field in found))


def _weights(policy: Policy) -> dict[str, float]:
    """Each indicator's share of the balance."""
    found = resolved(policy)
    shares = found.tree().shares()[0]
    return {leaf.indicator: float(share) for leaf, share in zip(found.leaves, shares, strict=True)}
