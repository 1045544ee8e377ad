"""One client: what is kept, to be given to the client; and erasing, in two steps: what it would do, then done."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from metrics import access
from metrics.catalogue import indicators
from metrics.errors import EvenkeelError
from metrics.figures import figure
from metrics.personal import erasing, person
from metrics.personal.erasing import Change, Erased
from metrics.store import Store
from metrics.words import date, number, say
from pages.ui import giving, titles, work
from pages.ui.excel import MIME as WORKBOOK
from pages.ui.screen import Screen
from pages.ui.text import md, sentences

ASKED = "erasure_asked"
SHOWN = 30


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about data protection, in the reader's language."""
    return say(screen.language, f"personal.{name}", **params)


def show(screen: Screen, store: Store) -> None:
    """The request for access and the erasure, each where the role allows it."""
    left, right = st.columns(2, gap="large")
    with left:
        if screen.may("privacy"):
            _give(screen, store)
    with right:
        if screen.may("erase"):
            _ask(screen)
    if screen.may("erase"):
        _work(screen, store)


def _give(screen: Screen, store: Store) -> None:
    """Everything kept about a client as a workbook, made at the click."""
    st.subheader(said(screen, "access"), anchor=False)
    st.markdown(said(screen, "access_text"))
    client = str(st.text_input(said(screen, "client"), key="access_client", max_chars=100) or "").strip()
    if not client:
        return

    def made() -> bytes:
        return person.data(person.about(store, client), "xlsx", screen.language)

    try:
        person.known(store, client)
    except EvenkeelError as error:
        st.warning(sentences(screen.language, error))
        return
    giving.file(screen, said(screen, "access_take"), made, f"{said(screen, 'access_name')}.xlsx", WORKBOOK,
                key="access_take", action="privacy")  # fmt: skip


def _ask(screen: Screen) -> None:
    """Whom to erase and why; nothing is done before the next step."""
    st.subheader(said(screen, "erase"), anchor=False)
    st.markdown(said(screen, "erase_text"))
    with st.form(key="erasure", border=False):
        client = st.text_input(said(screen, "client"), key="erase_client", max_chars=100)
        note = said(screen, "reason_help")
        reason = st.text_input(said(screen, "reason"), key="erase_reason", max_chars=200, help=note)
        also = st.text_area(said(screen, "also"), key="erase_also", height=68, help=said(screen, "also_help"))
        if st.form_submit_button(said(screen, "erase_look")):
            words = tuple(line.strip() for line in str(also or "").splitlines() if line.strip())
            st.session_state[ASKED] = {"client": str(client or ""), "reason": str(reason or ""), "words": words}
            work.drop(_job("look"))
            work.drop(_job("erase"))


def _job(step: str) -> str:
    """A job's name: of this person alone."""
    return f"{step}-{access.current().name}"


def _work(screen: Screen, store: Store) -> None:
    """What the erasure would do, then the button that does it, then what it did."""
    asked: Mapping[str, Any] | None = st.session_state.get(ASKED)
    if asked is None:
        return
    name = _job("erase")
    doing = work.running(name)
    if doing is not None:
        if work.waited(screen, name, doing):
            _result(screen, doing)
        return
    job = work.start(_job("look"), (asked["client"], asked["words"], store.epoch),
                     lambda: erasing.look(store, asked["client"], words=asked["words"]))  # fmt: skip
    if not work.waited(screen, _job("look"), job):
        return
    try:
        found: Erased = job.future.result()
    except EvenkeelError as error:
        st.error(sentences(screen.language, error))
        return
    _told(screen, found)
    st.warning(said(screen, "erase_final"), icon=":material/warning:")
    sure = st.checkbox(said(screen, "erase_sure"), key="erase_sure")
    if st.button(said(screen, "erase_do"), type="primary", disabled=not sure, key="erase_do"):
        work.start(name, asked["client"],
                   lambda: erasing.erase(store, asked["client"], asked["reason"], words=asked["words"]))  # fmt: skip
        st.rerun()


def _told(screen: Screen, found: Erased) -> None:
    """Rows by table, and every indicator that differs with its reason."""
    rows = [f"- {md(titles.table(screen, table))}: {number(screen.language, n)}" for table, n in found.rows.items()]
    st.markdown("\n".join(rows))
    n, figures = len(found.changes), number(screen.language, found.figures)
    st.markdown(f"**{said(screen, 'told_figures', n=n, figures=figures)}**")
    if found.changes:
        differing = [_change(screen, one) for one in found.changes[:SHOWN]]
        st.dataframe(differing, hide_index=True, width="stretch")


def _change(screen: Screen, one: Change) -> dict[str, str]:
    indicator = indicators()[one.indicator]
    before, after = (figure(screen.language, indicator, value) for value in (one.before, one.after))
    told = (indicator.text(screen.language, "title"), one.unit, date(screen.language, one.period), before, after,
            said(screen, f"why_{one.reason}"))  # fmt: skip
    heads = ("indicator", "unit", "day", "before", "after", "reason")
    return {said(screen, f"head_{head}"): text for head, text in zip(heads, told, strict=True)}


def _result(screen: Screen, job: work.Job) -> None:
    try:
        found: Erased = job.future.result()
    except EvenkeelError as error:
        st.error(sentences(screen.language, error))
        return
    done = said(screen, "told_done", n=sum(found.rows.values()), tables=len(found.rows), batches=len(found.batches))
    st.success(f"{done} {said(screen, 'told_backups')}")
    for path in found.elsewhere:
        st.warning(said(screen, "told_elsewhere", path=md(path)), icon=":material/warning:")
    st.session_state.pop(ASKED, None)
