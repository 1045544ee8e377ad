"""Poverty scorecards on the page Data: put a country's workbook in, see which is in use, plan a survey."""

import getpass
from contextlib import closing

import streamlit as st

from metrics import ppi
from metrics.errors import EvenkeelError, InputError
from metrics.ppi.answers import in_use, unmatched
from metrics.ppi.landing import rows
from metrics.ppi.sampling import DESIGNS, Design, half_width, sample_size
from metrics.words import number, say
from pages.ui import data, upload
from pages.ui.screen import Screen
from pages.ui.text import md

KEPT, ROUND = "ppi_upload", "ppi_round"
Z = {90: 1.6448536, 95: 1.959964, 99: 2.5758293}
NAMED = 20  # answers that fit no response, shown by name


def _word(screen: Screen, key: str, **params: object) -> str:
    return say(screen.language, f"ppi.{key}", **params)


def show(screen: Screen) -> None:
    """The scorecard in use, a new one put in, and the planner."""
    st.header(_word(screen, "title"), anchor=False)
    found = upload.find(st.session_state.get(KEPT))
    if found is None:
        _used(screen)
        st.file_uploader(_word(screen, "upload"), type=["xlsx", "xls"], key=_key(), on_change=_kept)
    else:
        _preview(screen, found)
    with st.expander(_word(screen, "planner")):
        _planner(screen)


def _key() -> str:
    return f"ppi_uploader_{st.session_state.get(ROUND, 0)}"


def _kept() -> None:
    """A workbook was put in: keep it at once, and give the uploader a new key so that it is empty again."""
    given = st.session_state[_key()]
    if given:
        st.session_state[KEPT] = upload.keep([(given.name, given.getvalue())])
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _used(screen: Screen) -> None:
    """Which scorecard is in use, and the answers that it does not know."""
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        cards = in_use(cursor)
        lost = unmatched(cursor) if cards else None
    if not cards:
        st.markdown(_word(screen, "none_in_use"))
        return
    for card in cards:
        lines = ", ".join(card.lines)
        st.markdown(md(_word(screen, "in_use", scorecard=card.scorecard, batch=str(card.batch), lines=lines)))
    if lost is not None and not lost.empty:
        with st.expander(_word(screen, "unmatched", n=int(lost["n"].sum()))):
            st.caption(_word(screen, "unmatched_why"))
            heads = (_word(screen, "col_question"), _word(screen, "col_answer"), _word(screen, "col_n"))
            shown = lost.head(NAMED)
            columns = ([md(value) for value in shown[name]] for name in ("question", "answer", "n"))
            st.table(dict(zip(heads, columns, strict=True)), border="horizontal", hide_index=True)


def _preview(screen: Screen, found: upload.Upload) -> None:
    """What a workbook holds and what would land; or why it is refused."""
    try:
        with st.spinner(screen.say("reading")):
            workbook = ppi.read(found.paths[0])
    except InputError as fault:
        st.error(md(fault.text(screen.language)))
        st.button(_word(screen, "another"), key="ppi_another", on_click=_forget, args=(found,))
        return
    st.subheader(md(workbook.scorecard), anchor=False)
    for variant in workbook.variants:
        counts = _word(screen, "version", variant=variant.name, questions=variant.questions, lines=len(variant.lines))
        st.markdown(md(counts))
    st.caption(md(", ".join(workbook.lines)))
    for note in workbook.notes:
        (st.warning if note.key == "ppi.note_example_stale" else st.caption)(md(note.text(screen.language)))
    counted = {table: len(filled) for table, filled in rows(workbook).items()}
    st.markdown(_word(screen, "would_land", n=sum(counted.values()), rates=counted.get("ppi_rates", 0)))
    with st.container(horizontal=True):
        sure = st.button(_word(screen, "land"), key="ppi_land", type="primary")
        st.button(_word(screen, "discard"), key="ppi_discard", on_click=_forget, args=(found,))
    if sure:
        _land(screen, workbook, found)


def _forget(found: upload.Upload) -> None:
    upload.forget(found)
    st.session_state.pop(KEPT, None)


def _land(screen: Screen, workbook: ppi.Workbook, found: upload.Upload) -> None:
    store = data.opened(str(data.folder()), data.OWN)
    try:
        with st.spinner(screen.say("computing")):
            batch, _ = ppi.land(store, workbook, getpass.getuser())
    except EvenkeelError as fault:
        st.error(md(fault.text(screen.language)))
        return
    _forget(found)
    st.session_state["landed"] = batch
    st.rerun()


def _planner(screen: Screen) -> None:
    """How many households to ask: the wish on the left, the answer in a sentence below."""
    left, right = st.columns(2)
    points = left.number_input(_word(screen, "plan_interval"), 0.5, 30.0, 5.0, 0.5, key="ppi_interval")
    percent = right.number_input(_word(screen, "plan_rate"), 1.0, 99.0, 50.0, 1.0, key="ppi_rate")
    households = left.number_input(_word(screen, "plan_households"), 1, 10**9, None, key="ppi_households")
    alpha = right.number_input(_word(screen, "plan_alpha"), 0.5, 2.0, 1.0, 0.05, key="ppi_alpha")
    design: Design = left.selectbox(
        _word(screen, "plan_design"),
        DESIGNS,
        format_func=lambda name: _word(screen, f"design_{name}"),
        key="ppi_design",
    )
    sure = right.selectbox(_word(screen, "plan_confidence"), list(Z), 1, format_func=lambda z: f"{z} %", key="ppi_sure")
    c, p = points / 100, percent / 100
    n = sample_size(c, p, design, households, Z[sure], alpha)
    shown = number(screen.language, points, 1)
    said = _word(screen, f"planned_{design}", n=n, points=shown, confidence=sure, rate=percent)
    st.markdown(f"**{md(said)}**")
    if design == "rate" and (not households or 2 * n <= households):
        half = number(screen.language, 100 * half_width(p, 2 * n, Z[sure], alpha, households), 1)
        st.caption(md(_word(screen, "planned_twice", n=2 * n, points=half)))
