"""What is drawn again alone, without the page around it: it too stays shut for whom the door would not let in now."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st

from pages.ui import door


def dialog(title: str, **look: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A dialog as `st.dialog` makes it; each time it is drawn the door is asked again."""

    def made(body: Callable[..., None]) -> Callable[..., None]:
        shown: Callable[..., None] = st.dialog(title, **look)(guarded(body))
        return shown

    return made


def guarded(body: Callable[..., None]) -> Callable[..., None]:
    """A body that is drawn for the reader whom the page was drawn for; anybody else begins at the door."""

    @wraps(body)
    def drawn(*given: Any, **named: Any) -> None:
        if door.changed():
            st.rerun()
        body(*given, **named)

    return drawn
