"""A view is drawn within bounds: its queries end in time, end with their reader's next run, and are of one state.

Streamlit begins the next run of a session while the one before still waits for the database, and cancels no query.
"""

from collections.abc import Callable

import duckdb
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from metrics import bounded
from metrics.configuration import configuration
from metrics.words import say
from pages.ui import data, state
from pages.ui.text import md

AGAIN, MOST = "drawn_again", 5


def seconds() -> float | None:
    """How long a query of this thread may take; without a bound where it draws for nobody."""
    return None if get_script_run_ctx(suppress_warning=True) is None else configuration().query_seconds


bounded.use(seconds)


def draw(script: Callable[[], None]) -> None:
    """Run the script for a reader; a query that takes too long is said, one that nobody waits for says nothing."""
    context = get_script_run_ctx()
    with bounded.drawing(context.session_id if context else ""):
        try:
            if st.session_state.get(AGAIN, 0) > MOST:
                st.session_state.pop(AGAIN)
                st.warning(md(say(state.language(), "pages.data_moved")))
                return
            script()
        except duckdb.InterruptException:
            if bounded.late():
                language = state.language()
                told = say(language, "errors.query_too_long", n=round(configuration().query_seconds))
                st.error(md(told))


def settle(source: data.Source) -> None:
    """Draw the view again where the data changed while it was drawn: no view mixes figures of before and after.

    Where the run itself changed them, its page goes on as it means to. Where they change faster than the view can be
    drawn, a sentence takes its place.
    """
    if bounded.wrote() or source.store.epoch == source.epoch:
        st.session_state.pop(AGAIN, None)
        return
    times = st.session_state.get(AGAIN, 0) + 1
    st.session_state[AGAIN] = times
    st.rerun()
