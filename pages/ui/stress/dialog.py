"""The stress tests: a scenario with its sizes and what it does, or what each shock alone breaks first."""

import streamlit as st

from metrics.errors import EvenkeelError
from metrics.picture import Picture
from pages.ui.screen import Screen
from pages.ui.stress import choose, keep, reads, results, turned
from pages.ui.stress.reads import said
from pages.ui.text import md, sentences

VIEWS = ("result", "reverse")


def body(screen: Screen, picture: Picture) -> None:
    """What stands in the dialog."""
    with st.container(key="stress_body"):
        view = st.segmented_control(
            said(screen, "view"), VIEWS, default="result", required=True, key="stress_view",
            format_func=lambda name: said(screen, f"view_{name}"), label_visibility="collapsed",
        )  # fmt: skip
        try:
            if view == "reverse":
                turned.show(screen, picture)
            else:
                _result(screen)
        except EvenkeelError as error:
            st.error(sentences(screen.language, error))


def _result(screen: Screen) -> None:
    top = st.container()
    left, right = st.columns([4, 8], gap="medium")
    with left:
        one, record = choose.scenario(screen)
        st.markdown(f":gray[{md(one.text(screen.language, 'what'))}]")
        edited = choose.sized(screen, one)
        keep.show(screen, edited, record)
    outcome = reads.outcome(screen, edited)
    with top:
        results.headline(screen, outcome)
    with right:
        results.show(screen, outcome)
