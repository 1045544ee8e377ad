"""Robustness, a part of Methods: every picture opens with its finding; what cannot be shown says why."""

import time

import pytest

from metrics.words import LANGUAGES
from pages.ui.robust_views import VIEWS
from tests.pages.test_data import loan_book
from tests.pages.visit import Open, asked, go, land, said

TABLE = {"en": "The same as a table", "fr": "Les mêmes chiffres", "es": "Lo mismo como tabla"}


@pytest.mark.many
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(VIEWS))
def test_every_picture_opens_with_a_finding_and_a_table(opened: Open, name: str, language: str) -> None:
    app = opened("methods", part="robustness", show=name, lang=language)
    assert not app.exception and not app.error
    assert app.header[0].value
    assert len(app.get("vega_lite_chart")) == 1
    assert len(app.table) == 1
    assert app.expander[0].label.startswith(TABLE[language])


def test_a_picture_is_shown_within_three_seconds(opened: Open) -> None:
    opened("methods", part="robustness", social="45")  # the picture of the branches itself
    start = time.process_time()  # what else the machine does is not the page's
    app = opened("methods", part="robustness", show="decides", social="45")
    assert time.process_time() - start < 3
    assert "What moves the ranks most is" in said(app) or "too close to call" in said(app)


def test_the_range_goes_into_the_address_and_the_finding_follows(opened: Open) -> None:
    app = opened("methods", part="robustness", show="accepted")
    assert app.slider(key="w_range").value == (40, 60)
    assert "from 40 to 60" in app.header[0].value
    app.slider(key="w_range").set_value((10, 90)).run()
    assert asked(app, "range") == ["10-90"]
    assert "from 10 to 90" in app.header[0].value


@pytest.mark.many
@pytest.mark.parametrize("text", ["", "60-40", "a-b", "0-200", "50", "50-50", "-5-20"])
def test_a_range_that_cannot_be_is_the_default(opened: Open, text: str) -> None:
    app = opened("methods", part="robustness", show="ranks", range=text)
    assert app.slider(key="w_range").value == (40, 60)


def test_a_picture_is_chosen_and_kept_in_the_address(opened: Open) -> None:
    app = opened("methods", part="robustness", show="nothing")
    assert app.selectbox(key="w_robust").value == "ranks"
    app.selectbox(key="w_robust").set_value("coverage").run()
    assert asked(app, "show") == ["coverage"]
    assert "figures are there" in app.header[0].value


@pytest.mark.many
@pytest.mark.parametrize("name", ["ranks", "accepted", "decides", "importance", "removed"])
def test_one_branch_has_no_ranking_and_it_is_said(opened: Open, name: str) -> None:
    app = opened("methods", part="robustness", show=name, branch="kolo")
    assert not app.exception
    assert "1 branch alone has no ranking: there is nobody to pass it." in said(app)


@pytest.mark.many
@pytest.mark.parametrize("name", ["pairs", "coverage"])
def test_one_branch_still_has_what_needs_no_ranking(opened: Open, name: str) -> None:
    app = opened("methods", part="robustness", show=name, branch="kolo")
    assert not app.exception
    assert app.header[0].value


@pytest.mark.many
@pytest.mark.parametrize("name", list(VIEWS))
def test_two_branches_are_enough(opened: Open, name: str) -> None:
    app = opened("methods", part="robustness", show=name, branch=["kolo", "baro"])
    assert not app.exception
    assert app.header[0].value


@pytest.mark.many
@pytest.mark.parametrize("policy", ["lenders_view", "mission_first"])
def test_other_weightings_work_too(opened: Open, policy: str) -> None:
    for moved in ({}, {"social": "0"}, {"social": "100"}):
        app = opened("methods", part="robustness", show="decides", policy=policy, **moved)
        assert not app.exception


@pytest.mark.full
def test_a_loan_book_alone_is_not_enough_for_a_balance_and_it_is_said(fresh: Open) -> None:
    app = fresh("data")
    app.file_uploader[0].upload("book.csv", loan_book(), "text/csv").run()
    land(app)
    methods = go(app, "methods")
    methods.segmented_control(key="w_part").set_value("robustness").run()
    for name in VIEWS:
        methods.selectbox(key="w_robust").set_value(name).run()
        assert not methods.exception, name
        assert methods.header[0].value, name
        if name not in ("pairs", "coverage"):
            assert methods.header[0].value.startswith("No balance has enough figures behind it"), name
