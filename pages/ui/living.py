"""Which indicators live with the data at hand, and which wait for what."""

import streamlit as st

from metrics.catalogue import indicators
from metrics.figures import figure
from pages.ui import gaps, menu, offer
from pages.ui.screen import Screen
from pages.ui.text import md


def show(screen: Screen) -> None:
    """Two lists: figures that live, with their values; and columns that are missing, with who waits for them."""
    picture = screen.picture()
    if picture is None:
        return
    frame = gaps.values(screen, picture)
    alive = frame[frame["status"].isin(["ok", "as_reported"])].drop_duplicates("indicator")
    st.header(screen.say("living_title", n=len(alive), all=len(indicators())), anchor=False)
    offer.first_look(screen, picture)
    with st.expander(screen.say("living", n=len(alive))):
        st.table(_rows(screen, alive, picture.currency), border="horizontal", hide_header=True, hide_index=True)
    waiting = gaps.waiting(screen, picture)
    if waiting:
        with st.expander(screen.say("waiting", n=sum(len(gap.waiting) for gap in waiting)), expanded=True):
            heads = (screen.say("col_missing"), screen.say("col_waits"))
            fields = [md(gap.field) for gap in waiting]
            names = [md(gaps.titles(screen, gap)) for gap in waiting]
            st.table(dict(zip(heads, (fields, names), strict=True)), border="horizontal", hide_index=True)
    st.page_link(menu.file_of("overview"), label=screen.say("see_overview"))


def _rows(screen: Screen, alive: object, currency: str) -> dict[str, list[str]]:
    known = indicators()
    names, values = [], []
    for indicator, value in zip(alive["indicator"], alive["value"], strict=True):
        names.append(md(known[indicator].text(screen.language, "title")))
        values.append(md(figure(screen.language, known[indicator], value, currency)))
    return {screen.say("col_indicator"): names, screen.say("col_value"): values}
