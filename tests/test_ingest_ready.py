"""Ready values, summaries and mappings: figures that somebody else computed, columns named by hand."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics import catalogue, schema
from metrics.ingest import headings
from metrics.store import Store
from metrics.words import LANGUAGES
from tests.ingesting import book, five, landed, notes, opened, refusal, seen, text, values

FRENCH = """Situation des agences;;;;;
;;;;;
Agence;Encours;PAR30 %;Clients;% femmes;NPS
Kolo;1 250 000;5,2;120;64;45
Baro;2 000 000;3,1;80;55,5;-5
Total général;3 250 000;;200;;
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("ready")) as store:
        yield store


def test_a_french_sheet_of_ready_values_lands(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        done = landed(store, text(tmp_path, FRENCH, name="agences.csv", encoding="cp1252"))
        assert (done.files[0].rows_read, done.files[0].accepted, done.files[0].ignored) == (3, 2, 1)
        found = store.cursor().execute(
            """SELECT unit, indicator_id, value, weight, unit_type, period::VARCHAR FROM reported_values
            ORDER BY unit DESC, indicator_id"""
        ).fetchall()  # fmt: skip
        day = "2026-09-30"
        assert found == [
            ("Kolo", "nps", 0.45, 120.0, "branch", day),
            ("Kolo", "par30", 0.052, 1_250_000.0, "branch", day),
            ("Kolo", "pct_female_borrowers", 0.64, 120.0, "branch", day),
            ("Baro", "nps", -0.05, 80.0, "branch", day),
            ("Baro", "par30", 0.031, 2_000_000.0, "branch", day),
            ("Baro", "pct_female_borrowers", 0.555, 80.0, "branch", day),
        ]


def test_the_same_sheet_as_a_workbook_with_merged_titles(store: Store, tmp_path: Path) -> None:
    cells = [[cell.replace(" ", "").replace(",", ".") for cell in line.split(";")] for line in FRENCH.splitlines()]
    typed = [[float(cell) if cell[:1].isdigit() else cell for cell in row] for row in cells]
    preview = seen(store, book(tmp_path, typed, change=lambda sheet: sheet.merge_cells("A1:F1")))
    assert values(preview, "reported_values", "value")[:2] == [(0.45,), (0.052,)]


def test_ready_values_need_a_day(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, FRENCH), as_of=None)
    assert [question.option for question in preview.questions] == ["--as-of DATE"]


def test_a_column_of_periods_is_used_and_a_month_is_its_last_day(store: Store, tmp_path: Path) -> None:
    body = "Branch,Month,PAR30 %\nKolo,2026-08,5.2\nKolo,sept. 2026,4.9\nKolo,2025,6.1\n"
    preview = seen(store, text(tmp_path, body), as_of=None)
    found = [str(row[0]) for row in values(preview, "reported_values", "period")]
    assert found == ["2026-08-31", "2026-09-30", "2025-12-31"]


def test_a_day_in_the_file_goes_before_the_option_and_that_is_said(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, "Branch,Month,PAR30 %\nKolo,2026-08,5.2\n"))
    assert values(preview, "reported_values", "period") == [(datetime.date(2026, 8, 31),)]
    assert "note_day_in_file" in notes(preview)


def test_a_ratio_with_a_percent_sign_is_a_hundredth(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, "Branch;Loan size gender ratio\nKolo;85 %\nBaro;0,9\n"))
    assert values(preview, "reported_values", "value") == [(0.85,), (0.9,)]


def test_answers_of_yes_and_no_are_never_ready_values(store: Store, tmp_path: Path) -> None:
    body = "Branch,PAR30 %,Quality of life improved,Over-indebted clients\nKolo,5.2,Yes,1\nBaro,3.1,No,0\n"
    preview = seen(store, text(tmp_path, body))
    assert {row[0] for row in values(preview, "reported_values", "indicator_id")} == {"par30"}
    assert "note_answers_ignored" in notes(preview)


def test_a_column_that_no_indicator_knows_is_listed_and_left(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, "Branch,PAR30 %,Happiness\nKolo,5.2,9\nBaro,3.1,8\n"))
    assert preview.sheets[0].unused == ("Happiness",)


def test_a_blank_figure_is_no_figure(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, "Branch,PAR30 %,NPS\nKolo,5.2,\nBaro,3.1,40\n"))
    assert values(preview, "reported_values", "unit", "indicator_id") == [
        ("Kolo", "par30"), ("Baro", "nps"), ("Baro", "par30"),
    ]  # fmt: skip


def test_figures_of_institutions_stand_under_their_own_names(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, "IMF;PAR30 %;ROA %\nAlpha;5,2;2,5\nBeta;3,1;1,2\n"))
    assert set(values(preview, "reported_values", "institution_id", "unit", "unit_type")) == {
        ("Alpha", "Alpha", "institution"), ("Beta", "Beta", "institution"),
    }  # fmt: skip


def test_every_indicator_is_known_by_its_title_in_english_and_french() -> None:
    for name, indicator in catalogue.indicators().items():
        for language in LANGUAGES:
            assert headings.indicator(indicator.text(language, "title")) == name


