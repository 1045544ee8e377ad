"""What became of the board's last meeting, in one line of the Overview."""

import datetime
from contextlib import closing
from pathlib import Path

import streamlit as st

from metrics import decisions
from metrics.picture import Picture
from pages.ui import data, menu
from pages.ui.data import Source
from pages.ui.screen import Screen
from pages.ui.text import md

STYLE = Path(__file__).with_name("meeting.css")


def line(screen: Screen, shown: Picture | None) -> None:
    """The last meeting: how many decisions are done and late, and the figure that moved most; nothing before any."""
    if shown is None:
        return
    until = shown.as_of if screen.choices.period or screen.source.is_sample else datetime.date.today()
    text = said(screen.source, screen.choices.policy, until, screen.language, shown.currency)
    if not text or not menu.opens("voices"):
        return
    st.html(STYLE)
    if st.button(f":gray[{md(text)}]", key="last_meeting", type="tertiary"):
        st.switch_page(menu.file_of("voices"), query_params={"part": "decisions"})


@st.cache_data(show_spinner=False, max_entries=32)
def said(source: Source, policy: str, day: datetime.date, language: str, currency: str | None) -> str:
    """The sentence; empty where the board has decided nothing."""
    with closing(source.store.cursor()) as cursor:
        return decisions.sentence(cursor, data.policy(source, policy).settings, day, language, currency)
