"""Overview: what needs action now, and what financial figures alone would miss."""

import functools

import streamlit as st

from metrics import findings
from metrics.charts import scatter
from metrics.figures import portfolio
from metrics.picture import Picture
from metrics.words import month
from pages.ui import act, board, checks, chip, doors, drawer, drawn, gaps, inputs, meeting, menu, offer, strip, take
from pages.ui import units as unit_sheets
from pages.ui.screen import Screen, require
from pages.ui.text import md


def where_each_stands(screen: Screen, picture: Picture, state: str) -> None:
    """The chart under its title; a click on a mark asks for its drawer."""
    note = screen.say("scatter_size_plain")
    if picture.whole.glp:
        money = portfolio(screen.language, picture.whole.glp, picture.currency)
        note = screen.say("scatter_size", money=money)
    if picture.before_period and state == "both":
        since = month(screen.language, picture.before_period, year=False)
        note = screen.say("scatter_tail", size=note, month=since)
    weighting = inputs.weighting_note(screen, picture.coverage)
    if weighting:
        note = f"{weighting}; {screen.say('scatter_size_plain')}"
    title = screen.say("scatter_title_" + picture.by)
    with st.container(key="head_where", horizontal=True, horizontal_alignment="distribute"):
        st.header(f"{title} :gray[{md(note)}]", anchor=False)
        told = f"{findings.headline(picture, screen.language)} {note}"
        made = functools.partial(unit_sheets.sheets, screen, picture)
        draw = functools.partial(drawn.chart, screen.language, picture, state)
        take.chart(screen, "overview", told, draw, made, "take_where")
    key = f"where_{st.session_state.get(drawer.CLOSED, 0)}"
    st.vega_lite_chart(
        spec=drawn.spec(screen, state),
        theme=None,
        height=388 if state == "both" else 180,
        key=key,
        on_select=lambda: picked(key),
        alt=scatter.scatter_alt(picture, screen.language),
    )


def picked(key: str) -> None:
    """A mark was clicked: its unit goes into the address, and so the drawer opens."""
    marks = st.session_state[key].selection.get(scatter.SELECT) or []
    if marks:
        drawer.show_unit(marks[0]["id"])


def page(screen: Screen, picture: Picture, state: str) -> None:
    """The screen below its headline."""
    if state == "too_few":
        return
    whole = findings.subject(picture)
    if whole.financial is not None or whole.social is not None:
        strip.show(screen, picture)
    with st.container(key="main_columns"):
        left, right = st.columns([720, 472])
    with left:
        if state != "short":
            where_each_stands(screen, picture, state)
        if state != "both":
            gaps.show(screen, picture)
    with right:
        if state == "short":
            act.over_limit(screen, picture)
        else:
            act.act_now(screen, picture)
    with st.container(key="foot", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(chip.text(screen, picture))
        if screen.source.is_sample:
            chip.own(screen)
        else:
            checks.line(screen)
        board.link(screen)
        if menu.opens("tradeoffs") and st.button(screen.say("change_balance"), type="primary", key="change_balance"):
            st.switch_page(menu.file_of("tradeoffs"))


screen = require()
shown = screen.picture()
with st.container(key="head"):
    st.title(md(screen.headline), anchor=False)
    if screen.options.periods:
        with st.container(key="second", horizontal=True, horizontal_alignment="distribute"):
            said = findings.second_line(shown, screen.language)
            with st.container(width="content", gap=None):
                if said:
                    st.markdown(f":gray[{md(said)}]", width="content")
                meeting.line(screen, shown)
            offer.first_look(screen, shown)
            inputs.filters(screen)
    else:
        doors.show(screen)
if shown is not None:
    page(screen, shown, findings.measured(shown))
    drawer.open_asked(screen, shown)
