"""Indicators: the list, each sheet, the segments; what is shown, what is kept back, and what may be taken away."""

import io
import json
import re
from pathlib import Path

import duckdb
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import indicators
from pages.ui.indicator.parts import KINDS
from tests.pages.visit import Open, Saved, asked, go, said


def drawn(app: AppTest) -> str:
    """What the page draws itself: the list, the small charts, the heat table."""
    found = app.get("bidi_component")
    assert all(part.proto.component_name == "evenkeel_drawing" for part in found)
    return "\n".join(json.loads(part.proto.json)["drawn"] for part in found)


def rows(app: AppTest) -> list[str]:
    """Indicators of the list, in its order."""
    return re.findall(r'data-open="([a-z0-9_]+)"', drawn(app)) if app.get("bidi_component") else []


def opened_rows(app: AppTest) -> AppTest:
    """The page with the rows behind the figure unfolded."""
    app.session_state["behind"] = True
    return app.run()


def book(saved: Saved, key: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(saved[key]()))


def test_the_list_has_every_indicator_of_the_catalogue(opened: Open) -> None:
    app = opened("indicators")
    assert sorted(rows(app)) == sorted(indicators())
    assert said(app).startswith(f"{len(indicators())} indicators: ")


def test_the_headline_counts_what_the_filters_leave(opened: Open) -> None:
    first = "2024-10-31"  # nothing a year before: what grows cannot be measured yet
    text = said(opened("indicators", period=first))
    past, missing = map(int, re.findall(r": (\d+) past their limits, (\d+) not measured", text)[0])
    assert len(rows(opened("indicators", show="past", period=first))) == past
    assert len(rows(opened("indicators", show="missing", period=first))) == missing > 0


def test_a_row_has_value_change_limit_peers_and_coverage(opened: Open) -> None:
    row = next(part for part in drawn(opened("indicators")).split("<tr ") if 'data-open="retention_rate"' in part)
    assert re.search(r'class="value"><b>\d', row)
    assert re.search(r'class="month change"[^>]*>[+−]?\d', row)
    assert "Within limits" in row and "▲" in row and "■" in row
    assert "○ percentile" in row and "2012–18" in row
    assert "n = " in row


def test_within_a_theme_what_needs_action_comes_first(opened: Open) -> None:
    for body in re.split(r'<tr class="group">', drawn(opened("indicators")))[1:]:
        levels = [{"red": 0, "amber": 1}.get(x, 2) for x in re.findall(r'class="limit"><span class="(\w+)"', body)]
        assert levels == sorted(levels)


def test_no_peer_stands_in_a_headline_or_changes_a_state(opened: Open) -> None:
    app = opened("indicators", indicator="staff_turnover")  # dearer than 88 of 100 peers, and within its limit
    assert "within the limit" in app.title[0].value
    assert "percentile" not in app.title[0].value
    assert any("2012–18" in str(part.value) and "percentile 88" in str(part.value) for part in app.caption)


def test_search_finds_by_name_theme_risk_and_standard(opened: Open) -> None:
    app = opened("indicators")
    app.text_input(key="find_words").set_value("iris fp2635").run()
    assert rows(app) == ["par30"]
    app.text_input(key="find_words").set_value("zzz").run()
    assert rows(app) == []
    assert "No indicator fits" in said(app)


@pytest.mark.many
@pytest.mark.parametrize("theme", ["social", "portfolio_quality"])
def test_the_list_is_narrowed_to_a_side_or_a_theme_and_the_address_keeps_it(opened: Open, theme: str) -> None:
    app = opened("indicators")
    app.selectbox(key="w_theme").set_value(theme).run()
    assert asked(app, "theme") == [theme]
    assert set(rows(app)) == {i.id for i in indicators().values() if theme in (i.pillar, i.theme)}


