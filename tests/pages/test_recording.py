"""Saving from a page: what is said of it, by the name that readers know; undo only where there is something to undo."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics import records
from metrics.decisions import DECISION
from metrics.store import Store
from pages.ui import recording
from pages.ui.text import md
from tests.pages.visit import said
from tests.records import opened as store_in

BODY = {"meeting_on": "2026-09-30", "text": "Watch late loans", "owner": "Head of credit", "due_on": "2026-12-31"}
CALLED = "Late loans, Kolo"
Page = Callable[..., AppTest]


def drawn() -> None:
    """A page of nothing but one record: saved by a button over the version drawn, its bar, its history."""
    from contextlib import closing
    from types import SimpleNamespace

    import streamlit as st

    from metrics import records
    from metrics.decisions import DECISION
    from metrics.store import Scope
    from metrics.words import say
    from pages.ui import recording

    told = st.session_state
    source = SimpleNamespace(store=told.store)
    screen = SimpleNamespace(
        language=told.language, source=source, scope=Scope(), say=lambda name: say(told.language, f"pages.{name}")
    )
    with closing(told.store.cursor()) as cursor:
        now = records.find(cursor, "decision", "D-001")
    seen = recording.held(DECISION, "D-001", now.version if now else 0, "owner")
    st.text_input("Owner", key="owner")
    recording.author(screen, "form")
    st.button("Save", key="save", on_click=lambda: (
        recording.signed("form"),
        recording.keep(screen, DECISION, "D-001", {**told.body, **({"owner": told.owner} if told.owner else {})}, "",
                       seen, told.called),
    ))  # fmt: skip
    st.button("Take away", key="away", on_click=lambda: recording.take_away(screen, DECISION, "D-001", seen))
    recording.told(screen)
    recording.history(screen, DECISION, "D-001")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_in(tmp_path)


@pytest.fixture
def page(store: Store) -> Page:
    """A function that draws the page anew, for another person at the same store."""

    def draw(language: str = "en", called: str = CALLED) -> AppTest:
        app = AppTest.from_function(drawn, default_timeout=60)
        for name, value in {"store": store, "language": language, "called": called, "body": BODY}.items():
            app.session_state[name] = value
        return app.run()

    return draw


def press(app: AppTest, key: str, owner: str = "") -> AppTest:
    if owner:
        app.text_input("owner").set_value(owner)
    app.button(key).click().run()
    assert not app.exception
    return app


def stands(store: Store) -> list[tuple[int, str, str]]:
    """Version, who and owner of every version."""
    with closing(store.cursor()) as cursor:
        found = records.versions(cursor, DECISION.name, "D-001")
    return [(one.version, one.who, one.body["owner"]) for one in found]


@pytest.mark.parametrize(
    ("language", "called", "sentence"),
    [("en", CALLED, "Saved: Late loans, Kolo."), ("fr", CALLED, "Enregistré : Late loans, Kolo."),
     ("en", "", "Saved: D-001.")],
)  # fmt: skip
def test_what_was_saved_is_said_by_the_name_that_readers_know(
    page: Page, language: str, called: str, sentence: str
) -> None:
    assert sentence in said(press(page(language, called), "save")).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_thing_that_nobody_changed_has_no_history_to_open(page: Page) -> None:
    app = page()
    assert not app.expander and "Nobody has changed this yet" in said(app)
    assert [one.label for one in press(app, "save").expander] == ["History: 1 version"]


def test_the_name_in_the_form_is_the_one_that_is_kept_and_remembered(page: Page, store: Store) -> None:
    app = page()
    app.text_input("author_form").set_value("Ama")
    press(app, "save")
    assert stands(store)[0][1] == "Ama" and app.session_state[recording.AUTHOR] == "Ama"


def test_saving_without_a_change_says_so_and_offers_no_undo_of_somebody_elses_version(page: Page, store: Store) -> None:
    records.save(store, DECISION, "D-001", BODY, "Bo")
    app = press(page(), "save")
    assert "Nothing was changed: Late loans, Kolo stays as it was." in said(app)
    assert "record_undo" not in [one.key for one in app.button] and len(stands(store)) == 1


def test_undo_brings_back_what_stood_before_and_says_what(page: Page, store: Store) -> None:
    records.save(store, DECISION, "D-001", BODY, "Bo")
    app = press(press(page(), "save", "Head of audit"), "record_undo")
    assert "Undone: Late loans, Kolo is as it was before." in said(app)
    assert [owner for _, _, owner in stands(store)] == ["Head of credit", "Head of audit", "Head of credit"]


def test_what_this_session_wrote_itself_it_may_save_over_and_undo_and_save_again(page: Page, store: Store) -> None:
    app = press(press(page(), "save", "One"), "save", "Two")
    press(press(app, "record_undo"), "save", "Three")
    assert [owner for _, _, owner in stands(store)] == ["One", "Two", "One", "Three"]


def test_a_form_drawn_anew_after_somebody_else_saved_still_does_not_overwrite_it(page: Page, store: Store) -> None:
    app = page()
    records.save(store, DECISION, "D-001", {**BODY, "owner": "Theirs"}, "Bo")
    app.text_input("owner").set_value("Mine").run()
    press(app, "save")
    assert "Bo has saved this meanwhile" in said(app) and stands(store) == [(1, "Bo", "Theirs")]


def test_after_keeping_theirs_the_next_change_is_made_to_what_was_shown(page: Page, store: Store) -> None:
    app = page()
    records.save(store, DECISION, "D-001", {**BODY, "owner": "Theirs"}, "Bo")
    app = press(press(press(app, "save", "Mine"), "clash_theirs"), "save", "Third")
    assert [owner for _, _, owner in stands(store)] == ["Theirs", "Third"]


def test_what_somebody_took_away_meanwhile_is_said_so_and_may_be_saved_again(page: Page, store: Store) -> None:
    seen = records.save(store, DECISION, "D-001", BODY, "Bo").version
    app = page()
    records.remove(store, DECISION, "D-001", "Bo", seen=seen)
    press(app, "save", "Mine")
    assert "Bo has taken this away meanwhile" in said(app)
    press(app, "clash_mine")
    assert stands(store)[-1][2] == "Mine" and records.find(store.cursor(), "decision", "D-001") is not None


def test_taking_away_what_somebody_changed_meanwhile_shows_it_first(page: Page, store: Store) -> None:
    seen = records.save(store, DECISION, "D-001", BODY, "Bo").version
    app = page()
    records.save(store, DECISION, "D-001", {**BODY, "owner": "Theirs"}, "Bo", seen=seen)
    press(app, "away")
    assert records.find(store.cursor(), "decision", "D-001") is not None
    assert app.button("clash_mine").label == "Take it away all the same"
    press(app, "clash_mine")
    assert records.find(store.cursor(), "decision", "D-001") is None


def test_what_somebody_wrote_stays_text_where_both_are_shown(page: Page, store: Store) -> None:
    app = page()
    records.save(store, DECISION, "D-001", {**BODY, "owner": "![x](http://evil.example/p)"}, "**Bo**")
    press(app, "save", "Mine")
    shown = app.table[0].value
    assert md("![x](http://evil.example/p)") in shown.to_numpy().ravel().tolist()
    assert r"Saved by \*\*Bo\*\*" in list(shown.columns)
