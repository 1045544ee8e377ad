"""The live components: Trade-offs (weight lines, rule and slider, list, themes) and the balance strip.

Everything that moves with the hand is scored and drawn in the browser within the input event; Python gets a
value only when the hand lets go. Script, markup and style sheets are those of `metrics.live`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from metrics import words
from metrics.live import script, text

_mounted = st.components.v2.component(
    "evenkeel_tradeoffs", html=text("tradeoffs.html"), css=text("tradeoffs.css"), js=script()
)
_strip = st.components.v2.component(
    "evenkeel_strip", html=text("strip.html"), css=text("strip.css"), js=text("strip.js")
)


def _ignore() -> None:
    """Does nothing: a state that has no callback of its own still needs one to have a default."""


def tradeoffs(
    data: Mapping[str, Any],
    key: str,
    on_social: Callable[[], None] | None = None,
    on_themes: Callable[[], None] | None = None,
    on_open: Callable[[], None] | None = None,
    on_range: Callable[[], None] | None = None,
) -> Any:
    """Shows the component and returns its state.

    Args:
        data: what `metrics.picture.live_data` returns; the component's words are added where they are missing.
        key: the component's own key in the session.
        on_social: called when the social share was let go of; the result's `social` is 0..100.
        on_themes: called when a theme weight was let go of; `themes` is path -> 0..100, {} = the policy's own.
        on_open: called when a unit was picked; the result's `open` is its id for this one run, else None.
        on_range: called when the board's range was typed; `range` is as it stands in an address, 40-60.

    Returns:
        The component's result with `social`, `themes`, `open`, `range`. A value is None until the hand has moved it.
    """
    language = str(data.get("language", "en"))
    whole = {"words": words.area(language, "component"), **data}
    return _mounted(
        key=key,
        data=whole,
        on_social_change=on_social or _ignore,
        on_themes_change=on_themes or _ignore,
        on_open_change=on_open or _ignore,
        on_range_change=on_range or _ignore,
    )


def strip(drawn: str, key: str) -> None:
    """Shows the balance strip; `drawn` is what `metrics.charts.strip.strips` returns, whose texts are escaped."""
    _strip(key=key, data={"drawn": drawn})
