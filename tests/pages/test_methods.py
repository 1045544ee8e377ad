"""Methods: a number is followed from its file to the balance; what is not measured says what would enable it."""

import pandas as pd
import pytest

from metrics.picture import Picture
from metrics.words import LANGUAGES
from pages.ui import gaps
from pages.ui.screen import Screen
from pages.ui.unmeasured import left_out
from tests.pages.test_data import loan_book
from tests.pages.visit import Open, go, land, said

PARTS = ("definitions", "picture", "weighting", "reading", "missing")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_in_both_languages(opened: Open, part: str, language: str) -> None:
    app = opened("methods", part=part, lang=language)
    assert not app.exception
    assert not app.error


def test_the_picture_follows_one_figure_from_its_file_to_the_balance(opened: Open) -> None:
    text = said(opened("methods", part="picture")).replace("\u202f", " ")
    steps = ["File", "Rows", "Table", "Measures", "Indicator", "Score", "Weight", "Balance"]
    places = [text.index(f"{number}] **{step}**") for number, step in enumerate(steps, start=1)]
    assert places == sorted(places)
    assert "Portfolio at risk over 30 days (with renegotiated)" in text
    assert "loans.parquet, landed on" in text
    assert "5.4 % on 30 Sep 2026" in text
    assert "12.5 % of the balance" in text


def test_the_picture_scores_by_the_goalposts_of_the_weighting_in_use(fresh: Open) -> None:
    edited = fresh("settings", line=["par30.worst:0.3", "par30.best:0.01"])
    edited.button(key="save").click().run()
    app = fresh("methods", part="picture", policy=edited.query_params["policy"])
    text = said(app).replace("\u202f", " ")
    assert "0 at 30 %, 100 at 1 %" in text


@pytest.mark.parametrize(("language", "words"), [("en", "portfolio RISK 30"), ("fr", "portefeuille risque 30")])
def test_the_search_finds_what_holds_every_word(opened: Open, language: str, words: str) -> None:
    app = opened("methods", part="definitions", lang=language)
    app.text_input(key="search").set_value(words).run()
    found = [button.key for button in app.button if str(button.key).startswith("go_")]
    assert "go_par30" in found
    assert "go_nps" not in found
    app.text_input(key="search").set_value("zzz").run()
    assert not [button.key for button in app.button if str(button.key).startswith("go_")]


def test_figures_without_a_record_are_listed_as_not_measured(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    found = gaps.values

    def without(screen: Screen, picture: Picture) -> pd.DataFrame:
        frame = found(screen, picture).copy()
        frame.loc[frame["indicator"].isin(["csat", "nps"]), ["value", "status"]] = [float("nan"), "not_available"]
        return frame

    complete = said(opened("methods", part="missing"))
    monkeypatch.setattr(gaps, "values", without)
    app = opened("methods", part="missing")
    text = said(app)
    assert "2 indicators wait for data" in text
    assert "Every indicator of the catalogue has a figure" in complete
    assert "Every indicator of the catalogue has a figure" not in text
    assert set(app.table[0].value.iloc[:, 0]) == {"Net promoter score", "Client satisfaction"}


def test_a_planned_indicator_that_is_left_out_has_its_reason(opened: Open) -> None:
    assert [name for name, _ in left_out("en")] == ["pct_branches_red"]
    assert "derived from the other limits" in said(opened("methods", part="missing"))


@pytest.mark.full
def test_a_loan_book_says_which_columns_would_enable_what(fresh: Open) -> None:
    app = fresh("data")
    app.file_uploader[0].upload("book.csv", loan_book(), "text/csv").run()
    land(app)
    missing = go(app, "methods")
    missing.segmented_control(key="w_part").set_value("missing").run()
    assert not missing.exception
    rows = missing.table[0].value
    text = str(rows.to_dict())
    assert "clients.gender" in text
    assert "loans.officer_id" in text
    assert "None" not in rows.to_dict(orient="list")[rows.columns[0]]
    assert "`None`" not in text
