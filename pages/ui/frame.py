"""What stands around every page: title, icon, logo, style, institution and language."""

from pathlib import Path

import streamlit as st

from metrics.words import LANGUAGES, say
from pages.ui import state
from pages.ui.text import md

HERE = Path(__file__).parent
ASSETS = HERE / "assets"


def configure(language: str) -> None:
    """Set what the browser must know before anything is drawn."""
    st.set_page_config(
        page_title="Evenkeel",
        page_icon=str(ASSETS / "mark.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    dark = st.context.theme.type == "dark"
    st.logo(str(ASSETS / ("logo-dark.svg" if dark else "logo.svg")))
    with st.container(key="style"):
        st.html(HERE / "style.css")
        # The uploader's button speaks English only; its words come from here instead.
        st.html(f"<style>:root {{ --ek-upload: '{say(language, 'pages.upload_choose')}'; }}</style>")


def corner(language: str, institution: str) -> None:
    """At the right of the header: whose figures these are, and the other language."""
    other = next(name for name in LANGUAGES if name != language)
    with st.container(key="corner", horizontal=True, width="content", wrap=False):
        if institution:
            st.markdown(md(institution))
        st.button(
            say(language, "pages.other_language"),
            key="other_language",
            type="tertiary",
            on_click=state.put,
            args=("lang", other),
        )