def test_a_sheet_opens_by_its_address_with_value_date_change_and_limit(opened: Open) -> None:
    title = opened("indicators", indicator="par30").title[0].value.replace("\\", "")
    assert re.fullmatch(
        r"Late loans .*: 5\.4\u202f% on 30 Sep 2026, 0\.1 points more than in June, over the limit of 5\u202f%\.", title
    )


def test_the_definition_in_force_is_named_beside_the_figure(opened: Open) -> None:
    text = said(opened("indicators", indicator="par30"))
    assert "more than 30 days late, all renegotiated loans included" in text


def test_a_sheet_has_its_meaning_its_sql_and_its_example(opened: Open) -> None:
    app = opened("indicators", indicator="oss")
    assert "Financial revenue over the sum of" in said(app)
    assert app.code[0].value == indicators()["oss"].sql.strip()
    assert "The formula gives" in said(app)


@pytest.mark.many
@pytest.mark.parametrize(
    ("key", "value"),
    [("indicator", "par31"), ("part", "colour"), ("theme", "none"), ("show", "most"), ("unit", "moon")],
)  # fmt: skip
def test_what_the_address_asks_in_vain_is_said_and_dropped(opened: Open, key: str, value: str) -> None:
    app = opened("indicators", **({} if key == "indicator" else {"indicator": "par30"}))
    app.query_params[key] = value
    app.run()
    assert value in said(app)
    assert key not in app.query_params


def test_a_figure_that_is_not_measured_says_what_it_would_take(opened: Open) -> None:
    text = said(opened("indicators", indicator="borrower_growth", period="2024-10-31"))
    assert "not measured on 31 Oct 2024" in text
    assert "It would be measured with loans.principal_outstanding 12 months earlier." in text


def test_a_branch_is_chosen_on_the_sheet_and_the_address_keeps_it(opened: Open) -> None:
    app = opened("indicators", indicator="par30")
    app.selectbox(key="w_sheet_unit").set_value("kolo").run()
    assert asked(app, "unit") == ["kolo"]
    assert " at Kolo" in app.title[0].value


def test_back_leads_to_the_list(opened: Open) -> None:
    app = opened("indicators", indicator="par30")
    app.button(key="back").click().run()
    assert "indicator" not in app.query_params
    assert "par30" in rows(app)


def test_the_rows_name_the_file_and_the_row_in_it(opened: Open) -> None:
    app = opened_rows(opened("indicators", indicator="nps"))
    frame = app.dataframe[0].value
    assert list(frame.columns[:2]) == ["File", "Row in the file"]
    assert set(frame["question_key"]) == {"nps"}
    assert (frame["File"] != "").all() and (frame["Row in the file"] > 0).all()


def test_the_rows_of_a_branch_are_its_own_and_unfolded(opened: Open) -> None:
    app = opened("indicators", indicator="par30", unit="kolo")
    assert set(app.dataframe[0].value["branch_id"]) == {"kolo"}


@pytest.mark.many
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_segment_opens_for_all_indicators_and_for_one(opened: Open, kind: str) -> None:
    app = opened("indicators", part=kind)
    assert not app.exception
    assert '<table class="heat">' in drawn(app)
    one = opened("indicators", part=kind, indicator="par30")
    assert not one.exception
    assert drawn(one).count("<figure>") > 1
    assert "A gap of " in said(one)


def test_a_segment_kind_without_meaning_is_said_and_another_one_shown(opened: Open) -> None:
    app = opened("indicators", part="poverty_band", indicator="nps")
    other = opened("indicators", part="cycle", indicator="nps")
    assert "has no meaning for this figure" not in said(app)
    assert "“Loan cycle” has no meaning for this figure; shown instead: Branch." in said(other)


def test_what_few_people_stand_behind_is_kept_back_on_the_page_and_in_the_file(opened: Open, saved: Saved) -> None:
    app = opened("indicators", part="branch")
    assert "too few to show" in drawn(app)
    assert "fewer than 10 clients stand behind" in said(app)
    cells = [cell.value for row in book(saved, "excel_heat").worksheets[1].iter_rows() for cell in row]
    assert "too few to show" in cells


