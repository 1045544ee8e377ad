"""What was landed, when and by whom, how it was read; the way back, and the way forward again."""

import datetime

import pandas as pd
import streamlit as st

from metrics import rebuilding, undoing
from metrics.errors import EvenkeelError
from metrics.ingest import retold
from metrics.ingest.instead import to_correct
from metrics.ingest.retold import BatchTold, SheetTold
from metrics.store import Store
from metrics.words import catalogue, date, number
from pages.ui import giving
from pages.ui.data import Source, all_taken_out
from pages.ui.screen import Screen
from pages.ui.text import cell, md

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SETTINGS = "settings"  # what a batch of rows typed on Settings is named


def show(screen: Screen) -> None:
    """One row a batch, newest first, what is known of it behind a fold, and a button that takes it out or back in."""
    out = all_taken_out()
    source = out or screen.source
    found = source.store.batches()
    if found.empty:
        return
    title = "batches_out" if out else "batches_title"
    st.header(screen.say(title, n=int(found["batch"].nunique())), anchor=False)
    for batch, files in reversed(list(found.groupby("batch"))):
        _batch(screen, source, int(batch), files)


def _batch(screen: Screen, source: Source, batch: int, files: pd.DataFrame) -> None:
    first = files.iloc[0]
    live = first["status"] == "live"
    with st.container(key=f"batch_{batch}", horizontal=True, horizontal_alignment="distribute"):
        said = screen.say(
            "batch_text", batch=str(batch), date=_moment(screen, first["landed_at"]), who=md(first["who"])
        )
        word = "" if live else f" :gray[{screen.say('batch_rolled_back')}]"
        st.markdown(f"**{said}**{word}", width="content")
        if not source.is_sample and screen.may("take_out"):
            label, key = screen.say("undo" if live else "bring_back"), f"{'undo' if live else 'back'}_{batch}"
            st.button(label, key=key, on_click=_ask, args=(batch,), type="tertiary")
    with st.expander(_label(screen, files)):
        _told(screen, _kept(source, batch))
        if live and int(files["set_aside"].sum()):
            giving.file(
                screen, screen.say("take_rows"), lambda: to_correct(source.store, batch, screen.language),
                f"{screen.say('name_rows')}-{batch}.xlsx", WORKBOOK, key=f"aside_of_{batch}", action="upload",
                help=screen.say("take_rows_help"),
            )  # fmt: skip
    if st.session_state.get("undo") == batch and screen.may("take_out"):
        _confirm(screen, source.store, batch, live)


@st.cache_resource(show_spinner=False, max_entries=512)
def _kept(source: Source, batch: int) -> BatchTold:
    """What is kept of a batch. Frozen, so that sessions may share it."""
    return retold.tell(source.store, batch)


def _moment(screen: Screen, at: datetime.datetime) -> str:
    """Date and time of day, as kept (UTC)."""
    return screen.say("batch_moment", date=date(screen.language, at.date()), time=f"{at:%H:%M}")


def _label(screen: Screen, files: pd.DataFrame) -> str:
    """How many rows a batch brought, and from which file, or from how many."""
    rows, names = int(files["accepted"].sum()), list(dict.fromkeys(files["file"]))
    if names == [rebuilding.NAME]:
        return screen.say("batch_rebuilt", n=rows)
    if names == [SETTINGS]:
        return screen.say("batch_typed", n=rows)
    named = md(names[0]) if len(names) == 1 else screen.say("files", n=len(names))
    return screen.say("batch_rows", n=rows, files=named)


def _told(screen: Screen, told: BatchTold) -> None:
    """Files with their counts and how they were read; answers, corrections, and what happened since."""
    for sheet in told.sheets:
        _sheet(screen, sheet)
    for name, value in told.answers.items():
        st.caption(screen.say("batch_answer", asked=screen.say(f"ask_{name}"), answer=md(_answer(screen, name, value))))
    if told.corrected:
        st.caption(screen.say("batch_corrected", n=told.corrected))
    for event in told.events[1:]:
        when = _moment(screen, event.at)
        key = f"batch_{event.event}_by" if event.who else f"batch_{event.event}_on"
        st.caption(screen.say(key, date=when, who=md(event.who)))


def _sheet(screen: Screen, sheet: SheetTold) -> None:
    place = f"{sheet.file}, {sheet.sheet}" if sheet.sheet else sheet.file
    counts = screen.say("batch_file", file=md(place), table=md(sheet.table), accepted=sheet.accepted,
                        aside=sheet.set_aside, read=sheet.rows_read, ignored=sheet.ignored)  # fmt: skip
    st.caption(counts)
    for column, total in sheet.sums.items():
        written = number(screen.language, total, 0 if total == round(total) else 2)
        st.caption(screen.say("sum_of", column=md(column), sum=written))
    for note in sheet.notes:
        st.caption(md(note.text(screen.language)))
    if sheet.columns:
        rows = [(cell(heading), cell(column)) for heading, column in sheet.columns]
        heads = [screen.say("col_heading"), screen.say("col_column")]
        st.dataframe(pd.DataFrame(rows, columns=heads), hide_index=True, alt=screen.say("columns", n=len(rows)))


def _answer(screen: Screen, name: str, value: str) -> str:
    """An answer in words, where it is one of a few."""
    return screen.say(f"answer_{name}_{value}") if f"pages.answer_{name}_{value}" in catalogue("en") else value


def _ask(batch: int) -> None:
    st.session_state["undo"] = batch


def _confirm(screen: Screen, store: Store, batch: int, live: bool) -> None:
    act = "undo" if live else "back"
    st.warning(screen.say(f"{act}_sure", batch=str(batch)))
    with st.container(horizontal=True):
        sure = st.button(screen.say(f"{act}_yes"), key=f"{act}_yes")
        st.button(screen.say(f"{act}_no"), key=f"{act}_no", on_click=lambda: st.session_state.pop("undo", None))
    if not sure:
        return
    try:
        with st.spinner(screen.say("computing")):
            (undoing.take_out if live else undoing.bring_back)(store, batch)
    except EvenkeelError as error:
        st.error(md(error.text(screen.language)))
        return
    st.session_state.pop("undo", None)
    st.session_state["undone" if live else "brought_back"] = batch
    st.rerun()
