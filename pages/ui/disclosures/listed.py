"""The disclosures of the book: published and withdrawn ones, with their forms as they were, and how to withdraw one."""

import streamlit as st

from metrics.disclosures import book
from metrics.disclosures.book import Kept
from metrics.errors import EvenkeelError
from pages.ui import recording, state
from pages.ui.disclosures import reads, steps, taking
from pages.ui.disclosures.reads import said
from pages.ui.screen import Screen
from pages.ui.text import md, sentences

MOST = 12


def show(screen: Screen) -> None:
    """Those published, the newest period first; those withdrawn say why."""
    found = [one for one in reads.kept(screen) if one.step in book.STEPS[2:]]
    st.header(said(screen, "published", n=len(found)), anchor=False)
    if not found:
        st.markdown(md(said(screen, "published_none")))
    for one in found[:MOST]:
        with st.container(key=f"batch_disclosure_{one.id}", gap="small"):
            _one(screen, one)


def _one(screen: Screen, one: Kept) -> None:
    body, open_ = one.record.body, state.given("pack") == one.id
    left, right = st.columns([5, 2], vertical_alignment="top")
    with left:
        st.markdown(f"**{md(steps.called(screen, str(body['title']), one.disclosure.period))}**")
        told = " · ".join(steps.told(screen, step) for step in one.steps)
        st.markdown(f":gray[{md(f'{one.id} · {told} · {one.disclosure.hash[:12]}')}]")
        if one.step == "withdrawn":
            st.markdown(md(said(screen, "withdrawn_why", why=body["withdrawn_why"])))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        st.button(said(screen, "close" if open_ else "open"), key=f"disclosure_open_{one.id}", type="tertiary",
                  on_click=state.put, args=("pack", *([] if open_ else [one.id])))  # fmt: skip
    if open_:
        _opened(screen, one)


def _opened(screen: Screen, one: Kept) -> None:
    """The forms as they were published, and the way to withdraw it."""
    try:
        pack = one.pack(reads.language(screen))
    except EvenkeelError as error:
        st.error(sentences(screen.language, error))
        return
    taking.show(screen, one.disclosure, pack, one.steps, one.id)
    if one.step == "published" and screen.may("record"):
        with st.popover(said(screen, "withdraw"), type="tertiary"):
            st.markdown(md(said(screen, "withdraw_about")))
            field = f"disclosure_why_{one.id}"
            st.text_input(said(screen, "withdraw_why"), key=field, max_chars=300)
            recording.author(screen, f"disclosure_{one.id}")
            st.button(said(screen, "withdraw_do"), key=f"disclosure_withdraw_{one.id}", on_click=steps.withdraw,
                      args=(screen, one, field))  # fmt: skip
