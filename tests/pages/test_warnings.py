"""Warnings, limits: what needs someone now is said first, taken up in place, and a limit is set or refused at once."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics import policy, records, scenarios
from metrics.appetite import breaches
from metrics.appetite.breaches import Breach
from metrics.appetite.lines import LIMIT
from metrics.records import Record
from metrics.words import LANGUAGES
from pages.ui import data
from tests.pages.visit import Open, asked, said

EQUAL = policy.load("equal")
SCORED = {leaf.indicator for leaf in EQUAL.leaves}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A folder of this file's own: what is written here is seen by no other test."""
    place = tmp_path_factory.mktemp("warnings") / sample.name
    place.write_bytes(sample.read_bytes())
    return place.parent


def found(folder: Path, kind: str, record_id: str) -> Record | None:
    with closing(data.opened(str(folder), data.SAMPLE).cursor()) as cursor:
        return records.find(cursor, kind, record_id)


def broken(folder: Path) -> list[Breach]:
    """What is beyond a limit in figures that count, by the engine alone."""
    with closing(data.opened(str(folder), data.SAMPLE).cursor()) as cursor:
        kinds = ("institution", "branch", "product")
        every = [one for by in kinds for one in breaches.found(cursor, EQUAL, None, by)]
    return [one for one in every if one.indicator in SCORED or one.version]


def the(folder: Path, indicator: str, unit: str) -> Breach:
    return next(one for one in broken(folder) if (one.indicator, one.unit) == (indicator, unit))


def form(app: AppTest, name: str, place: str = "par30_branch_kolo") -> str:
    """The key of a field of the form of a limit."""
    return f"lim_{name}_{place}"


def setting(opened: Open, **address: str) -> AppTest:
    return opened("warnings", **{"show": "limit", "indicator": "par30", "unit": "branch/kolo", **address})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_view_opens_in_both_languages(opened: Open, language: str) -> None:
    app = opened("warnings", lang=language)
    assert not app.exception and not app.error


def test_the_headline_counts_what_is_broken_in_red_and_the_rows_begin_with_it(opened: Open, folder: Path) -> None:
    app = opened("warnings")
    red = [one for one in broken(folder) if one.level == "red"]
    assert app.title[0].value.startswith(f"{len(red)} limits are broken in red")
    assert all(":red[■]" in button.label for button in app.button if str(button.key) in {"brk_open_0", "brk_open_1"})


def test_the_filters_leave_what_they_say(opened: Open) -> None:
    app = opened("warnings")
    app.segmented_control(key="brk_level").set_value("amber").run()
    opens = [button.label for button in app.button if str(button.key).startswith("brk_open")]
    assert opens and all(":orange[▲]" in label for label in opens)


def test_products_are_among_the_breaches_and_can_be_asked_for_alone(opened: Open, folder: Path) -> None:
    app = opened("warnings")
    app.segmented_control(key="brk_kind").set_value("product").run()
    names = {one.name for one in broken(folder) if one.by == "product"}
    opens = [button.label for button in app.button if str(button.key).startswith("brk_open")]
    assert opens and all(label.rpartition(" · ")[2] in names for label in opens)


def test_a_newly_red_figure_says_whether_it_counts_as_a_warning_yet_and_the_page_says_why(
    opened: Open, folder: Path
) -> None:
    app = opened("warnings")
    app.segmented_control(key="brk_level").set_value("red").run()
    text = said(app)
    fresh = [one for one in broken(folder) if one.level == "red" and one.since_red == one.day]
    assert text.count("newly warns") == sum(one.warns for one in broken(folder) if one.level == "red")
    assert text.count("not yet a warning") == sum(not one.warns for one in fresh) > 0
    assert "once it is sure" in text


def test_the_row_of_a_signal_shows_its_trend_and_that_of_loans_a_day_late_shows_par7(opened: Open) -> None:
    app = opened("warnings")
    drawn = "".join(str(part.proto.body) for part in app.get("html"))
    assert "PAR1 on the last 13 dates: from" in drawn and "PAR7 " in said(app)


