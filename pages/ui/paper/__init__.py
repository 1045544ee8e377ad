"""Shows a printed page as it will print, and on the whole screen: Esc or a button returns."""

import base64
from pathlib import Path

import streamlit as st

from metrics.words import say

FOLDER = Path(__file__).parent

_mounted = st.components.v2.component(
    "evenkeel_paper",
    **{kind: (FOLDER / f"paper.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")},
)


def show(page: bytes, told: str, language: str, key: str) -> None:
    """Shows one page.

    Args:
        page: its picture, as `metrics.documents.document.pictures` returns it.
        told: everything that stands on it, in words.
        language: of the buttons.
        key: the component's own key.
    """
    words = {name: say(language, f"documents.{name}") for name in ("preview", "full", "leave")}
    address = "data:image/png;base64," + base64.b64encode(page).decode("ascii")
    _mounted(key=key, data={"page": address, "told": told, "language": language, **words})
