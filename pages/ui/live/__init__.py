"""The live Trade-offs component: weight lines, rule and slider, list, themes.

Everything that moves with the hand is scored and drawn in the browser within the input event; Python gets a
value only when the hand lets go. The script is one self-contained ES module, put together here from the files
beside this one; nothing is built, nothing is fetched.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from metrics import words

FOLDER = Path(__file__).parent
# In the order in which they stand in the module; all share its one scope.
PARTS = ("score", "dom", "words", "model", "changes", "chart", "labels", "list", "share", "themes", "screen", "main")
TRIGGERS = ("open",)
STATES = ("social", "themes")


def script() -> str:
    """Returns the component's whole ES module: scoring, drawing, controls, in one scope."""
    return "\n".join((FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)


def sheet() -> str:
    """Returns the component's style sheet."""
    return (FOLDER / "tradeoffs.css").read_text(encoding="utf-8")


def markup() -> str:
    """Returns the component's markup: places without a word in them; all texts come with the data."""
    return (FOLDER / "tradeoffs.html").read_text(encoding="utf-8")


_mounted = st.components.v2.component("evenkeel_tradeoffs", html=markup(), css=sheet(), js=script())


def _ignore() -> None:
    """Does nothing: a state that has no callback of its own still needs one to have a default."""


def tradeoffs(
    data: Mapping[str, Any],
    key: str,
    on_social: Callable[[], None] | None = None,
    on_themes: Callable[[], None] | None = None,
    on_open: Callable[[], None] | None = None,
) -> Any:
    """Shows the component and returns its state.

    Args:
        data: what `metrics.picture.live_data` returns; the component's words are added where they are missing.
        key: the component's own key in the session.
        on_social: called when the social share was let go of; the result's `social` is 0..100.
        on_themes: called when a theme weight was let go of; `themes` is path -> 0..100, {} = the policy's own.
        on_open: called when a unit was picked; the result's `open` is its id for this one run, else None.

    Returns:
        The component's result with `social`, `themes`, `open`. A value is None until the hand has moved it.
    """
    language = str(data.get("language", "en"))
    whole = {"words": words.area(language, "component"), **data}
    return _mounted(
        key=key,
        data=whole,
        on_social_change=on_social or _ignore,
        on_themes_change=on_themes or _ignore,
        on_open_change=on_open or _ignore,
    )
