"""Every page opens, its choices live in the address, and what the address asks in vain is said."""

import re
from pathlib import Path

import pytest

from metrics.findings import measured
from metrics.store import Scope
from metrics.words import LANGUAGES
from pages.ui import data, menu
from pages.ui.state import Choices
from tests.pages.visit import Open, asked, go, said


@pytest.mark.many
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [entry.slug for entry in menu.entries()])
def test_every_page_opens_without_an_error(opened: Open, slug: str, language: str) -> None:
    app = opened(slug, lang=language)
    assert not app.exception
    assert not app.error


def test_the_menu_is_made_of_the_files_and_speaks_the_readers_language() -> None:
    found = menu.entries()
    slugs = [entry.slug for entry in found]
    assert slugs == [
        "overview", "tradeoffs", "indicators", "warnings", "voices", "board", "data", "methods", "settings",
    ]  # fmt: skip
    assert [entry.text("fr", "", entry.title) for entry in found][0] == "Vue d’ensemble"
    assert all(entry.text("en", "", entry.title) == entry.title for entry in found)


def test_a_new_page_needs_no_words_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "3_new.py").write_text('"""New page: what it shows."""\n')
    entry = menu.entries(tmp_path)[0]
    assert (entry.slug, entry.text("fr", "", entry.title), entry.help) == ("new", "New page", "What it shows.")


def test_the_overview_begins_with_its_finding(opened: Open) -> None:
    finding = "4 of 12 branches need action; 2 of them would be missed on financial figures alone."
    assert said(opened()).startswith(finding)


def test_beside_the_samples_figures_stands_the_way_to_ones_own(opened: Open) -> None:
    app = opened("overview", lang="en")
    assert [link.proto.page for link in app.get("page_link") if link.proto.label == "Use my own data"] == ["data"]


def test_act_now_gives_reason_limit_and_since(opened: Open) -> None:
    text = said(opened())
    assert "Over-indebted clients **24" in text
    assert "since Jul 2026" in text
    assert "not seen in financial figures" in text


def test_a_row_opens_the_drawer_and_the_address_keeps_it(opened: Open) -> None:
    app = opened()
    app.button(key="open_kolo").click().run()
    assert asked(app, "unit") == ["kolo"]
    assert "The 3 figures that weigh most" in said(app)
    app.button(key="close_drawer").click().run()
    assert "unit" not in app.query_params
    assert "The 3 figures that weigh most" not in said(app)


def test_a_link_to_a_drawer_opens_it(opened: Open) -> None:
    assert "The 3 figures that weigh most" in said(opened(unit="kolo"))


def test_all_warnings_are_one_click_away(opened: Open) -> None:
    app = opened()
    before = said(app).count(", limit ")
    count = int(re.findall(r"All (\d+) warnings", said(app))[0])
    app.button(key="all_warnings").click().run()
    assert said(app).count(", limit ") == before + count


def test_one_branch_alone_is_said_so(opened: Open) -> None:
    assert said(opened(branch="kolo")).startswith("Kolo needs action: social health is ")


def test_an_older_date_is_shown_when_the_address_asks_for_it(opened: Open) -> None:
    assert "As of 30 Jun 2026" in said(opened(period="2026-06-30"))


@pytest.mark.many
@pytest.mark.parametrize(
    ("key", "value"),
    [("period", "2031-01-31"), ("period", "soon"), ("branch", "nowhere"), ("product", "none"), ("social", "140"),
     ("policy", "../secret"), ("themes", "social/none:3")],
)  # fmt: skip
def test_what_the_address_asks_in_vain_is_said_and_dropped(opened: Open, key: str, value: str) -> None:
    app = opened(**{key: value})
    assert value in said(app)
    assert key not in app.query_params
    assert "4 of 12 branches" in said(app)


def test_choices_outlive_a_change_of_page(opened: Open) -> None:
    app = opened(branch=["kolo", "baro"], social="30", lang="fr")
    for key in list(app.query_params):
        del app.query_params[key]  # the menu's links carry no choices
    go(app, "tradeoffs")
    assert asked(app, "branch") == ["kolo", "baro"]
    assert asked(app, "social") == ["30"]
    assert asked(app, "lang") == ["fr"]


def test_a_drawer_stays_on_its_page(opened: Open) -> None:
    app = opened(unit="kolo")
    del app.query_params["unit"]
    go(app, "tradeoffs")
    assert "unit" not in app.query_params


def test_a_filter_goes_into_the_address(opened: Open) -> None:
    app = opened()
    app.multiselect(key="w_branch").select("kolo").run()
    assert asked(app, "branch") == ["kolo"]
    app.button(key="filter_reset").click().run()
    assert "branch" not in app.query_params


def test_the_language_menu_changes_the_address(opened: Open) -> None:
    app = opened()
    app.menu_button(key="language").click("fr").run()
    assert asked(app, "lang") == ["fr"]
    assert "demandent une action" in said(app)


def test_another_weighting_drops_the_share_and_themes_of_the_last(opened: Open) -> None:
    app = opened("tradeoffs", social="30", themes=["social/gender:80"])
    app.radio(key="w_policy").set_value("mission_first").run()
    assert asked(app, "policy") == ["mission_first"]
    assert "social" not in app.query_params
    assert "themes" not in app.query_params


def test_weights_of_themes_in_the_address_move_the_balance(opened: Open) -> None:
    plain, moved = opened(), opened(themes=["social/client_protection:100", "social/satisfaction:0"])
    assert "themes weighted by hand" in said(moved)
    assert plain.markdown[1].value != moved.markdown[1].value


def test_methods_shows_the_definition_that_the_address_names(opened: Open) -> None:
    app = opened("methods", indicator="nps")
    assert "Net promoter score" in said(app)
    assert "SELECT" in app.code[0].value


def test_methods_finds_a_definition_by_any_of_its_words(opened: Open) -> None:
    app = opened("methods")
    app.text_input(key="search").set_value("iris fp2635").run()
    assert [button.key for button in app.button if str(button.key).startswith("go_")] == ["go_par30"]


@pytest.mark.many
@pytest.mark.parametrize("part", ["weighting", "reading"])
def test_methods_explains_weighting_and_status(opened: Open, part: str) -> None:
    app = opened("methods", part=part)
    assert not app.exception
    assert ("figures count" if part == "weighting" else "No weight can hide a breach") in said(app)


def test_a_picture_of_the_sample_has_both_sides(opened: Open, folder: Path) -> None:
    opened()
    source = data.source(sample=True)
    assert source.is_sample
    assert measured(data.picture(source, Scope(), Choices(), "branch")) == "both"


def test_a_selection_that_holds_nothing_is_said_and_can_be_changed(opened: Open) -> None:
    app = opened(branch="kolo", product="village")
    assert not app.exception
    assert said(app).startswith("There is nothing in this selection")
    assert "branch" in app.query_params
    assert not go(app, "tradeoffs").exception


def test_a_product_alone_has_a_picture_of_its_own(opened: Open) -> None:
    assert "of 12 branches need action" in said(opened(product="individual"))
