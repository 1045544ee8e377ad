"""Overview: what needs action now, and what financial figures alone would miss."""

import streamlit as st

from metrics import findings
from metrics.charts.scatter import SELECT, frame, scatter, scatter_alt
from metrics.charts.tones import tones
from metrics.picture import Picture
from metrics.words import month, short_money
from pages.ui import act, chip, doors, drawer, inputs, menu, strip
from pages.ui.screen import Screen, require
from pages.ui.text import md


def where_each_stands(screen: Screen, picture: Picture) -> None:
    """The scatter; a click on a mark asks for its drawer."""
    note = screen.say("scatter_size_plain")
    if picture.whole.glp:
        note = screen.say("scatter_size", money=short_money(screen.language, picture.whole.glp, picture.currency))
    if picture.before_period:
        since = month(screen.language, picture.before_period, year=False)
        note = screen.say("scatter_tail", size=note, month=since)
    with st.container(key="head_where"):
        st.header(f"{screen.say('scatter_title_' + picture.by)} :gray[{md(note)}]", anchor=False)
    look = tones(st.context.theme.type)
    key = f"where_{st.session_state.get(drawer.CLOSED, 0)}"
    st.altair_chart(
        scatter(frame(picture, screen.language, look), picture, screen.language, look),
        theme=None,
        height=388,
        key=key,
        on_select=lambda: picked(key),
        alt=scatter_alt(picture, screen.language),
    )


def picked(key: str) -> None:
    """A mark was clicked: its unit goes into the address, and so the drawer opens."""
    marks = st.session_state[key].selection.get(SELECT) or []
    if marks:
        drawer.show_unit(marks[0]["id"])


def page(screen: Screen, picture: Picture) -> None:
    """The screen from top to bottom."""
    strip.show(screen, picture)
    with st.container(key="main_columns"):
        left, right = st.columns([720, 472])
    with left:
        where_each_stands(screen, picture)
    with right:
        act.act_now(screen, picture)
    with st.container(key="foot", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(chip.text(screen, picture))
        if st.button(screen.say("change_balance"), type="primary", key="change_balance"):
            st.switch_page(menu.file_of("tradeoffs"))


screen = require()
shown = screen.picture()
with st.container(key="head"):
    st.title(md(findings.headline(shown, screen.language)), anchor=False)
    if shown is not None:
        with st.container(key="second", horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f":gray[{md(findings.second_line(shown, screen.language))}]", width="content")
            inputs.filters(screen)
if shown is None:
    doors.show(screen)
else:
    page(screen, shown)
    drawer.open_asked(screen, shown)
