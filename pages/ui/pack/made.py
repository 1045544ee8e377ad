"""Packs as they are composed, once for each state of data and records; their pages as pictures."""

import datetime
from contextlib import closing
from dataclasses import dataclass, replace

import streamlit as st

from metrics import records
from metrics.documents.board import FULLEST
from metrics.packs import compose, description, frozen, pdf, preparing
from metrics.packs.asked import Asked
from metrics.packs.model import Pack
from metrics.store import Scope
from pages.ui import board, state
from pages.ui.data import Source
from pages.ui.pack import wish
from pages.ui.pack.wish import Wish, said
from pages.ui.screen import Screen
from pages.ui.state import Choices


@dataclass(frozen=True, eq=False)
class Made:
    """A composed pack with what it was asked for; its cursor is closed."""

    pack: Pack
    asked: Asked

    def body(self, asked: Wish, presented_on: datetime.date) -> dict[str, object]:
        """The pack as a record keeps it."""
        return frozen.body(self.pack, self.asked, asked.description, presented_on)


def wanted(screen: Screen) -> Wish:
    """What the reader wants in the pack."""
    plan = wish.plan()
    shown = screen.picture()
    spoken = wish.language(screen)
    part = board.part(screen, shown, spoken) if shown is not None else ""
    decision = (state.given("decision") or "")[: FULLEST]
    return Wish(spoken, description.as_toml(plan), plan.name, decision, part)


def made(screen: Screen, asked: Wish) -> Made:
    """The pack under the reader's choices, with what is written beside it and what earlier packs have shown.

    Raises:
        EvenkeelError: a section asks for what there is not.
    """
    with st.spinner(said(screen, "composing"), show_time=True):
        return _made(screen.source, screen.scope, screen.choices, screen.by, asked, written(screen.source))


def pages(screen: Screen, asked: Wish) -> list[bytes]:
    """The pack's pages as they print, as pictures."""
    with st.spinner(said(screen, "drawing"), show_time=True):
        return _pages(screen.source, screen.scope, screen.choices, screen.by, asked, written(screen.source))


def written(source: Source) -> tuple[int, str]:
    """The state of all that people wrote down, which the epoch of the data does not count."""
    with closing(source.store.cursor()) as cursor:
        n, last = cursor.execute("SELECT count(*), max(written_at)::VARCHAR FROM v_records").fetchall()[0]
    return int(n), str(last)


@st.cache_resource(show_spinner=False, max_entries=12)
def _made(
    source: Source, scope: Scope, choices: Choices, by: str, asked: Wish, written: tuple[int, str]
) -> Made:  # fmt: skip
    where = [("product", (choices.product,))] if choices.product else []
    with closing(source.store.cursor(scope)) as cursor, closing(source.store.cursor()) as unscoped:
        found = preparing.prepare(
            cursor, asked.language, choices.policy, choices.social, dict(choices.themes), choices.period, by, where,
            asked.part, asked.decision, source.is_sample,
        )  # fmt: skip
        found = replace(found, comments=frozen.spoken(frozen.comments(unscoped, found.day)))
        pack = compose.compose(found, asked.description, frozen.of_period(unscoped, found.day))
    return Made(pack, found)


@st.cache_data(show_spinner=False, max_entries=12)
def _pages(
    source: Source, scope: Scope, choices: Choices, by: str, asked: Wish, written: tuple[int, str]
) -> list[bytes]:  # fmt: skip
    return pdf.pictures(_made(source, scope, choices, by, asked, written).pack)


@st.cache_resource(show_spinner=False, max_entries=12)
def thawed(source: Source, name: str, version: int) -> Pack | None:
    """A frozen pack as it was presented; None where there is none of that version.

    Raises:
        EvenkeelError: what is kept is not what was frozen.
    """
    with closing(source.store.cursor()) as cursor:
        known = records.versions(cursor, frozen.PACK.name, name)
    found = next((one for one in known if one.version == version), None)
    return None if found is None else frozen.opened(found)


@st.cache_data(show_spinner=False, max_entries=12)
def thawed_pages(source: Source, name: str, version: int) -> list[bytes]:
    """The pages of a frozen pack as they printed."""
    found = thawed(source, name, version)
    return [] if found is None else pdf.pictures(found)
