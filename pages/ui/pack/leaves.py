"""The pages of a pack as they print, one at a time."""

import streamlit as st

from pages.ui import paper, state
from pages.ui.pack.wish import said
from pages.ui.screen import Screen


def show(screen: Screen, pages: list[bytes], key: str) -> None:
    """The page that the address asks for, and the way to the others.

    Args:
        pages: each as a picture.
        key: tells the pack on the page from another.
    """
    if not pages:
        return
    number = min(max(_asked(), 1), len(pages))
    told = said(screen, "leaf_told", page=number, n=len(pages))
    paper.show(pages[number - 1], told, screen.language, f"leaf_{key}")
    field = f"w_leaf_{key}"
    if st.session_state.get(field, number) != number:  # the address is the truth
        st.session_state[field] = number
    with st.container(key=f"turn_{key}", horizontal=True, vertical_alignment="center"):
        if len(pages) > 1:
            st.pagination(len(pages), default=number, key=field, max_visible_pages=5, on_change=_turned, args=(field,))
        st.markdown(f":gray[{said(screen, 'leaf', page=number, n=len(pages))}]", width="content")


def _asked() -> int:
    text = state.given("leaf") or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 1


def _turned(field: str) -> None:
    number = int(st.session_state[field])
    state.put("leaf", *([] if number == 1 else [str(number)]))