def test_a_unit_that_is_kept_back_has_no_value_on_its_sheet(opened: Open) -> None:
    app = opened("indicators", indicator="complaint_segment_gap", unit="welia")
    assert "too few to show" in said(app)
    assert not re.search(r"\d\.\d\d", app.title[0].value)


def test_the_sum_of_a_part_stands_in_no_distance_to_the_whole(opened: Open) -> None:
    row = next(
        part for part in drawn(opened("indicators", part="branch")).split("<tr>") if "data_privacy_incidents" in part
    )
    assert set(re.findall(r"<small>(.*?)</small>", row)) == {""}
    assert "worse" not in row and "better" not in row


def test_a_click_on_a_segment_opens_its_own_sheet(opened: Open) -> None:
    assert 'data-open="kolo"' in drawn(opened("indicators", indicator="par30", part="branch"))
    assert 'data-open="par30|kolo"' in drawn(opened("indicators", part="branch"))
    assert "data-open" not in drawn(opened("indicators", indicator="par30", part="gender"))


@pytest.mark.full
def test_every_table_has_a_file_that_says_whose_figures_of_when_under_which_definitions(
    opened: Open, saved: Saved
) -> None:
    opened_rows(opened("indicators", indicator="par30"))
    opened("indicators", indicator="par30", part="branch")
    opened("indicators")
    opened("indicators", part="branch")
    wanted = {"excel_list", "take_history_excel", "excel_inputs", "excel_rows_0", "excel_segments", "excel_heat"}
    assert wanted <= saved.keys()
    for key in wanted:
        about = {row[0].value: row[1].value for row in book(saved, key).worksheets[0].iter_rows()}
        assert about["As of"] == "30 Sep 2026"
        assert about["Institution"]
        assert about["Definition in force"]


def test_numbers_in_a_file_are_numbers(opened: Open, saved: Saved) -> None:
    opened("indicators")
    sheet = book(saved, "excel_list").worksheets[1]
    heads = [cell.value for cell in sheet[1]]
    line = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("Short name")].value == "par30")
    value = line[heads.index("Value")]
    assert value.value == pytest.approx(0.0539, abs=1e-3)
    assert value.number_format == "0.0%"


@pytest.mark.full
def test_a_text_of_the_data_never_becomes_a_formula_in_a_file(fresh: Open, tmp_path: Path, saved: Saved) -> None:
    hostile = '=HYPERLINK("http://x.test";"a")'
    with duckdb.connect(str(tmp_path / "sample.duckdb")) as base:
        base.execute("UPDATE facts.branches SET branch_name = ? WHERE branch_id = 'kolo'", [hostile])
    app = fresh("indicators", indicator="par30", part="branch")
    assert "HYPERLINK" in drawn(app) and "<script" not in drawn(app)
    go(app, "indicators")
    seen = 0
    for key in saved:
        for sheet in book(saved, key).worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                seen += cell.value == hostile and cell.quotePrefix
    assert seen


@pytest.mark.many
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({}, ["indicateurs", "hors de leurs limites", "Santé sociale · ", "Dans les limites"]),
        ({"indicator": "par30"}, ["Dans le temps", "Ce qu’il veut dire", "au-dessus de la limite"]),
        ({"indicator": "par30", "part": "gender"}, ["Le moins bon", "Un écart de"]),
        ({"part": "gender"}, ["sous chaque valeur"]),
    ],
)
def test_the_page_speaks_french(opened: Open, address: dict[str, str], words: list[str]) -> None:
    app = opened("indicators", lang="fr", **address)
    whole = said(app) + (drawn(app) if app.get("bidi_component") else "")
    assert [word for word in words if word not in whole] == []
    english = ["Within limits", "Past the limit", "Watched", "Change in", "not measured", " points more", "Women"]
    assert [word for word in english if word in whole] == []
