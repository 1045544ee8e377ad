"""What was landed, when and by whom; and the way back."""

import pandas as pd
import streamlit as st

from metrics import measures, rebuilding
from metrics.words import date
from pages.ui.screen import Screen
from pages.ui.text import md

SETTINGS = "settings"  # what a batch of rows typed on Settings is named


def show(screen: Screen) -> None:
    """One row a file, newest batch first, and a button that takes a batch out again."""
    found = screen.source.store.batches()
    if found.empty:
        return
    st.header(screen.say("batches_title", n=int(found["batch"].nunique())), anchor=False)
    for batch, files in reversed(list(found.groupby("batch"))):
        _batch(screen, int(batch), files)


def _batch(screen: Screen, batch: int, files: pd.DataFrame) -> None:
    first = files.iloc[0]
    live = first["status"] == "live"
    with st.container(key=f"batch_{batch}", horizontal=True, horizontal_alignment="distribute"):
        said = screen.say(
            "batch_text", batch=str(batch), date=date(screen.language, first["landed_at"].date()), who=md(first["who"])
        )
        word = "" if live else f" :gray[{screen.say('batch_rolled_back')}]"
        st.markdown(f"**{said}**{word}", width="content")
        if live and not screen.source.is_sample:
            label = screen.say("undo")
            st.button(label, key=f"undo_{batch}", on_click=_ask, args=(batch,), type="tertiary")
    with st.expander(_label(screen, files)):
        for file in files.itertuples():
            counts = screen.say("batch_file", file=md(file.file), table=md(file.table_name),
                                accepted=int(file.accepted), aside=int(file.set_aside))  # fmt: skip
            st.caption(counts)
    if st.session_state.get("undo") == batch:
        _confirm(screen, batch)


def _label(screen: Screen, files: pd.DataFrame) -> str:
    """How many rows a batch brought, and from which file, or from how many."""
    rows, names = int(files["accepted"].sum()), list(dict.fromkeys(files["file"]))
    if names == [rebuilding.NAME]:
        return screen.say("batch_rebuilt", n=rows)
    if names == [SETTINGS]:
        return screen.say("batch_typed", n=rows)
    named = md(names[0]) if len(names) == 1 else screen.say("files", n=len(names))
    return screen.say("batch_rows", n=rows, files=named)


def _ask(batch: int) -> None:
    st.session_state["undo"] = batch


def _confirm(screen: Screen, batch: int) -> None:
    st.warning(screen.say("undo_sure", batch=str(batch)))
    with st.container(horizontal=True):
        sure = st.button(screen.say("undo_yes"), key="undo_yes")
        st.button(screen.say("undo_no"), key="undo_no", on_click=lambda: st.session_state.pop("undo", None))
    if sure:
        with st.spinner(screen.say("computing")):
            screen.source.store.rollback(batch, after=measures.build)
        st.session_state.pop("undo", None)
        st.session_state["undone"] = batch
        st.rerun()
