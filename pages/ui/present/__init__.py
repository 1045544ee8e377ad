"""The presenter within the app: a button that shows a pack over the whole window, from data that the browser has.

Script and style sheet are those of the pack's HTML file; once the page is there, the server may be gone.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from metrics.packs import page
from metrics.packs.model import Pack

FOLDER = Path(__file__).parent

MARKUP, SHEET, SCRIPT = ((FOLDER / f"start.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))
SHEET, SCRIPT = page.dress() + SHEET, page.presenter() + SCRIPT
_mounted = st.components.v2.component("evenkeel_present", html=MARKUP, css=SHEET, js=SCRIPT)


def present(pack: Pack, key: str, label: str) -> None:
    """Shows a button that opens the pack as a presentation; Esc closes it and leaves the page as it was.

    Args:
        pack: what is presented; its own language, whatever the page's.
        key: the component's own key.
        label: what the button says, in the page's language.
    """
    _mounted(key=key, data=given(pack, label))


def given(pack: Pack, label: str) -> dict[str, Any]:
    """What the component gets: the button's label, the pack's parts as HTML, and what its scripts know."""
    return {"label": label, "parts": page.parts(pack), "known": page.known(pack)}
