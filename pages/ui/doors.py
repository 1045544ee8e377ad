"""No data yet: three doors, and what each one gives."""

import streamlit as st

from pages.ui import menu, state
from pages.ui.screen import Screen

DOORS = ("sample", "template", "upload")


def show(screen: Screen) -> None:
    """The sample, a template, or the reader's own spreadsheet; only the first for whom the page Data is closed."""
    known = DOORS if menu.opens("data") else DOORS[:1]
    with st.container(key="body"):
        places = st.columns(len(DOORS), gap="medium")[: len(known)]
    for place, door in zip(places, known, strict=True):
        with place, st.container(border=True, key=f"door_{door}"):
            st.header(screen.say(f"door_{door}"), anchor=False)
            st.markdown(screen.say(f"door_{door}_gives"))
            kind = "primary" if door == "upload" else "secondary"
            if st.button(screen.say(f"door_{door}_open"), key=f"door_{door}_open", type=kind):
                if door == "sample":
                    state.put("data", "sample")
                    st.switch_page(menu.file_of("overview"))
                st.switch_page(menu.file_of("data"))
