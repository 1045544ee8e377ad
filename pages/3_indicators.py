"""Indicators: every figure with its history, limits, segments and the rows behind it."""

import datetime
from collections.abc import Collection

import streamlit as st

from metrics.catalogue import indicators
from metrics.words import say
from pages.ui import doors, inputs, state
from pages.ui.indicator import detail, listed, mine, segments
from pages.ui.screen import Screen, require
from pages.ui.text import md


def asked_for(screen: Screen) -> str | None:
    """The indicator that the address names; what it names and is not known is said and dropped."""
    every = {"indicator": indicators(), "part": segments.KINDS, "theme": listed.themes(), "show": listed.SHOW}
    for key, known in every.items():
        _drop(screen, key, known)
    name = state.given("indicator")
    if name:
        _drop(screen, "unit", detail.units(screen, indicators()[name]))
    return name


def _drop(screen: Screen, key: str, known: Collection[str]) -> None:
    asked = state.given(key)
    if asked and asked not in known:
        st.warning(md(state.unknown_text(screen.language, ((key, asked),))))
        state.put(key)


def view(screen: Screen, first: str) -> str:
    """The list or the sheet (`first`), or their segments; the address keeps the kind of segment as `part`."""
    names = (first, "segments")
    st.session_state["w_view"] = "segments" if state.given("part") in segments.KINDS else first
    st.segmented_control(
        say(screen.language, "indicators.view"),
        names,
        format_func=lambda name: say(screen.language, f"indicators.view_{name}"),
        key="w_view",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: state.put("part", *([segments.KINDS[0]] if st.session_state["w_view"] == "segments" else [])),
    )
    return str(st.session_state["w_view"])


def head(screen: Screen, said: str, second: str, first: str) -> str:
    """Headline, second line, and beside it the view and the filters; returns the view."""
    st.title(md(said), anchor=False)
    with st.container(key="second", horizontal=True, horizontal_alignment="distribute"):
        if second:
            st.markdown(f":gray[{md(second)}]", width="content")
        with st.container(key="views", horizontal=True, width="content", vertical_alignment="center"):
            shown = view(screen, first)
            inputs.filters(screen)
    return shown


def page(screen: Screen, day: datetime.date) -> None:
    """The list, or the sheet of the one indicator that the address names; or the segments of either."""
    mine.told(screen)
    name = asked_for(screen)
    every = listed.found(screen, day)
    with st.container(key="head"):
        if name is None:
            shown = head(screen, listed.headline(screen, every), listed.second(screen, every), "list")
        else:
            back = {"on_click": lambda: state.put("indicator"), "icon": ":material/arrow_back:"}
            st.button(say(screen.language, "indicators.back"), key="back", type="tertiary", **back)
            one = detail.reading(screen, name, day, every)
            shown = head(screen, detail.headline(screen, one, day), detail.second(screen, one), "sheet")
    with st.container(key="body"):
        if shown == "segments":
            segments.show(screen, name, day, every)
        elif name is None:
            listed.show(screen, every, day)
        else:
            detail.show(screen, one, day)


screen = require()
if not screen.options.periods:
    st.title(md(screen.headline), anchor=False)
    doors.show(screen)
else:
    page(screen, screen.choices.period or screen.options.periods[0])
