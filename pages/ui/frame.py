"""What stands around every page: title, icon, logo, style, institution and language."""

from pathlib import Path

import streamlit as st

from metrics.charts.tones import tones
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
    theme = st.context.theme.type
    st.logo(str(ASSETS / ("logo-dark.svg" if theme == "dark" else "logo.svg")))
    with st.container(key="style"):
        st.html(HERE / "style.css")
        st.html(f"<style>:root {{ {_properties(language, theme)} }}</style>")


def _properties(language: str, theme: str | None) -> str:
    """What the style rule cannot know: the theme's colours, and the words of the uploader's button.

    Streamlit's uploader speaks English only; a drawer stands outside of what its theme reaches.
    """
    look = tones(theme)
    colours = {name: getattr(look, name) for name in ("ground", "ink", "grey", "line", "hair", "social")}
    said = [f"--ek-{name}: {value};" for name, value in colours.items()]
    said.append(f"--ek-tint: {'#1f242b' if theme == 'dark' else '#f4f5f7'};")
    return " ".join([*said, f"--ek-upload: '{say(language, 'pages.upload_choose')}';"])


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
