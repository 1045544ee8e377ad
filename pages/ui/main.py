"""The main script: every address goes through it. Language, data, menu; then the page that was asked for."""

import sys
from pathlib import Path

import streamlit as st

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from metrics.access import roles  # noqa: E402
from metrics.words import say  # noqa: E402
from pages.ui import bounding, copied, data, door, frame, menu, safety, screen, state  # noqa: E402
from pages.ui.text import md  # noqa: E402


def run() -> None:
    """One run of the script, for one reader."""
    language = state.language()
    frame.configure(language)
    source, options = None, None
    with safety.told(language):
        actor = door.enter(language)
        page = menu.build(language)
        state.restore(menu.slug_of(page))
        with st.spinner(say(language, "pages.opening")):
            source = data.source(state.given("data") == "sample")
            options = data.options(source)
    if source is None or options is None:
        frame.corner(language, "")
        st.stop()
    slug = menu.slug_of(page)
    if not actor.may(roles.OPEN, slug):
        frame.corner(language, data.institution(source, language))
        door.closed(language, actor)
        st.stop()
    choices = state.choices(options)
    frame.corner(language, data.institution(source, language))
    if choices.unknown:
        st.warning(md(state.unknown_text(language, choices.unknown)))
    screen.hold(screen.Screen(language, source, options, choices, slug))
    safety.banner(language)
    copied.line(language)
    with safety.told(language):
        page.run()
    bounding.settle(source)


bounding.draw(run)
