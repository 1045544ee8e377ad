"""Shows markup that Python made: tables with sparklines, heat tables, small charts; a button in it opens a sheet."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent

_mounted = st.components.v2.component(
    "evenkeel_drawing",
    **{kind: (FOLDER / f"drawing.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")},
)


def show(drawn: str, key: str, on_open: Callable[[str], None]) -> None:
    """Shows `drawn`, whose texts are escaped where they are made.

    Args:
        key: the component's own key.
        on_open: called with what a button in the drawing names.
    """

    def opened() -> None:
        name = st.session_state[key].open
        if name:
            on_open(str(name))

    _mounted(key=key, data={"drawn": drawn}, on_open_change=opened)
