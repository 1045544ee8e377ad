"""The balance strip of the whole: numbers and our own words only, drawn as SVG.

`st.html` takes drawings out of what it is given; a component without inputs shows one as it is.
"""

import streamlit as st

from metrics.charts.strip import Healths, Reading, strips
from metrics.charts.tones import tones
from metrics.picture import Picture
from metrics.words import month
from pages.ui.screen import Screen

_SCRIPT = """export default function ({ data, parentElement }) {
  parentElement.querySelector(".drawing").innerHTML = data.drawing;
}"""
_mounted = st.components.v2.component("evenkeel_strip", html="<div class='drawing'></div>", js=_SCRIPT)


def show(screen: Screen, picture: Picture) -> None:
    """Both healths and their balance on one track, with those of a quarter before under it."""
    whole, since = picture.whole, picture.before_period
    reading = Reading(
        now=Healths(whole.financial, whole.social, whole.balance),
        before=Healths(*whole.before) if whole.before and since else None,
        when=month(screen.language, since, year=False) if since else "",
        share=picture.social,
        limit=picture.policy.health_limit if picture.limits_default or picture.limits_approved else None,
    )
    drawing = strips(reading, screen.language, tones(st.context.theme.type))
    with st.container(key="strip"):
        _mounted(key="strip_drawing", data={"drawing": drawing})
