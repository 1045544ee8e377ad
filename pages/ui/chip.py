"""The data chip: as of when, how complete, whose data, whose limits, and which weighting if not the usual."""

import streamlit as st

from metrics.picture import Picture
from metrics.words import date, percent
from pages.ui import data, inputs, menu
from pages.ui.screen import Screen
from pages.ui.text import md


def text(screen: Screen, picture: Picture) -> str:
    """The chip as one grey line."""
    parts = [
        screen.say("chip_as_of", date=date(screen.language, picture.as_of)),
        screen.say("chip_complete", share=percent(screen.language, picture.coverage, 0)),
        screen.say("chip_sample" if screen.source.is_sample else "chip_own"),
        screen.say("chip_limits", n=picture.limits_default, approved=picture.limits_approved),
    ]
    if picture.as_of in data.reconstructed(screen.source):
        parts.insert(1, screen.say("chip_reconstructed"))
    if screen.choices.policy != screen.options.default or "@" in screen.choices.policy:
        parts.append(inputs.short_title(screen.policy_title()))
    if screen.choices.themes:
        parts.append(screen.say("chip_themes"))
    return f":gray[{md(' · '.join(parts))}]"


def own(screen: Screen) -> None:
    """Beside the sample's figures: the way to bring one's own."""
    with st.container(key="use_own", width="content"):
        menu.link("data", label=screen.say("use_own"))
