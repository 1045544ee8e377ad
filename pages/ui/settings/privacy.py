"""Data protection: what is kept about persons and for how long, who sees it, consent, requests, access and erasure."""

from collections.abc import Sequence
from contextlib import closing

import streamlit as st

from metrics import access
from metrics.personal import holding
from metrics.store import Store
from metrics.words import date, number, say
from pages.ui import data, giving, titles
from pages.ui.excel import MIME as WORKBOOK
from pages.ui.screen import Screen
from pages.ui.settings import erasure
from pages.ui.text import md

SHOWN = 8


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about data protection, in the reader's language."""
    return say(screen.language, f"personal.{name}", **params)


def show(screen: Screen) -> None:
    """What is kept, then what can be done for one client."""
    if not screen.may("privacy"):
        access.need("erase")
    if not Store.exists(data.folder()):
        st.info(said(screen, "nothing"))
        return
    store = data.control()
    with closing(store.cursor()) as cursor:
        kept, asked = holding.kept(cursor), holding.consents(cursor)
        done = holding.requests(cursor)
    st.markdown(said(screen, "intro", n=len(kept)) if kept else said(screen, "nothing"))
    _kept(screen, kept)
    left, right = st.columns(2, gap="large")
    with left:
        _days(screen)
        _consent(screen, asked)
    with right:
        _seen(screen)
    st.header(said(screen, "one_client"), anchor=False)
    erasure.show(screen, store)
    _done(screen, done)
    name = f"{said(screen, 'record_name')}.xlsx"
    giving.file(screen, said(screen, "record"), lambda: _record(store, screen.language), name, WORKBOOK,
                key="privacy_record", help=said(screen, "record_help"))  # fmt: skip


def _record(store: Store, language: str) -> bytes:
    with closing(store.cursor()) as cursor:
        return holding.record(cursor, language)


def _kept(screen: Screen, kept: Sequence[holding.Held]) -> None:
    """Tables about persons: how many of them, which columns lead to one, which are sensitive."""
    st.header(said(screen, "part_kept"), anchor=False)
    st.markdown(said(screen, "no_names"))

    def names(one: holding.Held, columns: Sequence[str]) -> str:
        return md(", ".join(titles.column(screen, one.table, column) for column in columns)) or "–"

    heads = [said(screen, f"head_{name}") for name in ("table", "persons", "rows", "quasi", "sensitive")]
    rows = [
        (md(titles.table(screen, one.table)),
         said(screen, f"n_{one.whose}", n=one.persons) if one.whose != "rows" else "–",
         number(screen.language, one.rows), names(one, one.quasi), names(one, one.sensitive))
        for one in kept
    ]  # fmt: skip
    _table(heads, rows[:SHOWN])
    if len(rows) > SHOWN:
        with st.expander(said(screen, "more_tables", n=len(rows) - SHOWN)):
            _table(heads, rows[SHOWN:])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        columns = dict(zip(heads, map(list, zip(*rows, strict=True)), strict=True))
        st.table(columns, border="horizontal", hide_index=True)


def _days(screen: Screen) -> None:
    """How long what is kept, and how files and numbers of clients are."""
    st.header(said(screen, "part_days"), anchor=False)
    st.markdown("\n".join(f"- {text}" for text in holding.days(screen.language)))


def _consent(screen: Screen, asked: Sequence[holding.Consent]) -> None:
    """How many texts may be quoted; without a yes none ever is."""
    st.header(said(screen, "part_consent"), anchor=False)
    lines = []
    for one in asked:
        counts = {name: number(screen.language, getattr(one, name)) for name in ("yes", "no", "unasked")}
        lines.append(f"- **{md(titles.table(screen, one.table))}**: {said(screen, 'consent', n=one.yes, **counts)}")
    st.markdown("\n".join(lines) or said(screen, "no_texts"))


def _seen(screen: Screen) -> None:
    """Who sees what, by role."""
    st.header(said(screen, "part_seen"), anchor=False)
    heads = [said(screen, f"head_{name}") for name in ("role", "reach", "numbers", "rows_seen")]
    _table(heads, holding.seen_by(screen.language))


def _done(screen: Screen, done: Sequence[holding.Request]) -> None:
    """Requests that were answered, as the account tells them."""
    st.header(said(screen, "part_requests"), anchor=False)
    if not done:
        st.markdown(said(screen, "no_requests"))
        return
    heads = [said(screen, f"head_{name}") for name in ("day", "who", "request", "rows", "reason")]
    rows = [
        (date(screen.language, one.at.date()), md(one.who), said(screen, f"request_{one.what}"),
         number(screen.language, one.rows), md(one.reason) or "–")
        for one in done[:20]
    ]  # fmt: skip
    _table(heads, rows)
