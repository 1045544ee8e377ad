"""Poverty scorecards on the page Data: put a country's workbook in, see which is in use and what it says."""

from contextlib import closing

import pandas as pd
import streamlit as st

from metrics import access, ppi
from metrics.errors import EvenkeelError, InputError
from metrics.ppi.answers import InUse, in_use, unmatched
from metrics.ppi.landing import rows
from metrics.store import Scope, Store
from metrics.words import say
from pages.ui import data, poverty, state, upload, uploader
from pages.ui.screen import Screen
from pages.ui.text import md

KINDS = ["xlsx", "xls"]
NAMED = 20  # answers that fit no response, shown by name


def _word(screen: Screen, key: str, /, **params: object) -> str:
    return say(screen.language, f"ppi.{key}", **params)


@st.cache_resource(show_spinner=False, max_entries=16)
def used(source: data.Source, scope: Scope) -> tuple[InUse, ...]:
    """The scorecard that each institution in scope uses. Frozen, so that sessions may share it."""
    with closing(source.store.cursor(scope)) as cursor:
        return in_use(cursor)


@st.cache_data(show_spinner=False, max_entries=16)
def lost(source: data.Source, scope: Scope) -> pd.DataFrame:
    """The answers that fit no response of the scorecard in use."""
    with closing(source.store.cursor(scope)) as cursor:
        return unmatched(cursor)


def headline(screen: Screen) -> str:
    """Which scorecard is in use."""
    cards = used(screen.source, screen.scope)
    if not cards:
        return _word(screen, "head_none")
    return _word(screen, "head_used", scorecard=cards[0].scorecard, n=len(cards[0].lines))


def show(screen: Screen) -> None:
    """The scorecard in use with its poverty rates; then the planner."""
    st.markdown(_word(screen, "text"))
    uploader.show(screen, KINDS, several=False)
    cards = used(screen.source, screen.scope)
    if cards:
        poverty.rates(screen, cards)
        _lost(screen)
    poverty.planner(screen)


def _lost(screen: Screen) -> None:
    """The answers that the scorecard does not know: they count in no rate."""
    found = lost(screen.source, screen.scope)
    if found.empty:
        return
    with st.expander(_word(screen, "unmatched", n=int(found["n"].sum()))):
        st.caption(_word(screen, "unmatched_why"))
        heads = (_word(screen, "col_question"), _word(screen, "col_answer"), _word(screen, "col_n"))
        columns = ([md(value) for value in found.head(NAMED)[name]] for name in ("question", "answer", "n"))
        st.table(dict(zip(heads, columns, strict=True)), border="horizontal", hide_index=True)


@st.cache_resource(show_spinner=False, max_entries=16)
def _read(upload_id: str, folder: str) -> ppi.Workbook | InputError:
    """The workbook of an upload, or why it is refused; an upload's files never change."""
    found = upload.find(upload_id)
    if found is None:
        return InputError("pages.upload_gone")
    try:
        return ppi.read(found.paths[0])
    except InputError as fault:
        return fault


def is_scorecard(kept: upload.Upload, seen: upload.Seen) -> bool:
    """Whether files that hold no records are a scorecard workbook instead."""
    reasons = [reason for fault in seen.preview.refused for reason in getattr(fault, "reasons", (fault,))]
    poverty_sheets = not seen.preview.sheets and any(reason.key == "import.refused_poverty" for reason in reasons)
    return poverty_sheets and isinstance(_read(kept.id, str(data.folder())), ppi.Workbook)


def preview(screen: Screen, kept: upload.Upload, _: upload.Seen) -> None:
    """What a workbook holds and what would land; or why it is refused."""
    with st.spinner(screen.say("reading")):
        found = _read(kept.id, str(data.folder()))
    if isinstance(found, InputError):
        st.error(md(found.text(screen.language)))
        st.markdown(_word(screen, "refused"))
        st.button(_word(screen, "another"), key="ppi_another", on_click=uploader.forget, args=(kept,))
        return
    st.header(md(found.scorecard), anchor=False)
    for variant in found.variants:
        _variant(screen, variant)
    for note in found.notes:
        (st.warning if note.key == "ppi.note_example_stale" else st.caption)(md(note.text(screen.language)))
    counted = {table: len(filled) for table, filled in rows(found).items()}
    st.markdown(_word(screen, "would_land", n=sum(counted.values()), rates=counted.get("ppi_rates", 0)))
    whose = _whose(screen)
    with st.container(horizontal=True):
        sure = st.button(_word(screen, "land"), key="ppi_land", type="primary", disabled=whose == "")
        st.button(screen.say("discard"), key="ppi_discard", on_click=uploader.forget, args=(kept,))
    if sure:
        _land(screen, found, kept, whose)


def _variant(screen: Screen, variant: ppi.Variant) -> None:
    """One version: its lines; its questions with their points, and its look-up table, behind a fold."""
    counts = _word(screen, "version", variant=variant.name, questions=variant.questions, lines=len(variant.lines))
    st.markdown(md(counts))
    st.caption(md(", ".join(variant.lines)))
    with st.expander(_word(screen, "points", variant=variant.name)):
        heads = [_word(screen, "col_no"), _word(screen, "col_question"), _word(screen, "col_answer"), *variant.lines]
        lines = [(one.question_no, one.question, one.response, *one.points) for one in variant.responses]
        st.dataframe(pd.DataFrame(lines, columns=heads), hide_index=True, height=320)
    with st.expander(_word(screen, "lookup", variant=variant.name)):
        heads = [_word(screen, "col_score"), *variant.lines]
        table = [(score, *(round(100 * one, 1) for one in row)) for score, row in enumerate(variant.likelihoods)]
        st.dataframe(pd.DataFrame(table, columns=heads), hide_index=True, height=320)


def _own() -> Store | None:
    """The institution's own database, if there is one."""
    folder = data.folder()
    return data.opened(str(folder), data.OWN) if Store.exists(folder, data.OWN) else None


def _whose(screen: Screen) -> str | None:
    """Whose scorecard it is: asked only where the data has several institutions; empty while that is open."""
    store = _own()
    if store is None:
        return None
    with closing(store.cursor()) as cursor:
        found = cursor.execute("SELECT institution_id, institution_name FROM v_institutions ORDER BY 2").fetchall()
    if len(found) < 2:
        return None
    names = {str(row[0]): str(row[1]) for row in found}
    asked = st.selectbox(_word(screen, "whose"), list(names), None, format_func=names.__getitem__, key="ppi_whose",
                         placeholder=screen.say("choose"))  # fmt: skip
    return asked or ""


def _land(screen: Screen, workbook: ppi.Workbook, kept: upload.Upload, whose: str | None) -> None:
    store = data.opened(str(data.folder()), data.OWN)
    try:
        with st.spinner(screen.say("landing")):
            batch, same = ppi.land(store, workbook, access.current().name, whose)
    except EvenkeelError as fault:
        st.error(md(fault.text(screen.language)))
        return
    uploader.forget(kept)
    state.put("data")
    st.session_state["repeated" if same else "landed"] = batch
    st.rerun()
