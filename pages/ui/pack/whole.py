"""The pack: its pages as they print, what goes into it, the four forms to take away, and what is written beside it."""

from pathlib import Path

import streamlit as st

from metrics.errors import EvenkeelError
from metrics.words import date
from pages.ui import board, chip, inputs
from pages.ui.pack import choose, freezing, leaves, made, notes, taking, wish
from pages.ui.pack.wish import said
from pages.ui.screen import Screen
from pages.ui.text import sentences

STYLE = Path(__file__).with_name("pack.css")


def headline(screen: Screen) -> str:
    """Of which date the pack is, and how many sections it has."""
    if screen.picture() is None:
        return screen.headline
    day = screen.choices.period or screen.options.periods[0]
    return said(screen, "head_pack", day=date(screen.language, day), n=len(wish.plan().parts))


def second(screen: Screen) -> str:
    """That the four forms say the same."""
    return said(screen, "second_pack")


def show(screen: Screen) -> None:
    """The pages at the left, the choices at the right; below both what is written beside each section."""
    shown = screen.picture()
    if shown is None:
        return
    st.html(STYLE)
    with st.container(key="pack_columns"):
        left, right = st.columns([860, 332])
    with right:
        inputs.policy(screen, first_look=shown.whole.balance is None)
        choose.social(screen, shown)
        choose.language(screen)
        choose.sections(screen)
        choose.description_file(screen)
        board.decision(screen.language)
    asked = made.wanted(screen)
    with left:
        try:
            found = made.made(screen, asked)
        except EvenkeelError as error:
            st.error(sentences(screen.language, error))
            return
        leaves.show(screen, made.pages(screen, asked), "pack")
    with right:
        taking.show(screen, found.pack, "pack")
        freezing.show(screen, found, asked)
        st.markdown(chip.text(screen, shown))
    notes.show(screen, found)
