"""Data: put your own spreadsheets in, see what was read, undo."""

import streamlit as st

from metrics.words import date
from pages.ui import batches, checks, data, downloads, living, preview, state, upload
from pages.ui.screen import Screen, require
from pages.ui.text import md

KINDS = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls"]
ROUND = "uploads"


def headline(screen: Screen) -> str:
    """Whose figures these are, and how new."""
    if screen.source.is_sample:
        return screen.say("head_data_sample_asked" if data.has_own(data.folder()) else "head_data_sample")
    if not screen.options.periods:
        return screen.say("head_data_undated")
    found = screen.source.store.batches()
    live = int(found.loc[found["status"] == "live", "batch"].nunique())
    return screen.say("head_data_own", n=live, date=date(screen.language, screen.options.periods[0]))


def kept() -> None:
    """Files were put in: keep them at once, and give the uploader a new key so that it is empty again."""
    given = st.session_state[uploader_key()]
    if given:
        state.put("upload", upload.keep((file.name, file.getvalue()) for file in given))
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def uploader_key() -> str:
    """The uploader's present key."""
    return f"uploader_{st.session_state.get(ROUND, 0)}"


def uploads(screen: Screen) -> None:
    """The uploader, or what was read from the files in hand."""
    st.header(screen.say("upload_title"), anchor=False)
    asked = state.given("upload")
    files = upload.find(asked)
    if asked and files is None:
        state.put("upload")
        st.warning(screen.say("upload_gone"))
    if files is not None:
        preview.show(screen, files)
        return
    st.markdown(screen.say("upload_text"))
    st.file_uploader(
        screen.say("upload_label"),
        type=KINDS,
        accept_multiple_files=True,
        key=uploader_key(),
        on_change=kept,
        label_visibility="collapsed",
    )


def said(screen: Screen) -> None:
    """What has just happened."""
    landed = st.session_state.pop("landed", None)
    if landed is not None:
        st.success(screen.say("landed", batch=str(landed)))
    if screen.source.is_sample and data.has_own(data.folder()):
        st.button(screen.say("own_again"), key="own_again", on_click=state.put, args=("data",))
    undone = st.session_state.pop("undone", None)
    if undone is not None:
        st.success(screen.say("undone", batch=str(undone)))


screen = require()
with st.container(key="head"):
    st.title(md(headline(screen)), anchor=False)
with st.container(key="body"):
    said(screen)
    left, right = st.columns([720, 472], gap="large")
    with left:
        uploads(screen)
        if screen.options.periods and not state.given("upload"):
            checks.show(screen)
            living.show(screen)
    with right:
        st.header(screen.say("template_title"), anchor=False)
        downloads.template(screen)
        batches.show(screen)
