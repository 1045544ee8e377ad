"""Which part of a page is shown: one row of choices below the title, kept in the address."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.ui import state
from pages.ui.screen import Screen


def asked(names: Sequence[str]) -> str:
    """The part that the address asks for, else the first."""
    found = state.given("part")
    return found if found in names else names[0]


def chosen(screen: Screen, names: Sequence[str], title: Callable[[str], str], key: str) -> str:
    """Show the choices; returns the part that is shown."""
    st.session_state[key] = asked(names)
    st.segmented_control(
        screen.say("parts"),
        list(names),
        format_func=title,
        key=key,
        required=True,
        label_visibility="collapsed",
        wrap=True,
        on_change=lambda: state.put("part", st.session_state[key]),
    )
    return str(st.session_state[key])