def test_a_breach_is_acknowledged_in_its_row_and_undo_takes_it_back(opened: Open, folder: Path) -> None:
    app = opened("warnings")
    key = next(str(button.key) for button in app.button if str(button.key).startswith("brk_seen"))
    before = said(app).count("Seen by")
    app.button(key=key).click().run()
    taken, kept = said(app).count("Seen by"), notes(folder)
    app.button(key="record_undo").click().run()
    assert not app.exception and (taken, said(app).count("Seen by")) == (before + 1, before)
    assert kept[-1].body["acknowledged_on"] and kept[-1] not in notes(folder)


def notes(folder: Path) -> list[Record]:
    """What is written of breaches, the latest last."""
    with closing(data.opened(str(folder), data.SAMPLE).cursor()) as cursor:
        return sorted(records.newest(cursor, "breach"), key=lambda one: one.at)


def test_owner_and_comment_are_kept_from_the_sheet_that_the_address_opens(opened: Open, folder: Path) -> None:
    one = the(folder, "overindebted_share", "kolo")
    app = opened("warnings", breach=one.id)
    app.text_input(key=f"brk_owner_{one.id}").set_value("Head of credit")
    app.text_area(key=f"brk_comment_{one.id}").set_value("Top-ups stopped in October")
    app.button(key="brk_keep").click().run()
    kept = found(folder, "breach", one.id)
    assert kept is not None and (kept.body["owner"], kept.body["branch_id"]) == ("Head of credit", "kolo")
    assert not app.exception and "breach" not in app.query_params
    assert "Head of credit answers for it" in said(app) and "Top-ups stopped" in said(app)
    told = [part.label for part in opened("warnings", breach=one.id).expander if part.label.startswith("History")]
    assert told == [f"History: {kept.version} versions"]


def test_an_address_of_what_is_no_longer_broken_is_said_and_forgotten(opened: Open) -> None:
    app = opened("warnings", breach="par30/branch/nowhere/2026-01-31")
    assert not app.exception and "breach" not in app.query_params
    assert "no longer beyond its limit" in app.toast[0].value


def test_two_who_note_on_the_same_breach_are_shown_both_and_nothing_is_lost(opened: Open, folder: Path) -> None:
    one = the(folder, "nps", "doukoro")
    app = opened("warnings", breach=one.id)
    store = data.opened(str(folder), data.SAMPLE)
    records.save(store, breaches.BREACH, one.id, {"owner": "Aïssa", "branch_id": "doukoro"}, "Aïssa")
    app.text_input(key=f"brk_owner_{one.id}").set_value("Moussa")
    app.button(key="brk_keep").click().run()
    assert not app.exception and "has saved this meanwhile" in said(app)
    kept = found(folder, "breach", one.id)
    assert kept is not None and kept.body["owner"] == "Aïssa"


@pytest.mark.parametrize("language", ["en", pytest.param("fr", marks=pytest.mark.full)])
def test_amber_beyond_red_is_refused_before_anything_is_kept(opened: Open, folder: Path, language: str) -> None:
    app = setting(opened, lang=language)
    app.text_input(key=form(app, "amber")).set_value("12 %")
    app.text_input(key=form(app, "by")).set_value("Board")
    app.text_input(key=form(app, "why")).set_value("by mistake").run()
    wanted = {"en": "amber at 12 % lies beyond red at 10 %", "fr": "l’orange à 12 % dépasse le rouge à 10 %"}[language]
    assert wanted in said(app).replace("\u202f", " ")
    assert app.button(key="lim_keep").disabled and found(folder, "limit", "par30/branch/kolo") is None


