"""Which indicators live with the data at hand, and which wait for what."""

import pandas as pd
import streamlit as st

from metrics.catalogue import indicators
from metrics.figures import figure
from pages.ui import gaps, menu, offer
from pages.ui.screen import Screen
from pages.ui.text import md

MOST = 8


def show(screen: Screen) -> None:
    """Two lists: figures that live, with their values; and columns that are missing, with who waits for them."""
    picture = screen.picture()
    if picture is None:
        return
    frame = gaps.values(screen, picture)
    alive = frame[frame["status"].isin(["ok", "as_reported"])]
    names = list(dict.fromkeys(alive["indicator"]))
    st.header(screen.say("living_title", n=len(names), all=len(indicators())), anchor=False)
    offer.first_look(screen, picture)
    with st.expander(screen.say("living", n=len(names))):
        rows = _rows(screen, names, alive, picture.currency)
        st.table(rows, border="horizontal", hide_header=True, hide_index=True)
    waiting = gaps.waiting(screen, picture)
    if waiting:
        with st.expander(screen.say("waiting", n=sum(len(gap.waiting) for gap in waiting)), expanded=True):
            _waiting(screen, waiting)
    menu.link("overview", label=screen.say("see_overview"))


def _waiting(screen: Screen, waiting: list[gaps.Gap]) -> None:
    """The columns that would help most; all of them stand on Methods."""
    heads = (screen.say("col_missing"), screen.say("col_waits"))
    fields = [md(gap.field) for gap in waiting[:MOST]]
    names = [md(gaps.titles(screen, gap)) for gap in waiting[:MOST]]
    st.table(dict(zip(heads, (fields, names), strict=True)), border="horizontal", hide_index=True)
    if len(waiting) > MOST:
        label = screen.say("waiting_more", n=len(waiting) - MOST)
        menu.link("methods", label=label, query_params={"part": "missing"})


def _rows(screen: Screen, names: list[str], alive: pd.DataFrame, currency: str) -> dict[str, list[str]]:
    """Each indicator with the institution's value; with several institutions, how many have one."""
    known = indicators()
    titles, values = [], []
    for name in names:
        found = alive.loc[alive["indicator"] == name, "value"]
        titles.append(md(known[name].text(screen.language, "title")))
        one = figure(screen.language, known[name], found.iloc[0], currency)
        values.append(md(one) if len(found) == 1 else screen.say("units_institution", n=len(found)))
    return {screen.say("col_indicator"): titles, screen.say("col_value"): values}
