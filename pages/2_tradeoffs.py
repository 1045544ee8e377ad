"""Trade-offs: move the social share and see the order of branches change."""

from typing import Any

import streamlit as st

from metrics import findings
from metrics.charts import lines
from metrics.charts.tones import Tones
from metrics.documents.board import finding
from metrics.picture import Picture, live_data
from pages.ui import board, compare, doors, drawer, gaps, inputs, offer, over, state, take, trade, units
from pages.ui.live import tradeoffs
from pages.ui.screen import Screen, require
from pages.ui.stress import button as stress
from pages.ui.text import md

KEY = "live"


def released() -> None:
    """The hand let go of the share: it goes into the address, where every page finds it."""
    share = st.session_state[KEY].social
    if share is not None:
        state.put("social", f"{share:g}")


def weighted() -> None:
    """The hand let go of a theme's weight."""
    themes = st.session_state[KEY].themes or {}
    state.put("themes", *(f"{path}:{weight:g}" for path, weight in themes.items()))


def ranged() -> None:
    """The board's range of the table was typed."""
    state.put("range", *filter(None, [st.session_state[KEY].range]))


def opened() -> None:
    """A line or a row was picked: its drawer opens."""
    if st.session_state[KEY].open and not over.chosen():
        drawer.show_unit(st.session_state[KEY].open)


def page(screen: Screen, picture: Picture) -> None:
    """The component with the present choices, and the choices that are not weights beside it."""
    # The component moves the themes itself, from the weighting's own weights.
    whole = over.live(screen, picture) or live_data(
        screen.picture(themes=False) or picture, screen.language, state.given("unit")
    )
    more = {
        "presets": [{**preset, "title": inputs.short_title(preset["title"])} for preset in whole["presets"]],
        "board": screen.policy.social,
        "range": state.given("range"),
        "themes": dict(screen.choices.themes),
        "wanted": gaps.fields(screen, picture) if findings.measured(picture) != "both" else [],
        "by": whole.get("by", picture.by),
    }
    tradeoffs({**whole, **more}, KEY, released, weighted, opened, ranged)


def taken(screen: Screen, picture: Picture) -> None:
    """The weight lines and the order of units, to take away."""
    found = lines.order(picture)

    def drawn(look: Tones) -> Any:
        return lines.lines(lines.frame(picture, found), picture, found, screen.language, look)

    told = " ".join(part for part in finding(picture, found, screen.language) if part)
    take.chart(screen, "tradeoffs", told, drawn, lambda: units.sheets(screen, picture), "take_lines")


screen = require()
shown = screen.picture()
if not screen.options.periods:
    st.title(md(screen.headline), anchor=False)
    doors.show(screen)
else:
    with st.container(key="choices", horizontal=True, horizontal_alignment="right"):
        offer.first_look(screen, shown)
        if shown is not None:
            inputs.policy(screen, shown.coverage, first_look=shown.whole.balance is None)
            over.choice(screen, shown)
        inputs.filters(screen)
        compare.button(screen, shown)
        if shown is not None:
            board.link(screen, "tertiary")
            if findings.measured(shown) == "both":
                trade.button(screen, shown)
                stress.button(screen, shown)
    if shown is None:
        st.title(md(screen.headline), anchor=False)
    else:
        page(screen, shown)
        over.note(screen, shown)
        if findings.measured(shown) == "both" and len(shown.units) > 1:
            taken(screen, shown)
        drawer.open_asked(screen, shown)