def test_a_number_that_cannot_be_read_is_said(opened: Open) -> None:
    app = setting(opened)
    app.text_input(key=form(app, "red")).set_value("ten").run()
    assert 'Red limit: "ten" is no number' in said(app) and app.button(key="lim_keep").disabled


def test_a_default_is_called_one_with_its_source(opened: Open) -> None:
    text = said(setting(opened)).replace("\u202f", " ")
    assert "Now amber 5 %, red 10 % (default: " in text


def test_what_a_limit_would_break_is_said_before_it_is_set(opened: Open) -> None:
    app = setting(opened, unit="branch")
    app.text_input(key=form(app, "red", "par30_branch_")).set_value("9 %").run()
    assert "3 would be in red: Baro, Doukoro, Wélia." in said(app)
    assert "By the limits in force it is 1 in red" in said(app)


@pytest.mark.full
def test_a_limit_that_is_set_is_kept_with_its_reason_and_holds_at_once(opened: Open, folder: Path) -> None:
    app = setting(opened)
    app.text_input(key=form(app, "red")).set_value("0.5 %")
    app.text_input(key=form(app, "amber")).set_value("0.4 %")
    app.text_input(key=form(app, "by")).set_value("Board of October")
    app.text_input(key=form(app, "why")).set_value("Kolo grows too fast").run()
    app.button(key="lim_keep").click().run()
    assert not app.exception and "show" not in app.query_params
    kept = found(folder, "limit", "par30/branch/kolo")
    assert kept is not None and (kept.body["red"], kept.body["rationale"]) == (0.005, "Kolo grows too fast")
    assert "par30" in {one.indicator for one in broken(folder) if one.unit == "kolo" and one.level == "red"}
    records.undo(data.opened(str(folder), data.SAMPLE), LIMIT, kept.id, "test", kept.version)
    assert "par30" not in {one.indicator for one in broken(folder) if one.unit == "kolo"}


@pytest.mark.full
def test_a_limit_of_a_band_takes_both_ends(opened: Open) -> None:
    app = setting(opened, indicator="borrowers_per_loan_officer", unit="institution")
    key = form(app, "amber", "borrowers_per_loan_officer_institution_")
    assert app.text_input(key=key).value == "150 – 350"
    app.text_input(key=key).set_value("150").run()
    assert "Write both ends" in said(app)


@pytest.mark.full
def test_scopes_without_a_meaning_are_not_offered(opened: Open) -> None:
    app = setting(opened, indicator="insider_loans", unit="institution")
    assert app.selectbox(key="lim_scope_insider_loans").options == ["Institution"]


@pytest.mark.full
def test_the_first_date_has_no_forecast_and_says_why(opened: Open) -> None:
    app = opened("warnings", period="2024-10-31")
    assert not app.exception and "A trend needs 6 dates; 1 is there." in said(app)


@pytest.mark.full
def test_one_branch_alone_is_shown_without_the_institution(opened: Open) -> None:
    app = opened("warnings", branch="kolo")
    labels = [button.label for button in app.button if str(button.key).startswith("brk_open")]
    assert not app.exception and labels and all("Kolo" in label for label in labels)


@pytest.mark.full
def test_where_no_limit_is_set_none_is_broken_and_setting_one_is_offered(opened: Open, folder: Path) -> None:
    bare = replace(EQUAL, name="bare", title="Bare", limits={})
    store = data.opened(str(folder), data.SAMPLE)
    version = scenarios.save(store, bare, "test")
    app = opened("warnings", policy=version.name)
    assert not app.exception and app.title[0].value.startswith("No limit is set")
    assert app.button(key="limit_new").label == "Set a limit"


@pytest.mark.full
def test_the_sheet_asks_for_an_action_with_what_is_known(opened: Open, folder: Path) -> None:
    one = the(folder, "overindebted_share", "kolo")
    app = opened("warnings", breach=one.id)
    app.button(key="brk_action").click().run()
    assert not app.exception and "breach" not in app.query_params
    assert asked(app, "lang") == ["en"]
