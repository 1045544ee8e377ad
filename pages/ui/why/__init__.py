"""The parts of a unit's drawer: what is there now, why, what it takes, and what if; one at a time."""

import streamlit as st

from metrics.picture import Picture, Unit
from metrics.words import say
from pages.ui import state
from pages.ui.screen import Screen
from pages.ui.why import because, takes, trying

PARTS = ("now", "why", "takes", "whatif")
KEY = "drawer_part"


def choose(screen: Screen) -> str:
    """The part to show, kept in the address so that a refresh shows it again."""
    asked = state.given("part")
    st.session_state[KEY] = asked if asked in PARTS else PARTS[0]
    st.segmented_control(
        say(screen.language, "why.part_label"), PARTS, key=KEY, required=True, label_visibility="collapsed",
        format_func=lambda part: say(screen.language, f"why.part_{part}"), on_change=_chosen,
    )  # fmt: skip
    return str(st.session_state[KEY])


def _chosen() -> None:
    part = st.session_state[KEY]
    state.put("part", *([part] if part != PARTS[0] else []))


def show(screen: Screen, picture: Picture, unit: Unit, part: str) -> None:
    """One of the parts that explain or ask what if."""
    {"why": because.show, "takes": takes.show, "whatif": trying.show}[part](screen, picture, unit)
