"""What the parts of the drawer read beside the picture: the history of all units, and what stands behind a figure."""

import datetime
from collections.abc import Mapping
from contextlib import closing

import numpy as np
import streamlit as st

from metrics import behind, conversions, paces
from metrics.catalogue import indicators
from metrics.conversions import Behind
from metrics.figures import in_words
from metrics.picture import Picture, Unit, resolved
from metrics.store import Scope
from metrics.units import Scored, score_all
from pages.ui import data
from pages.ui.screen import Screen
from pages.ui.state import Choices


@st.cache_resource(show_spinner=False, max_entries=16)
def _scored(source: data.Source, scope: Scope, choices: Choices, by: str) -> Scored:
    used = data.policy(source, choices.policy)
    if choices.social is not None:
        used = used.with_social(choices.social)
    if choices.themes:
        used = used.with_theme_weights(dict(choices.themes))
    where = [("product", (choices.product,))] if choices.product else []
    with closing(source.store.cursor(scope)) as cursor:
        return score_all(cursor, resolved(used), by, where)


@st.cache_resource(show_spinner=False, max_entries=16)
def _moves(source: data.Source, scope: Scope, choices: Choices, by: str) -> tuple[paces.Moves, ...]:
    return paces.moves(_scored(source, scope, choices, by))


@st.cache_data(show_spinner=False, max_entries=256)
def _parts(
    source: data.Source, scope: Scope, indicator: str, by: str, unit: str, day: datetime.date
) -> Mapping[str, float]:
    with closing(source.store.cursor(scope)) as cursor:
        found = behind.inputs(cursor, indicators()[indicator], by, unit, day)
    return {part: float(value) for _, part, value in found if value is not None}


def scored(screen: Screen, picture: Picture) -> Scored:
    """Values and scores of all units at every date, under the weights in use."""
    with st.spinner(screen.say("computing")):
        return _scored(screen.source, screen.scope, screen.choices, picture.by)


def moves(screen: Screen, picture: Picture) -> tuple[paces.Moves, ...]:
    """How far every indicator of every unit moved over a quarter and over a year."""
    return _moves(screen.source, screen.scope, screen.choices, picture.by)


def behind_of(screen: Screen, picture: Picture, unit: Unit, indicator: str) -> Behind:
    """What stands behind a unit's figure; measures only where they are those of the figures shown."""
    known = scored(screen, picture)
    frame = known.frame
    here = (frame["period"] == picture.as_of) & (frame["unit"] == unit.id) & (frame["indicator"] == indicator)
    n, coverage = (float(frame.loc[here, column].iloc[0]) if here.any() else np.nan for column in ("n", "coverage"))
    size = known.sizes.get((picture.as_of, unit.id), (None, None, None))
    asked = any(rule.base not in ("n", "whole", "portfolio", "loans", "borrowers")
                for rule in conversions.RULES.get(indicator, ()))  # fmt: skip
    # A filter by product cannot be put to the measures behind a figure here.
    parts = {} if screen.choices.product or not asked else _parts(
        screen.source, screen.scope, indicator, picture.by, unit.id, picture.as_of
    )  # fmt: skip
    return Behind(
        None if np.isnan(n) else n, None if np.isnan(coverage) else coverage, *size, parts, picture.policy.settings
    )


def named(screen: Screen, indicator: str) -> str:
    """An indicator's name within a sentence: the plain one, or the short one where the plain one needs its meaning."""
    known = indicators()[indicator]
    plain = screen.named(known, "plain")
    return in_words(plain) if plain == known.text(screen.language, "plain") else screen.named(known, "short")


def label(screen: Screen, indicator: str) -> str:
    """An indicator's name at the head of a row."""
    name = named(screen, indicator)
    return name[:1].upper() + name[1:]
