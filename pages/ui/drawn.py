"""The first drawing of the app: the two healths against each other, drawn once for all who look at the same."""

from typing import Any

import streamlit as st

from metrics.charts import scatter, single
from metrics.charts.tones import Tones, tones
from metrics.picture import Picture
from metrics.store import Scope
from pages.ui import data, state
from pages.ui.screen import Screen


def chart(language: str, picture: Picture, measured: str, look: Tones) -> Any:
    """The two healths against each other, or the one that is measured."""
    if measured == "both":
        rows = scatter.frame(picture, language, look)
        return scatter.scatter(rows, picture, language, look)
    rows = single.frame(picture, measured, language, look)
    return single.single(rows, picture, measured, language, look)


def spec(screen: Screen, measured: str) -> dict[str, Any]:
    """The drawing of the screen's picture as Vega-Lite reads it, its rows within."""
    key = (screen.source, screen.scope, screen.choices, screen.by)
    return _spec(*key, screen.language, measured, st.context.theme.type)


@st.cache_data(show_spinner=False, max_entries=64)
def _spec(
    source: data.Source, scope: Scope, choices: state.Choices, by: str, language: str, measured: str, scheme: str | None
) -> dict[str, Any]:
    picture = data.picture(source, scope, choices, by)
    assert picture is not None
    return chart(language, picture, measured, tones(scheme)).to_dict()
