"""Who does not speak, and a few of those who did, in their own words where they agreed to it."""

import datetime
from contextlib import closing

import streamlit as st

from metrics.store import Scope
from metrics.voices import Quote, Segment
from metrics.voices import quotes as chosen
from metrics.words import month, percent, say
from pages.ui import state
from pages.ui.data import Source
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import heard_reads, heard_words
from pages.ui.voices.heard_words import said

MOST = 4


def show(screen: Screen) -> None:
    """Each silent segment as a sentence, with n and interval; or that none was found, or cannot be."""
    st.header(said(screen, "silent"), anchor=False)
    known = heard_reads.quiet(screen)
    quiet = [segment for segment in known if segment.silent]
    for segment in quiet[:MOST]:
        st.markdown(md(sentence(screen, segment)))
    if len(quiet) > MOST:
        rest = ", ".join(heard_words.segment(screen, one.by, one.name) for one in quiet[MOST:])
        st.markdown(md(said(screen, "silent_more", names=rest)))
    if not quiet and known:
        st.markdown(md(said(screen, "silent_none", n=len(known), least=sentence(screen, known[0]))))
    if not known:
        st.markdown(f":gray[{said(screen, 'silent_unknown')}]")
    if known:
        st.markdown(f":gray[{said(screen, 'silent_rule')}]")


def sentence(screen: Screen, one: Segment) -> str:
    """Who, their part of those who spoke with its interval, and their part of the clients."""
    language = screen.language
    shares = {name: percent(language, getattr(one, name), 0) for name in ("share", "low", "high", "expected")}
    who = heard_words.segment(screen, one.by, one.name)
    return said(screen, "silent_one", who=who, n=one.n, all=one.of, clients=one.clients, **shares)


def quotes(screen: Screen) -> None:
    """Three quotes at most, only with consent, never with a name; a quote leads to its voice."""
    until = heard_reads.day(screen)
    found = _quotes(screen.source, screen.scope, heard_reads.stamp(screen), until)
    st.header(said(screen, "quotes"), anchor=False)
    if not found:
        st.markdown(f":gray[{said(screen, 'quotes_none')}]")
        return
    with st.container(key="heard_quotes"):
        for place, quote in enumerate(found):
            with st.container(key=f"quoted_{place}"):
                st.markdown(md(said(screen, "quote", text=quote.text)))
                st.markdown(f":gray[{md(_who(screen, quote))}]")
                st.button(said(screen, "open_voice"), key=f"quote_{place}", type="tertiary", on_click=state.put,
                          args=("voice", quote.ref))  # fmt: skip
    st.markdown(f":gray[{said(screen, 'quotes_note')}]", help=heard_words.code(screen, "masking_rule"))


@st.cache_resource(show_spinner=False, max_entries=16)
def _quotes(source: Source, scope: Scope, records: int, until: datetime.date) -> list[Quote]:
    """Frozen values, so that sessions may share them; `records` is part of the key alone."""
    with closing(source.store.cursor(scope)) as cursor:
        return chosen(cursor, 3, heard_reads.year_before(until), until)


def _who(screen: Screen, quote: Quote) -> str:
    """For which group of at least ten a quote stands; never who it was."""
    parts = [said(screen, f"part_{quote.gender}") if quote.gender else "",
             said(screen, f"part_{quote.location}") if quote.location else "",
             heard_words.branch(screen, quote.branch_id) if quote.branch_id else "",
             month(screen.language, quote.month)]  # fmt: skip
    source = say(screen.language, f"actions.source_{quote.source}")
    return ", ".join(part for part in [source, *parts] if part)
