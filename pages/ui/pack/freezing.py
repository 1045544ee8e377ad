"""Keeping a pack as it was presented: on which day, under whose name; asked again before it is done."""

import datetime

import streamlit as st

from metrics.packs import frozen
from metrics.words import date
from pages.ui import recording
from pages.ui.pack.made import Made
from pages.ui.pack.wish import Wish, said
from pages.ui.screen import Screen
from pages.ui.text import md

DAY = "pack_presented_on"


def show(screen: Screen, found: Made, asked: Wish) -> None:
    """The button, and behind it what will be kept and the question."""
    if not screen.may("freeze"):
        return
    with st.popover(said(screen, "freeze"), icon=":material/ac_unit:", width="stretch"):
        day = datetime.date.fromisoformat(found.pack.as_of)
        st.markdown(md(said(screen, "freeze_about", date=date(screen.language, day), n=len(found.pack.sections))))
        chosen = st.date_input(said(screen, "field_presented_on"), max(day, datetime.date.today()), min_value=day,
                               format=screen.day_format, key=DAY)  # fmt: skip
        recording.author(screen, "freeze")
        st.markdown(f":gray[{md(said(screen, 'freeze_hash', hash=found.pack.hash[:12]))}]")
        sure = st.checkbox(said(screen, "freeze_sure"), key="pack_freeze_sure")
        st.button(said(screen, "freeze_do"), key="pack_freeze", type="primary",
                  disabled=not sure or not isinstance(chosen, datetime.date), on_click=_freeze,
                  args=(screen, found, asked))  # fmt: skip


def _freeze(screen: Screen, found: Made, asked: Wish) -> None:
    recording.signed("freeze")
    day = st.session_state[DAY]
    body = found.body(asked, day)
    called = called_by(screen, day, found.pack.title)
    if recording.keep(screen, frozen.PACK, "", body, called=called) is not None:
        st.session_state.pop("pack_freeze_sure", None)


def called_by(screen: Screen, day: datetime.date, title: str) -> str:
    """What a reader calls a frozen pack."""
    return said(screen, "frozen_called", title=title, day=date(screen.language, day))
