"""What stands around every page: title, icon, logo, style, institution and language."""

from pathlib import Path

import streamlit as st

from metrics.charts.tones import tones
from metrics.words import LANGUAGES, say
from pages.ui import door, state
from pages.ui.text import md

HERE = Path(__file__).parent
ASSETS = HERE / "assets"
NAME = 18  # letters of a name that stand in the header


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
    """What the style rule cannot know: the theme's colours, and words that Streamlit has in English only.

    These are the uploader's button and what leads to the pages for which the menu has no room. A drawer stands outside
    of what Streamlit's theme reaches.
    """
    look = tones(theme)
    colours = {name: getattr(look, name) for name in ("ground", "ink", "grey", "line", "hair", "social")}
    said = [f"--ek-{name}: {value};" for name, value in colours.items()]
    said.append(f"--ek-tint: {'#1f242b' if theme == 'dark' else '#f4f5f7'};")
    words = {"upload": "upload_choose", "more": "more_pages"}
    return " ".join([*said, *(f"--ek-{name}: '{say(language, f'pages.{key}')}';" for name, key in words.items())])


def corner(language: str, institution: str) -> None:
    """At the right of the header: whose figures these are, and the languages to choose from."""
    with st.container(key="corner", horizontal=True, width="content", wrap=False):
        if institution:
            st.markdown(md(institution))
        _account(language)
        st.menu_button(
            _own_name(language), LANGUAGES, key="language", type="tertiary", format_func=_own_name, on_click=_choose
        )


def _account(language: str) -> None:
    """Who is signed in, as what, and the way out; nothing where nobody signs in."""
    if not door.signed_in():
        return
    found = state.reader()
    role = say(language, f"access.role_{found.role}")
    st.menu_button(
        md(found.name.partition("@")[0][:NAME]), ["sign_out"], key="account", type="tertiary",
        icon=":material/person:", help=md(say(language, "access.signed_in", name=found.name, role=role)),
        format_func=lambda _: say(language, "access.sign_out_of", role=role), on_click=door.leave,
    )  # fmt: skip


def _own_name(language: str) -> str:
    """What a language is called by those who speak it."""
    return say(language, "pages.language_name")


def _choose() -> None:
    state.put("lang", str(st.session_state["language"]))
