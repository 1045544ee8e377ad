"""How much the picture depends on choices, for auditors: one finding at a time, with its picture and its table."""

from contextlib import closing
from dataclasses import replace

import pandas as pd
import streamlit as st

from metrics import values
from metrics.charts.tones import LIGHT, tones
from metrics.excel import Sheet
from metrics.formula import Array
from metrics.picture import Picture
from metrics.robust_facts import Facts
from metrics.robustness import CHOICES, COUNT, Leeway, Runs, drawn_ranks, what_decides
from metrics.sobol import Parts
from metrics.store import Scope
from metrics.survey_error import leaf_ends
from metrics.words import number, say
from pages.ui import data, inputs, state, take
from pages.ui.robust_views import VIEWS, Asked, View
from pages.ui.screen import Screen
from pages.ui.state import Choices
from pages.ui.text import md

WITH_RANGE = ("ranks", "accepted", "decides")
OPEN, RANGE = "show", "range"  # in the address
BOARD = (40, 60)


def show(screen: Screen) -> None:
    """The picture to choose, its finding, and the picture."""
    with st.container(key="robust_choices", horizontal=True, vertical_alignment="bottom", gap="medium"):
        name = _chosen(screen)
        leeway = _leeway(screen) if name in WITH_RANGE else Leeway(*map(float, _asked()))
        inputs.policy(screen)
    picture = screen.picture()
    if picture is None:
        st.header(say(screen.language, "robust.none_at_all"), anchor=False)
        return
    ends = survey_ends(screen.source, screen.scope, screen.choices, screen.by)
    facts = Facts.of(picture, screen.language, ends)

    def decided() -> tuple[tuple[str, ...], Parts]:
        runs = number(screen.language, COUNT * (len(CHOICES) + 2))
        with st.spinner(say(screen.language, "robust.computing", runs=runs), show_time=True):
            return decides(screen.source, screen.scope, screen.choices, screen.by, leeway)

    def drawn() -> Array:
        return often(screen.source, screen.scope, screen.choices, screen.by, leeway)

    asked = Asked(facts, leeway, screen.language, tones(st.context.theme.type), decided, drawn)
    view, light = VIEWS[name](asked), asked.tones == LIGHT
    # What is taken away is light also where the screen is dark; drawn here, for it may ask what is cached.
    _view(screen, name, view, view if light or view.chart is None else VIEWS[name](replace(asked, tones=LIGHT)))


@st.cache_resource(show_spinner=False, max_entries=16)
def survey_ends(source: data.Source, scope: Scope, choices: Choices, by: str) -> tuple[Array, Array] | None:
    """The leaf scores of the picture's units at both ends of their survey intervals. Never changed by who reads it."""
    picture = data.picture(source, scope, choices, by)
    if picture is None or not picture.scored:
        return None
    with closing(source.store.cursor(scope)) as cursor:
        frame = _values(cursor, picture, choices, by)
    return leaf_ends(frame, [(picture.as_of, unit) for unit in picture.scored], picture.scores)


def _values(cursor: values.Cursor, picture: Picture, choices: Choices, by: str) -> pd.DataFrame:
    wanted = [leaf.indicator for leaf in picture.scores.policy.leaves]
    where = [("product", (choices.product,))] if choices.product else []
    settings = picture.policy.settings
    return values.values(cursor, settings, by=by, periods=[picture.as_of], where=where, indicators=wanted)


@st.cache_resource(show_spinner=False, max_entries=16)
def decides(
    source: data.Source, scope: Scope, choices: Choices, by: str, leeway: Leeway
) -> tuple[tuple[str, ...], Parts]:
    """The choices that can move in a picture, and what part of the moving of ranks each makes. Frozen."""
    runs = _runs(source, scope, choices, by, leeway)
    return runs.choices, what_decides(runs)


@st.cache_data(show_spinner=False, max_entries=16)
def often(source: data.Source, scope: Scope, choices: Choices, by: str, leeway: Leeway) -> Array:
    """The ranks that a picture's units take in most runs, best first as in its facts; see `drawn_ranks`."""
    return drawn_ranks(_runs(source, scope, choices, by, leeway))


def _runs(source: data.Source, scope: Scope, choices: Choices, by: str, leeway: Leeway) -> Runs:
    picture = data.picture(source, scope, choices, by)
    assert picture is not None
    facts = Facts.of(picture, "en")
    return Runs.of(facts.values[: facts.ranked], facts.scores.policy, leeway)


def _chosen(screen: Screen) -> str:
    """Which picture; the address keeps it."""
    asked = state.given(OPEN)
    names = list(VIEWS)
    st.session_state["w_robust"] = asked if asked in names else names[0]
    st.selectbox(
        say(screen.language, "robust.pictures"), names, key="w_robust", width=340,
        format_func=lambda name: say(screen.language, f"robust.pick_{name}"),
        on_change=lambda: state.put(OPEN, st.session_state["w_robust"]),
    )  # fmt: skip
    return str(st.session_state["w_robust"])


def _leeway(screen: Screen) -> Leeway:
    """The board's range of social shares, as the slider has it; the address keeps it."""
    st.session_state["w_range"] = _asked()
    st.slider(
        say(screen.language, "robust.range"), 0, 100, key="w_range", step=5, format="%d %%", width=340,
        on_change=lambda: state.put(RANGE, "-".join(map(str, st.session_state["w_range"]))),
    )  # fmt: skip
    low, high = st.session_state["w_range"]
    return Leeway(float(low), float(high))


def _asked() -> tuple[int, int]:
    """The range of the address; the default where it has none, or none that can be."""
    low, _, high = (state.given(RANGE) or "").partition("-")
    if low.isdecimal() and high.isdecimal() and 0 <= int(low) < int(high) <= 100:
        return int(low), int(high)
    return BOARD


def _view(screen: Screen, name: str, view: View, light: View) -> None:
    language = screen.language
    with st.container(key="robust_view"):
        st.header(md(view.finding), anchor=False)
        if view.chart is None:
            return
        st.caption(md(view.how))
        if view.key:
            st.markdown(f"■ {md(view.key[0])}&emsp;:gray[■] {md(view.key[1])}")
        st.altair_chart(view.chart, theme=None, height=view.height, key=f"robust_{name}", alt=view.finding)
        columns = [[md(row[at]) for row in view.rows] for at in range(len(view.heads))]
        with st.expander(say(language, "robust.as_table", n=len(view.rows))):
            table = dict(zip(view.heads, columns, strict=True))
            st.table(table, border="horizontal", hide_index=True, alt=view.finding)
        title = say(language, f"robust.pick_{name}")
        sheet = Sheet(title, view.heads, view.rows, (view.finding, view.how, view.source))
        take.chart(screen, f"robustness_{name}", view.finding, lambda _: light.chart, lambda: [sheet], "take_robust")
        st.caption(md(view.source))

