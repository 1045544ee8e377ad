"""Board page: one page for the board, as it prints, with the decision that is asked of it."""

import streamlit as st

from pages.ui import board, doors, inputs
from pages.ui.screen import require
from pages.ui.text import md

screen = require()
shown = screen.picture()
if shown is not None:
    board.show(screen, shown)
else:
    with st.container(key="head"):
        st.title(md(screen.headline), anchor=False)
        if screen.options.periods:
            inputs.filters(screen)
        else:
            doors.show(screen)
