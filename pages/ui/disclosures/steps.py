"""The steps of a disclosure: prepared, approved by somebody else, published; each under a name, with its day."""

import datetime
from contextlib import closing

import streamlit as st

from metrics.disclosures import book
from metrics.disclosures.book import Kept
from metrics.disclosures.model import Disclosure, Step
from metrics.disclosures.rules import KIND
from metrics.disclosures.template import Template
from metrics.errors import EvenkeelError
from metrics.words import date
from pages.ui import recording
from pages.ui.disclosures import reads
from pages.ui.disclosures.reads import said
from pages.ui.screen import Screen
from pages.ui.text import md

DONE = "disclosure_done"


def show(screen: Screen, asked: Template, found: Disclosure, one: Kept | None, reasons: dict[str, str]) -> None:
    """What was done, and the next step."""
    done = st.session_state.pop(DONE, "")
    if done:
        st.success(md(said(screen, "published_done", name=done)))
    for step in one.steps if one else ():
        st.markdown(md(told(screen, step)))
    takes = screen.may("approve" if one is not None and one.step == "prepared" else "record")
    if takes or screen.may("record"):
        recording.author(screen, "disclosure")
        _next(screen, asked, found, one, reasons, takes)


def _next(
    screen: Screen, asked: Template, found: Disclosure, one: Kept | None, reasons: dict[str, str], takes: bool
) -> None:  # fmt: skip
    """The buttons of the next step, for whose role `takes` it; what was prepared is changed by who prepares."""
    writes = screen.may("record")
    if one is None:
        st.button(said(screen, "prepare"), key="disclosure_prepare", type="primary", width="stretch",
                  on_click=_prepare, args=(screen, found, None, reasons),
                  help=said(screen, "prepare_help"))  # fmt: skip
        return
    if one.step == "prepared" and writes and reasons != {each.key: each.reason for each in one.disclosure.restated}:
        st.button(said(screen, "keep_reasons"), key="disclosure_reasons", width="stretch", on_click=_prepare,
                  args=(screen, found, one, reasons))  # fmt: skip
    if takes and one.step == "prepared":
        st.button(said(screen, "approve"), key="disclosure_approve", type="primary", width="stretch",
                  on_click=_approve, args=(screen, one), help=said(screen, "approve_help"))  # fmt: skip
    elif takes:
        st.button(said(screen, "publish"), key="disclosure_publish", type="primary", width="stretch",
                  on_click=_publish, args=(screen, one), help=said(screen, "publish_help"))  # fmt: skip
    if writes:
        st.button(said(screen, "again"), key="disclosure_again", type="tertiary", on_click=_again,
                  args=(screen, asked, one), help=said(screen, "again_help"))  # fmt: skip


def told(screen: Screen, step: Step) -> str:
    """A step as a line: which, under whose name, on which day."""
    name = said(screen, f"step_{step.name}")
    return said(screen, "step_line", step=name, who=step.who, date=_date(screen, step.on))


def _date(screen: Screen, day: str) -> str:
    return date(screen.language, datetime.date.fromisoformat(day))


def today(found: Disclosure, one: Kept | None = None) -> datetime.date:
    """Today, but not before the disclosure's own date or its last step."""
    days = [found.period, *(step.on for step in (one.steps if one else ()))]
    return max(datetime.date.today(), *map(datetime.date.fromisoformat, days))


def called(screen: Screen, title: str, period: str) -> str:
    """What a reader calls a disclosure."""
    return said(screen, "called", title=title, date=_date(screen, period))


def _prepare(screen: Screen, found: Disclosure, one: Kept | None, reasons: dict[str, str]) -> None:
    """Keep the values with the reasons given."""
    recording.signed("disclosure")
    told = found.explained(reasons)
    body = book.prepared(told, reads.language(screen), recording.who(), today(found))
    name, seen = (one.id, one.record.version) if one else ("", 0)
    recording.keep(screen, KIND, name, body, "", seen, called(screen, str(body["title"]), found.period))


def _again(screen: Screen, asked: Template, one: Kept) -> None:
    """Fill it again from today's data; reasons that were given stay where the same figure is restated."""
    found = reads.disclosure(screen, asked)
    _prepare(screen, found, one, {each.key: each.reason for each in one.disclosure.restated})


def _approve(screen: Screen, one: Kept) -> None:
    recording.signed("disclosure")
    who, day = recording.who(), today(one.disclosure, one)
    with closing(screen.source.store.cursor()) as cursor:
        body = book.approved(cursor, one, who, day)
    recording.keep(screen, KIND, one.id, body, "", one.record.version, _name(screen, one))


def _publish(screen: Screen, one: Kept) -> None:
    """Publish; there is no undo: it is withdrawn with a reason instead."""
    recording.signed("disclosure")
    body = book.published(one, recording.who(), today(one.disclosure, one))
    if recording.keep(screen, KIND, one.id, body, "", one.record.version, _name(screen, one)) is not None:
        st.session_state.pop(recording.SAVED, None)
        st.session_state[DONE] = _name(screen, one)


def withdraw(screen: Screen, one: Kept, field: str) -> None:
    """Withdraw under the reason that stands in a field."""
    recording.signed(f"disclosure_{one.id}")
    why = str(st.session_state.get(field) or "").strip()
    if not why:
        st.session_state[recording.FAULT] = EvenkeelError("disclosures.why_missing")
        return
    body = book.withdrawn(one, recording.who(), today(one.disclosure, one), why)
    if recording.keep(screen, KIND, one.id, body, why, one.record.version, _name(screen, one)) is not None:
        st.session_state.pop(recording.SAVED, None)


def _name(screen: Screen, one: Kept) -> str:
    return called(screen, str(one.record.body["title"]), one.disclosure.period)
