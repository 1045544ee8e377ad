"""The uploader: files that are put in are kept at once, so that a refresh loses nothing."""

from collections.abc import Sequence

import streamlit as st

from pages.ui import state, upload
from pages.ui.screen import Screen
from pages.ui.upload import Upload

ROUND = "uploads"


def in_hand(screen: Screen) -> Upload | None:
    """The files that the address names, or None; that they are no longer kept is said."""
    asked = state.given("upload")
    found = upload.find(asked)
    if asked and found is None:
        state.put("upload")
        st.warning(screen.say("upload_gone"))
    return found


def show(screen: Screen, kinds: Sequence[str], several: bool = True) -> None:
    """The place to put files in."""
    st.file_uploader(
        screen.say("upload_label"),
        type=list(kinds),
        accept_multiple_files=several,
        key=_key(),
        on_change=_kept,
        label_visibility="collapsed",
    )


def forget(kept: Upload) -> None:
    """Take the files away, and out of the address."""
    upload.forget(kept)
    state.put("upload")


def _key() -> str:
    return f"uploader_{st.session_state.get(ROUND, 0)}"


def _kept() -> None:
    """Files were put in: keep them, and give the uploader a new key so that it is empty again."""
    given = st.session_state[_key()]
    files = given if isinstance(given, list) else [given] if given else []
    if files:
        state.put("upload", upload.keep((file.name, file.getvalue()) for file in files))
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