@pytest.mark.parametrize("heading", ["Women", "Femmes", "Rural", "Capital", "Complaints"])
def test_a_word_that_may_be_a_count_is_no_share(heading: str) -> None:
    assert headings.indicator(heading) is None


def test_no_heading_means_two_columns_of_one_table() -> None:
    common, tables = headings.synonyms()["common"], headings.synonyms()["tables"]
    for name, table in schema.tables().items():
        means: dict[str, set[str]] = {}
        for column in table.columns:
            for word in (column.replace("_", " "), *tables.get(name, {}).get(column, common.get(column, ()))):
                means.setdefault(headings.normal(word), set()).add(column)
        assert {word: columns for word, columns in means.items() if len(columns) > 1} == {}
        assert tables.get(name, {}).keys() <= {*table.columns, *headings.carried_by(name)}


def test_every_coded_column_has_words_for_its_codes_only() -> None:
    for table in schema.tables().values():
        for column, codes in table.enums.items():
            if column in headings.synonyms()["codes"]:
                assert set(headings.synonyms()["codes"][column]) <= set(codes)


def test_other_figures_for_the_same_unit_and_day_are_asked_about(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        landed(store, text(tmp_path, FRENCH))
        other = text(tmp_path, FRENCH.replace("5,2", "6,2"), name="other.csv")
        assert [question.option for question in seen(store, other).questions] == ["--replace"]
        landed(store, other, replace=True)
        kolo = "SELECT value FROM reported_values WHERE unit = 'Kolo' AND indicator_id = 'par30'"
        assert store.cursor().execute(kolo).fetchall() == [(0.062,)]


SUMMARY = """table = "reported_measures"
[institution]
institution_name = "name"
country = "country"
[columns]
institution_id = "id"
period = "year"
[constants]
currency = "USD"
[measures]
"portfolio.glp" = "glp"
"portfolio.late_over_30" = "late_30_90 + late_90 - double"
"portfolio.renegotiated" = "renegotiated"
[empty_is_zero]
columns = ["renegotiated"]
"""


def test_a_summary_lands_as_parts_of_measures_and_its_institutions(store: Store, tmp_path: Path) -> None:
    body = (
        "id,name,country,year,glp,late_30_90,late_90,double,renegotiated\n"
        "007,Alpha,Togo,2016,1000,50,30,10,\n007,Alpha SA,Togo,2017,1100,,30,0,5\n"
    )
    preview = seen(store, text(tmp_path, body), mapping=text(tmp_path, SUMMARY, name="m.toml"), as_of=None)
    found = values(preview, "reported_measures", "period", "part", "value")
    first, second = datetime.date(2016, 12, 31), datetime.date(2017, 12, 31)
    assert set(found) == {
        (first, "glp", 1000.0), (first, "late_over_30", 70.0), (first, "renegotiated", 0.0),
        (second, "glp", 1100.0), (second, "renegotiated", 5.0),
    }  # fmt: skip
    made = values(preview, "institutions", "institution_id", "institution_name", "currency")
    assert made == [("007", "Alpha SA", "USD")]
    assert "note_empty_is_zero" in notes(preview)


MAPPING = """table = "loans"
sheet = "Data"
header_row = 2
date_order = "mdy"
[columns]
loan_id = "Ref"
principal_outstanding = "[C]"
disbursed_on = "When"
[constants]
institution_id = "kassi"
as_of = "2026-06-30"
"""


def test_a_mapping_names_columns_by_heading_or_letter_fixes_values_and_answers(store: Store, tmp_path: Path) -> None:
    rows = [["x"], ["Ref", "Sum", "Sum", "When"], ["0001", 1, 5, "03/04/2025"], ["0002", 2, 6, "05/06/2025"]]
    path = book(tmp_path, rows, change=lambda sheet: sheet.__setattr__("title", "Data"))
    preview = seen(store, path, mapping=text(tmp_path, MAPPING, name="m.toml"), as_of=None)
    found = values(preview, "loans", "institution_id", "as_of", "loan_id", "principal_outstanding", "disbursed_on")
    assert found[0] == ("kassi", datetime.date(2026, 6, 30), "0001", 5, datetime.date(2025, 3, 4))
    assert preview.questions == ()


def test_a_heading_that_the_mapping_names_and_the_file_lacks_is_said(store: Store, tmp_path: Path) -> None:
    mapping = {"table": "loans", "columns": {"loan_id": "loan id", "principal_outstanding": "outstandin"}}
    error = refusal(store, text(tmp_path, five()), mapping=mapping)
    assert error.key == "import.heading_missing"
    assert 'Did you mean "outstanding"?' in error.text("en")


def test_a_fixed_value_that_is_no_value_of_its_column_is_said(store: Store, tmp_path: Path) -> None:
    columns = {"loan_id": "loan_id", "principal_outstanding": "outstanding"}
    mapping = {"table": "loans", "columns": columns, "constants": {"status": "blue"}}
    assert refusal(store, text(tmp_path, five()), mapping=mapping).key == "import.constant_unreadable"
