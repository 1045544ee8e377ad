"""Warnings: limits that are broken or about to be, the risks behind them, and who acts."""

import streamlit as st

from pages.ui import doors, inputs, parts, recording
from pages.ui.screen import Screen, require
from pages.ui.text import md
from pages.ui.warnings import drift, limits, register

VIEWS = {"limits": limits, "register": register, "drift": drift}


def page(screen: Screen) -> None:
    """The finding of the view, the choice of views, and the view."""
    shown = VIEWS[parts.asked(list(VIEWS))]
    with st.container(key="head"):
        st.title(md(shown.headline(screen)), anchor=False)
        with st.container(key="second", horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f":gray[{md(shown.second(screen))}]", width="content")
            with st.container(key="views", horizontal=True, width="content", vertical_alignment="center"):
                parts.chosen(screen, list(VIEWS), lambda name: screen.say(f"warnings_{name}"), "w_warnings")
                inputs.filters(screen)
    recording.told(screen)
    with st.container(key="body"):
        shown.show(screen)


screen = require()
if not screen.options.periods:
    st.title(md(screen.headline), anchor=False)
    doors.show(screen)
else:
    page(screen)
