"""Activity: who did what, found by its filters, checked on the page, taken away; each file that leaves is entered."""

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from metrics import access, accounts, scenarios, versions
from metrics.access import Actor
from metrics.accounts import Wanted
from metrics.activity import Entry, Event
from metrics.store import Store
from metrics.words import LANGUAGES, say
from pages.ui import data, door
from pages.ui.settings import activity as page
from pages.ui.settings import activity_rows
from tests.pages.visit import Open, Saved, go, said


def store(folder: Path) -> Store:
    """The sample's database of a folder, as the pages have it open."""
    return data.opened(str(folder), data.SAMPLE)


def account(folder: Path) -> list[Entry]:
    """The whole account of a folder's sample, the newest first."""
    with closing(store(folder).cursor()) as cursor:
        return accounts.page(cursor, Wanted(), 0, 10_000)[0]


def listed(app: AppTest) -> list[str]:
    """The labels of the entries that are shown."""
    return [one.label for one in app.expander if one.label.startswith("**")]


@pytest.fixture
def told(fresh: Open, tmp_path: Path) -> Open:
    """The sample, with a change of weights by Ann and a client's name that would be markup."""
    fresh()
    with closing(store(tmp_path).cursor()) as cursor:
        base = versions.completed(cursor, versions.load(cursor, "equal"))
    with access.acting(Actor("ann@mfi.org", "analyst")):
        scenarios.save(store(tmp_path), base.with_social(60), "Ann")
    store(tmp_path).note(Event("export", "![x](http://127.0.0.1:9/a.png)"))
    return fresh


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_newest_entries_come_first_in_every_language(told: Open, language: str) -> None:
    app = told("settings", part="activity", lang=language)
    assert not app.exception
    first, second, *_ = listed(app)
    assert say(language, "activity.what_export") in first and "![x]" not in first
    assert say(language, "activity.what_weights") in second and "ann@mfi.org" in second.replace("\\", "")
    assert len(listed(app)) == page.EACH


def test_filters_narrow_and_say_when_nothing_is_left(told: Open) -> None:
    app = told("settings", part="activity")
    app.selectbox(key="activity_who").set_value("ann@mfi.org").run()
    assert len(listed(app)) == 1
    app.selectbox(key="activity_what").set_value("export").run()
    assert listed(app) == []
    assert say("en", "activity.none_found") in said(app)
    app.selectbox(key="activity_who").set_value("").run()
    assert len(listed(app)) == 1
    app.date_input(key="activity_until").set_value(date(2020, 1, 1)).run()
    assert listed(app) == []


def test_older_entries_are_a_page_away(told: Open, tmp_path: Path) -> None:
    app = told("settings", part="activity")
    total = len(account(tmp_path))
    app.button(key="activity_older").click().run()
    assert f"{page.EACH + 1}–{2 * page.EACH} of {total}" in said(app)
    app.button(key="activity_newer").click().run()
    assert app.button(key="activity_newer").disabled


def test_the_check_says_that_all_hold_and_which_does_not(told: Open, tmp_path: Path) -> None:
    app = told("settings", part="activity")
    app.button(key="activity_check_now").click().run()
    total = len(account(tmp_path))
    assert f"✓ {total} entries, none altered" in said(app)
    with closing(store(tmp_path).cursor()) as cursor:
        cursor.execute("UPDATE activity SET who = 'nobody' WHERE no = 12")
    app.button(key="activity_check_now").click().run()
    assert "Entry no. 12 is not as it was written" in said(app)


def test_a_printed_seal_leads_to_its_entry(told: Open, tmp_path: Path) -> None:
    seal = account(tmp_path)[3].sealed[:12]
    app = told("settings", part="activity")
    app.text_input(key="activity_seal").set_value(seal).run()
    assert f"entry no. {account(tmp_path)[3].no}" in said(app)
    app.text_input(key="activity_seal").set_value("not one").run()
    assert "is no seal" in said(app)


def test_before_and_after_stand_side_by_side_in_words(told: Open, tmp_path: Path) -> None:
    weights = next(one for one in account(tmp_path) if one.what == "weights")
    assert ("Weight · Social health", "50", "60") in activity_rows.changes("en", weights)
    assert ("Poids · Santé sociale", "50", "60") in activity_rows.changes("fr", weights)


def test_a_file_taken_away_is_entered_when_it_is_taken(told: Open, tmp_path: Path, saved: Saved) -> None:
    app = told("settings", part="activity", social="70")
    before = len(account(tmp_path))
    assert not app.exception
    app.run()
    assert len(account(tmp_path)) == before, "a button that is only drawn leaves no entry"
    book = openpyxl.load_workbook(io.BytesIO(saved["activity_excel"]()))
    assert book.worksheets[1].max_row > before
    newest = account(tmp_path)[0]
    after = newest.after or {}
    assert (newest.what, newest.subject[-5:], after["form"], after["social"]) == ("export", ".xlsx", "xlsx", 70)
    assert after["rows"] == book.worksheets[1].max_row - 1
    assert after["columns"]["Activity"][0] == "No."


def test_the_figures_of_another_page_are_entered_with_the_choices(told: Open, tmp_path: Path, saved: Saved) -> None:
    app = told("settings", part="activity", branches=["B1"])
    saved.clear()
    go(app, "indicators")
    key = next(key for key in saved if key.endswith("_csv"))
    saved[key]()
    after = account(tmp_path)[0].after or {}
    assert (after["page"], after["policy"], after["form"]) == ("indicators", "equal", "csv")


@pytest.fixture
def analyst() -> Iterator[None]:
    """Whoever looks at the pages is an analyst, until the test ends."""
    access.use(lambda: Actor("x@mfi.org", "analyst"))
    yield
    access.use(door.actor)


@pytest.mark.usefixtures("analyst")
def test_a_role_without_it_has_no_such_part(told: Open) -> None:
    app = told("settings", part="activity")
    assert not app.exception
    assert listed(app) == []


def test_a_role_without_it_is_refused_by_the_engine_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from metrics.__main__ import done, parser

    with access.acting(Actor("x@mfi.org", "analyst")):
        assert done(parser().parse_args(["--data", str(tmp_path), "activity"])) == 1
    assert "does not allow" in capsys.readouterr().err
