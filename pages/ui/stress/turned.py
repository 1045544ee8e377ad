"""What breaks first: how large each shock alone may be, and how far each indicator alone may move."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics.excel import Sheet
from metrics.picture import Picture
from metrics.stress import falls, telling
from metrics.stress.reverse import GOALS
from pages.ui import excel
from pages.ui.screen import Screen
from pages.ui.stress import reads
from pages.ui.stress.reads import said
from pages.ui.text import md

MOST = 12  # indicators shown; the others are in the CSV


def show(screen: Screen, picture: Picture) -> None:
    """The finding and what must hold; a row for each shock, then for each indicator, what breaks first on top."""
    top = st.container()
    goal = st.segmented_control(
        said(screen, "goal"), list(GOALS), default="any", required=True, key="stress_goal",
        format_func=lambda name: said(screen, f"goal_{name}"),
    )  # fmt: skip
    if goal == "caps" and not screen.policy.caps:
        st.markdown(said(screen, "no_caps"))
        goal = "red"
    with top:
        first = st.empty()
    _shocks(screen, picture, goal, first)
    _indicators(screen, picture, goal)


def _shocks(screen: Screen, picture: Picture, goal: str, first: DeltaGenerator) -> None:
    found = reads.broken(screen, goal)
    rows = [telling.breaks(screen.language, one, reads.named(screen), picture.currency) for one in found]
    finding = said(screen, "reverse_none")
    if found and found[0].size is not None:
        shock, size, what = rows[0]
        finding = said(screen, "reverse_first", shock=shock, size=size, what=what)
    first.markdown(f"**{md(finding)}**")
    st.markdown(f":gray[{md(said(screen, 'shocks_title'))}]")
    heads = [said(screen, name) for name in ("column_shock", "column_size", "column_what")]
    st.table([dict(zip(heads, map(md, row), strict=True)) for row in rows])
    excel.button(screen, "stress-reverse", lambda: [Sheet(finding, heads, rows)], "stress_reverse_excel")


def _indicators(screen: Screen, picture: Picture, goal: str) -> None:
    every = reads.fallen(screen, goal)
    found = falls.nearest(every)
    told = reads.named(screen)
    st.markdown(f"**{md(telling.falls_first(screen.language, found, told, picture.currency))}**")
    st.markdown(f":gray[{md(said(screen, 'falls_title'))}. {md(said(screen, 'fall_basis'))}]")
    if goal in ("any", "health") and not any(one.node and not one.unit for one in every):
        st.markdown(said(screen, "falls_hold"))
    rows = [telling.fall(screen.language, one, told, picture.currency) for one in found]
    if not rows:
        return
    heads = [said(screen, name) for name in ("column_indicator", "column_edge", "column_far", "column_what")]
    st.table([dict(zip(heads, map(md, row), strict=True)) for row in rows[:MOST]])
    if len(rows) > MOST:
        st.markdown(f":gray[{said(screen, 'fall_more', n=len(rows) - MOST)}]")
    sheet = Sheet(said(screen, "falls_title"), heads, rows)
    excel.button(screen, "stress-indicators", lambda: [sheet], "stress_falls_excel")
