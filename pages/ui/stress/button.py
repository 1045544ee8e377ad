"""The way from Trade-offs to the stress tests."""

import streamlit as st

from metrics.picture import Picture
from pages.ui import alone, compare, state, trade
from pages.ui.screen import Screen
from pages.ui.stress import choose, dialog
from pages.ui.stress.reads import said


def button(screen: Screen, picture: Picture) -> None:
    """The button that opens the stress tests, and the dialog where it or the address asks for it."""
    st.button(said(screen, "button"), key="stress_open", type="tertiary", on_click=_open)
    other = st.session_state.get(trade.ASKED) or state.given(compare.KEY) or state.given(compare.SCENARIO)
    if state.given("shock") and not other:
        state.put("unit")  # one dialog at a time
        alone.dialog(said(screen, "title"), width="large", on_dismiss=close)(dialog.body)(screen, picture)


def _open() -> None:
    st.session_state.pop(trade.ASKED, None)
    state.put("shock", choose.FIRST)


def close() -> None:
    """Forget that the dialog was open."""
    state.put("shock")
