"""From a figure to its rows: those that it counts, of its unit and its time, each with file and row number."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from metrics import behind, measures, policy, values
from metrics.behind import Rows
from metrics.catalogue import indicators
from metrics.counted import SCORECARD, codes, questions
from metrics.schema import LINEAGE, tables
from metrics.store import Cursor
from tests.fresh import open_copy
from tests.ingesting import landed, opened, text

READY = """Agence;Encours;PAR30 %;NPS
Kolo;1 250 000;5,2;45
Baro;2 000 000;3,1;-5
"""

DAY = datetime.date(2026, 9, 30)
Behind = Callable[..., dict[str, Rows]]


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cursor]:
    """The sample's records."""
    store = open_copy(tmp_path_factory.mktemp("sample"))
    with store.cursor() as opened:
        yield opened
    store.close()


@pytest.fixture(scope="module")
def rows(cursor: Cursor) -> Behind:
    """The tables behind an indicator of the sample."""
    whole = str(cursor.execute("SELECT min(institution_id) FROM v_institutions").fetchall()[0][0])

    def of(name: str, kind: str = "institution", unit: str = whole) -> dict[str, Rows]:
        return {found.table: found for found in behind.rows(cursor, indicators()[name], kind, unit, DAY)}

    return of


def column(found: Rows, name: str) -> list[object]:
    return [row[found.heads.index(name)] for row in found.cells]


def test_every_figure_that_has_a_value_has_rows_with_file_and_row_number(cursor: Cursor, rows: Behind) -> None:
    settings = policy.load("equal").settings
    frame = values.values(cursor, settings, by="institution", periods=[DAY])
    without = []
    for name in frame.loc[frame["status"] == "ok", "indicator"]:
        for found in rows(name).values():
            lineage = [row[-len(LINEAGE) :] for row in found.cells]
            if not lineage or any(None in row for row in lineage):
                without.append((name, found.table))
    assert without == []


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("complaints_backlog", "complaints"),  # open on the day, however old
        ("pct_female_staff", "staff"),  # who left is no longer there
        ("staff_satisfaction", "staff_surveys"),
        ("dormant_accounts", "savings"),
        ("savers_share", "clients"),
        ("covenant_headroom", "covenants"),
    ],
)
def test_as_many_rows_stand_behind_a_figure_as_it_says(cursor: Cursor, rows: Behind, name: str, table: str) -> None:
    settings = policy.load("equal").settings
    n = values.values(cursor, settings, by="institution", periods=[DAY], indicators=[name])["n"].iloc[0]
    assert rows(name)[table].total == n


def test_a_figure_from_a_survey_shows_the_answers_to_its_question_only(cursor: Cursor, rows: Behind) -> None:
    found = rows("nps")["client_surveys"]
    asked = cursor.execute(
        "SELECT count(*) FROM v_client_surveys WHERE question_key = 'nps' AND answered_on > DATE '2025-09-30'"
    ).fetchall()[0][0]
    assert (set(column(found, "question_key")), found.total) == ({"nps"}, asked)
    assert "answer_num" in found.heads


def test_a_scorecard_shows_its_own_questions_of_all_rounds_that_still_count(rows: Behind) -> None:
    found = rows("poverty_rate_clients")["client_surveys"]
    assert all(str(key).startswith(SCORECARD) for key in column(found, "question_key"))
    assert found.first is not None and found.first < datetime.date(2026, 1, 1)


def test_a_ratio_of_the_income_statement_shows_the_lines_that_it_adds(rows: Behind) -> None:
    lines = set(column(rows("oss")["financials_monthly"], "mapped_line"))
    assert {"interest_income_on_loans", "fee_income_on_loans", "depreciation", "financial_expense"} <= lines
    assert not lines & {"gross_loan_portfolio", "cash", "equity"}


def test_a_balance_shows_the_lines_of_its_own_month_end(rows: Behind) -> None:
    found = rows("debt_to_equity")["financials_monthly"]
    assert (found.first, found.last) == (DAY, DAY)


def test_an_average_shows_the_month_end_before_its_twelve_months_too(rows: Behind) -> None:
    assert rows("roa")["financials_monthly"].first == datetime.date(2025, 9, 30)


def test_an_event_of_twelve_months_shows_no_older_one(rows: Behind) -> None:
    found = rows("staff_incidents")["incidents"]
    assert found.first is not None and found.first > datetime.date(2025, 9, 30)


def test_the_rows_of_a_branch_are_its_own_and_are_said_where_they_are_not(rows: Behind) -> None:
    loans = rows("par30", "branch", "kolo")["loans"]
    assert set(column(loans, "branch_id")) == {"kolo"} and not loans.whole
    assert rows("par30", "officer", "S-0001")["loans"].whole == ("officer_id" not in tables()["loans"].columns)


@pytest.mark.parametrize(
    ("kind", "unit", "units"), [("branch", "Kolo", ["Kolo"]), ("institution", "own", ["Baro", "Kolo"])]
)
def test_behind_a_ready_figure_stand_the_rows_of_the_summary(
    tmp_path: Path, kind: str, unit: str, units: list[str]
) -> None:
    with opened(tmp_path) as store:
        landed(store, text(tmp_path, READY, name="agences.csv"))
        with store.cursor() as cursor:
            found = behind.reported(cursor, "par30", kind, unit, DAY)
    assert found is not None
    assert column(found, "unit") == units
    assert all(row > 0 for row in column(found, "row_no"))  # type: ignore[operator]


def test_codes_and_questions_are_read_from_the_measures_own_sql() -> None:
    ledger, answers = measures.catalogue()["ledger"], measures.catalogue()["answers"]
    lines = tables()["financials_monthly"].enums["mapped_line"]
    assert codes(ledger, "revenue_from_loans", lines) == {
        "interest_income_on_loans", "fee_income_on_loans", "penalty_income_on_loans",
    }  # fmt: skip
    assert "depreciation" in codes(ledger, "net_operating_income", lines)
    assert questions(answers, "worse_n") == {"quality_of_life", "income_change"}
    assert questions(answers, "challenge_yes") == {"challenge"}
