"""What the view of disclosures reads: templates, the chosen one filled, the book; cached by the state of the data."""

import datetime
from contextlib import closing

import streamlit as st

from metrics.disclosures import book
from metrics.disclosures import template as templates
from metrics.disclosures.book import Kept
from metrics.disclosures.model import Disclosure
from metrics.disclosures.template import Template
from metrics.words import LANGUAGES, say
from pages.ui import data, state
from pages.ui.data import Source
from pages.ui.pack.made import written
from pages.ui.screen import Screen

OPEN = ("prepared", "approved")


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about disclosures, in the reader's language."""
    return say(screen.language, f"disclosure_page.{name}", **params)


def day(screen: Screen) -> datetime.date:
    """The date shown: the one chosen, else the newest."""
    return screen.choices.period or screen.options.periods[0]


def language(screen: Screen) -> str:
    """The language of the document: the one chosen for it, else the reader's."""
    asked = state.given("doc")
    return asked if asked in LANGUAGES else screen.language


def choices(screen: Screen) -> dict[str, Template]:
    """The templates by name: ours, then the institution's own."""
    with closing(screen.source.store.cursor()) as cursor:
        own = book.forms(cursor)
    return {**{name: templates.load(name) for name in templates.names()}, **own}


def template(screen: Screen) -> Template:
    """The template that the address asks for, else the first."""
    known = choices(screen)
    return known.get(state.given("show") or "", next(iter(known.values())))


def disclosure(screen: Screen, asked: Template) -> Disclosure:
    """A template filled from the whole institution's data at the date shown."""
    with st.spinner(said(screen, "filling"), show_time=True):
        return _filled(
            screen.source, asked.name, asked.toml, screen.choices.policy, day(screen), written(screen.source)
        )  # fmt: skip


@st.cache_resource(show_spinner=False, max_entries=12)
def _filled(
    source: Source, name: str, toml: str, policy: str, wanted: datetime.date, written: tuple[int, str]
) -> Disclosure:  # fmt: skip
    settings = data.policy(source, policy).settings
    with closing(source.store.cursor()) as cursor:
        asked = templates.parsed(toml, name)
        return book.filled(cursor, asked, settings, policy, wanted, source.is_sample)


def kept(screen: Screen) -> list[Kept]:
    """Every disclosure of the book, the newest period first."""
    with closing(screen.source.store.cursor()) as cursor:
        return book.listed(cursor)


def in_hand(screen: Screen, asked: Template) -> Kept | None:
    """The one of this template and date that is prepared or approved and not published yet."""
    period = str(day(screen))
    found = (one for one in kept(screen) if one.step in OPEN and one.disclosure.period == period)
    return next((one for one in found if one.record.body["template"] == asked.name), None)
