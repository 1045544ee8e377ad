"""Apache Fineract's own tables: recognised without a mapping, with the figures of its demonstration book."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics import ingest
from metrics.ingest import Landed, Options
from metrics.store import Store
from tests.ingesting import opened, text

DAY = datetime.date(2026, 11, 24)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("fineract")) as store:
        yield store


@pytest.fixture(scope="module")
def landed(store: Store, request: pytest.FixtureRequest) -> Landed:
    shared: Path = request.getfixturevalue("shared")
    paths = sorted((shared / "golden" / "fineract").glob("m_*.csv"))
    return ingest.land(store, ingest.preview(store, paths, Options(as_of=DAY)), "test")


def one(store: Store, sql: str) -> tuple[object, ...]:
    """The only row of a query."""
    (row,) = store.cursor().execute(sql).fetchall()
    return row


def test_all_six_tables_are_recognised_and_land_as_one_batch(store: Store, landed: Landed) -> None:
    rows = dict(store.cursor().execute("SELECT table_name, sum(rows_read)::INT FROM batch_files GROUP BY 1").fetchall())
    assert rows == {"branches": 3, "clients": 80, "products": 4, "loans": 144 + 15, "loan_schedule": 2070}
    assert one(store, "SELECT count(DISTINCT batch_id) FROM batch_files") == (1,)


def test_the_batch_shows_144_active_loans_and_their_principal(landed: Landed) -> None:
    (loans,) = [file for file in landed.files if file.file == "m_loan.csv"]
    assert loans.sums["active_loans"] == 144
    assert loans.sums["principal_outstanding"] == 421_894.44


def test_the_51_active_loans_without_a_balance_are_one_note(landed: Landed) -> None:
    said = [note for file in landed.files for note in file.notes if note.params.get("n") == 51]
    assert [note.text("en") for note in said] == ["51 active loans have no balance left."]
    assert not any(file.set_aside for file in landed.files)


def test_portfolio_at_risk_by_days_since_the_oldest_unpaid_instalment(store: Store, landed: Landed) -> None:
    par30, par1 = one(
        store,
        """SELECT sum(principal_outstanding) FILTER (WHERE days_past_due > 30) / sum(principal_outstanding),
            sum(principal_outstanding) FILTER (WHERE days_past_due >= 1) / sum(principal_outstanding) FROM loans""",
    )
    assert (round(float(str(par30)), 6), round(float(str(par1)), 6)) == (0.146008, 0.376450)


def test_overdue_principal_comes_from_the_table_of_arrears(store: Store, landed: Landed) -> None:
    total, late = one(
        store, "SELECT sum(overdue_principal)::DOUBLE, count(*) FILTER (WHERE overdue_principal > 0) FROM loans"
    )
    assert total == pytest.approx(20_111.11, abs=0.02)  # fifteen amounts, each rounded to cents
    assert late == 15


def test_a_loan_stands_in_its_clients_office(store: Store, landed: Landed) -> None:
    same = "SELECT count(*) FROM loans JOIN clients USING (client_id, branch_id)"
    assert one(store, same) == (144,)
    names = store.cursor().execute("SELECT branch_name FROM branches ORDER BY branch_id").fetchall()
    assert names == [("Head Office",), ("North Branch",), ("South Branch",)]


def test_a_gender_that_is_not_given_stays_empty(store: Store, landed: Landed) -> None:
    assert one(store, "SELECT count(gender), count(birth_date) FROM clients") == (0, 80)


def test_54_borrowers_have_a_balance(store: Store, landed: Landed) -> None:
    assert one(store, "SELECT count(DISTINCT client_id) FROM loans WHERE principal_outstanding > 0") == (54,)


def test_the_institution_is_made_with_the_currency_of_its_loans(store: Store, landed: Landed) -> None:
    assert one(store, "SELECT institution_id, institution_name, currency FROM institutions") == ("own", "own", "USD")


LOANS = (
    "id,client_id,product_id,loan_officer_id,loan_status_id,currency_code,principal_disbursed_derived,"
    "principal_outstanding_derived,principal_writtenoff_derived,disbursedon_date,writtenoffon_date,loan_counter\n"
    "1,7,1,,100,USD,,,,,,\n2,7,1,,300,USD,100,60,0,2026-01-05,,1\n3,7,1,,601,USD,100,0,40,2026-01-05,2026-09-01,2\n"
    "4,7,1,,602,USD,100,50,0,2026-01-05,,3\n5,7,1,,700,USD,100,0,0,2026-01-05,,4\n6,7,1,,600,USD,100,0,0,2026-01-05,,5\n"
)
SCHEDULE = (
    "loan_id,installment,duedate,principal_amount,principal_completed_derived,interest_amount,"
    "interest_completed_derived,completed_derived,obligations_met_on_date\n"
    "2,1,2026-09-24,20,20,1,1,t,2026-09-24\n2,2,2026-10-24,20,0,1,0,f,\n2,3,2026-11-24,20,0,1,0,f,\n"
)


def test_states_of_a_loan_and_an_instalment_due_on_the_day_itself(tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        paths = [text(tmp_path, LOANS, "m_loan.csv"), text(tmp_path, SCHEDULE, "m_loan_repayment_schedule.csv")]
        preview = ingest.preview(own, paths, Options(as_of=DAY, institution="kassi"))
        found = preview.cursor.execute(
            "SELECT loan_id, status, is_renegotiated, days_past_due, written_off_amount::INT FROM in_loans ORDER BY 1"
        ).fetchall()
        assert found == [
            ("2", "active", None, 31, None), ("3", "written_off", None, 0, 40), ("4", "rescheduled", True, 0, None),
            ("5", "closed", None, 0, None), ("6", "closed", None, 0, None),
        ]  # fmt: skip
        loans = preview.sheets[0]
        assert (loans.rows_read, loans.accepted, loans.ignored) == (6, 5, 1)


def test_loans_without_their_schedule_are_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        preview = ingest.preview(own, [text(tmp_path, LOANS, "m_loan.csv")], Options(as_of=DAY))
        assert [error.key for error in preview.refused] == ["import.fineract_schedule_missing"]


def test_loans_without_a_day_are_asked_about(tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        paths = [text(tmp_path, LOANS, "m_loan.csv"), text(tmp_path, SCHEDULE, "m_loan_repayment_schedule.csv")]
        assert [question.option for question in ingest.preview(own, paths, Options()).questions] == ["--as-of DATE"]
