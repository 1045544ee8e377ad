"""The uploader: files that are put in are kept at once, so that a refresh loses nothing."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from metrics import access
from metrics.words import say
from pages.ui import state, upload
from pages.ui.screen import Screen
from pages.ui.upload import Upload

ROUND = "uploads"


def in_hand(screen: Screen) -> Upload | None:
    """The files that the address names, or None; that they are no longer kept is said."""
    if not screen.may("upload"):
        return None
    asked = state.given("upload")
    found = upload.find(asked)
    if asked and found is None:
        state.put("upload")
        st.warning(screen.say("upload_gone"))
    return found


def show(screen: Screen, kinds: Sequence[str], several: bool = True) -> None:
    """The place to put files in; one sentence for a role that brings none."""
    if not screen.may("upload"):
        st.markdown(f":gray[{say(screen.language, 'access.no_upload')}]")
        return
    st.file_uploader(
        screen.say("upload_label"),
        type=list(kinds),
        accept_multiple_files=several,
        key=_key(),
        on_change=_kept,
        args=(_key(),),
        label_visibility="collapsed",
    )


def forget(kept: Upload) -> None:
    """Take the files away, and out of the address."""
    upload.forget(kept)
    state.put("upload")
    state.put("step")


def without(kept: Upload, path: Path) -> None:
    """Take one file out; with the last one the upload is gone."""
    upload.without(kept, path)
    if upload.find(kept.id) is None:
        forget(kept)


def more(screen: Screen, kept: Upload) -> None:
    """The place to put more files beside those in hand."""
    key = _key()
    st.file_uploader(screen.say("files_more"), accept_multiple_files=True, key=key, on_change=_added, args=(kept, key))


def _added(kept: Upload, key: str) -> None:
    files = _given(key)
    if files and access.current().may("upload"):
        upload.add(kept, ((file.name, file.getvalue()) for file in files))
        _let_go(files)


def _key() -> str:
    return f"uploader_{st.session_state.get(ROUND, 0)}"


def _given(key: str) -> list[UploadedFile]:
    """What was put in; the uploader then gets a new key, so that it is empty again.

    Streamlit may call back once more for an uploader that is gone: that brings nothing.
    """
    given = st.session_state.get(key) if key == _key() else None
    files = given if isinstance(given, list) else [given] if given else []
    if files:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    return files


def _kept(key: str) -> None:
    """Files were put in: keep them at once, for a page switch would lose them."""
    files = _given(key)
    if files and access.current().may("upload"):
        state.put("upload", upload.keep((file.name, file.getvalue()) for file in files))
        state.put("step")
        _let_go(files)


def _let_go(files: Sequence[UploadedFile]) -> None:
    """What is kept in the staging folder need not stay in memory until its reader leaves."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in files:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
