"""The balance strip of the whole, or of the one unit that is chosen."""

import streamlit as st

from metrics import findings
from metrics.charts.strip import Healths, Reading, strips
from metrics.charts.tones import tones
from metrics.picture import Picture
from metrics.words import month
from pages.ui import live
from pages.ui.screen import Screen


def show(screen: Screen, picture: Picture) -> None:
    """Both healths and their balance on one track, with those of a quarter before under it."""
    whole, since = findings.subject(picture), picture.before_period
    reading = Reading(
        now=Healths(whole.financial, whole.social, whole.balance),
        before=Healths(*whole.before) if whole.before and since else None,
        when=month(screen.language, since, year=False) if since else "",
        share=picture.social,
        name=_name(screen, picture),
        limit=picture.policy.health_limit if picture.limits_default or picture.limits_approved else None,
    )
    with st.container(key="strip"):
        live.strip(strips(reading, screen.language, tones(st.context.theme.type)), "strip_drawing")


def _name(screen: Screen, picture: Picture) -> str:
    """Whose healths these are where filters leave a part of the institution; empty for the whole."""
    parts = []
    if len(picture.units) == 1:
        parts.append(picture.units[0].name)
    elif screen.choices.branches:
        parts.append(findings.units_text(screen.language, picture.by, len(picture.units)))
    if screen.choices.product:
        parts.append(screen.options.products.get(screen.choices.product, screen.choices.product))
    return " · ".join(parts)
