"""The first look: offered where too little is measured for the weighting in use, never applied unasked."""

from dataclasses import replace

import streamlit as st

from metrics import findings
from metrics.picture import Picture
from metrics.words import percent
from pages.ui import data, state
from pages.ui.inputs import FIRST_LOOK
from pages.ui.screen import Screen


def first_look(screen: Screen, picture: Picture | None) -> None:
    """A button that changes to the first look, where that would show what is not shown now."""
    if picture is None or screen.choices.policy == FIRST_LOOK or picture.whole.balance is not None:
        return
    choices = replace(screen.choices, policy=FIRST_LOOK, social=None, themes=())
    other = data.picture(screen.source, screen.scope, choices, screen.by)
    if findings.measured(other) != "both":
        return
    said = screen.say("first_look_offer", share=percent(screen.language, other.coverage, 0))
    st.button(said, key="first_look", on_click=_apply)


def _apply() -> None:
    state.put("policy", FIRST_LOOK)
    state.put("social")
    state.put("themes")
