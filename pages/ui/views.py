"""A page of several views: each with a finding of its own, chosen in one row, kept in the address."""

from collections.abc import Callable, Mapping
from typing import Protocol

import streamlit as st

from pages.ui import doors, inputs, parts, recording
from pages.ui.screen import Screen
from pages.ui.text import md


class View(Protocol):
    """What a view of a page offers: its finding, what stands behind it, and the view itself."""

    headline: Callable[[Screen], str]
    second: Callable[[Screen], str]
    show: Callable[[Screen], None]


def page(screen: Screen, views: Mapping[str, View], title: Callable[[str], str], key: str) -> None:
    """The finding of the view that the address asks for, the choice of views, and the view; doors without data."""
    if not screen.options.periods:
        st.title(md(screen.headline), anchor=False)
        doors.show(screen)
        return
    shown = views[parts.asked(list(views))]
    with st.container(key="head"):
        st.title(md(shown.headline(screen)), anchor=False)
        with st.container(key="second", horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f":gray[{md(shown.second(screen))}]", width="content")
            with st.container(key="views", horizontal=True, width="content", vertical_alignment="center"):
                parts.chosen(screen, list(views), title, key)
                inputs.filters(screen)
    recording.told(screen)
    with st.container(key="body"):
        shown.show(screen)
