"""Landing: whole or not at all, repeats, replacing, branches and clients that a loan sheet brings along."""

import datetime
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from metrics import ingest
from metrics.errors import InputError
from metrics.store import Store
from tests.ingesting import checksums, five, landed, notes, opened, seen, text, values


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store.cursor().execute(sql).fetchall()


def test_a_loan_sheet_lands_with_its_branches_and_its_institution(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        done = landed(store, text(tmp_path, five(r2c6="15O0")))
        branches = rows(store, "SELECT branch_id, branch_name FROM branches ORDER BY 1")
        assert branches == [("Baro", "Baro"), ("Kolo", "Kolo")]
        assert rows(store, "SELECT institution_id FROM institutions") == [("own",)]
        assert rows(store, "SELECT count(*), min(as_of)::VARCHAR FROM loans") == [(4, "2026-09-30")]
        assert rows(store, "SELECT batch_id, row_no, column_name, value, reason FROM set_aside") == [
            (done.batch_id, 3, "outstanding", "15O0", "import.reason_number")
        ]
        kept = store.batches().iloc[0]
        assert [kept.rows_read, kept.accepted, kept.set_aside, kept.ignored] == [5, 4, 1, 0]
        assert json.loads(kept.sums)["principal_outstanding"] == 5042.78
        said = [ingest.read_note(line).text("fr") for line in json.loads(kept.notes)]
        assert "2 agences créées d'après les lignes : Kolo, Baro." in said


def test_the_measures_are_there_when_the_batch_is(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        landed(store, text(tmp_path, five()))
        assert rows(store, "SELECT sum(glp) FROM measures.portfolio WHERE cut = 'main'")[0][0] == pytest.approx(6543.03)


def test_the_same_file_again_changes_nothing_and_names_the_batch(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        path = text(tmp_path, five())
        first = landed(store, path)
        before = checksums(store)
        again = landed(store, path)
        assert (again.batch_id, again.repeated) == (first.batch_id, True)
        assert checksums(store) == before
        store.rollback(first.batch_id)
        assert not landed(store, path).repeated


@pytest.mark.full
def test_the_same_file_for_another_day_is_another_batch(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        path = text(tmp_path, five())
        landed(store, path)
        assert not landed(store, path, as_of=datetime.date(2026, 10, 31)).repeated
        assert rows(store, "SELECT count(DISTINCT as_of) FROM loans") == [(2,)]


@pytest.mark.full
def test_another_book_of_the_same_day_replaces_only_its_own_branch_and_only_when_told(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        landed(store, text(tmp_path, five()))
        kolo = text(tmp_path, "loan_id,branch,outstanding\n00123,Kolo,700\n", name="kolo.csv")
        assert [question.option for question in seen(store, kolo).questions] == ["--replace"]
        landed(store, kolo, replace=True)
        assert rows(store, "SELECT branch_id, sum(principal_outstanding)::DOUBLE FROM loans GROUP BY 1 ORDER BY 1") == [
            ("Baro", 3230.28),
            ("Kolo", 700.0),
        ]


@pytest.mark.full
def test_the_same_figures_in_another_file_need_no_question(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        landed(store, text(tmp_path, five()))
        assert seen(store, text(tmp_path, five(";"), name="again.csv")).questions == ()


def test_a_known_branch_is_found_by_its_number_or_its_name(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        listed = "branch code,branch name,region\nB1,Kolo,Nord\nB2,Baro,Sud\n"
        landed(store, text(tmp_path, listed, name="branches.csv"))
        preview = seen(store, text(tmp_path, five(r1c3="KOLO", r2c3="B1")))
        assert preview.questions == ()
        assert set(values(preview, "loans", "branch_id")) == {("B1",), ("B2",)}
        assert "note_branches_matched" in notes(preview)


@pytest.mark.full
def test_a_new_branch_is_made_only_when_told(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        landed(store, text(tmp_path, five()))
        other = text(tmp_path, "loan_id,branch,outstanding\n9,Wélia,700\n", name="welia.csv")
        assert [question.option for question in seen(store, other).questions] == ["--accept-new branch"]
        landed(store, other, accept_new=frozenset({"branch"}))
        assert ("Wélia",) in rows(store, "SELECT branch_id FROM branches")


def test_client_columns_of_a_loan_sheet_never_blank_what_a_client_list_said(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        clients = "client_id,gender,birth_date,household income\nC1,F,1990-01-01,500\n"
        landed(store, text(tmp_path, clients, name="clients.csv"))
        landed(store, text(tmp_path, "loan_id,client_id,outstanding,sexe\n1,C1,5,\n2,C2,6,Homme\n"))
        assert rows(
            store, "SELECT client_id, gender, birth_date::VARCHAR, household_income_month::INT FROM clients ORDER BY 1"
        ) == [("C1", "F", "1990-01-01", 500), ("C2", "M", None, None)]


def test_a_loan_sheet_without_client_numbers_says_that_genders_are_left_out(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, "loan_id,outstanding,gender\n1,5,F\n"))
        assert "note_no_client_number" in notes(preview)
        assert "clients" not in preview.frames


def test_several_institutions_are_asked_about_and_the_answer_used(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        listed = "institution_id,institution_name,country\nA,Alpha,Togo\nB,Beta,Mali\n"
        landed(store, text(tmp_path, listed, name="institutions.csv"))
        assert [q.option for q in seen(store, text(tmp_path, five())).questions] == ["--institution ID"]
        landed(store, text(tmp_path, five()), institution="B")
        assert rows(store, "SELECT DISTINCT institution_id FROM loans") == [("B",)]


@pytest.mark.full
def test_two_files_that_hold_the_same_loan_are_refused_together(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        first, second = text(tmp_path, five()), text(tmp_path, five(";"), name="copy.csv")
        assert [error.key for error in seen(store, first, second).refused] == ["import.same_rows_in_two_files"]


@pytest.mark.full
def test_loans_and_clients_in_two_files_land_as_one_batch(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        clients = text(tmp_path, "client_id,gender\nC1,F\nC2,M\n", name="clients.csv")
        done = landed(store, text(tmp_path, five()), clients)
        assert rows(store, "SELECT DISTINCT batch_id FROM batch_files") == [(done.batch_id,)]
        assert rows(store, "SELECT gender, file_no FROM clients ORDER BY client_id") == [("F", 2), ("M", 2)]


def test_a_preview_older_than_the_data_is_not_landed(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, five()))
        landed(store, text(tmp_path, five(";"), name="quicker.csv"))
        before = checksums(store)
        with pytest.raises(InputError) as caught:
            ingest.land(store, preview, "test")
        assert caught.value.key == "import.data_changed"
        assert checksums(store) == before


STOPPED = """
import sys, os, signal
from pathlib import Path
from metrics import ingest
from metrics.errors import InputError
from metrics.store import Store
from tests.ingesting import options
store = Store.open(Path(sys.argv[1]))
preview = ingest.preview(store, [Path(sys.argv[2])], options())
import metrics.ingest.landing as landing
landing.measures.build = lambda cursor, number: os.kill(os.getpid(), signal.SIGKILL)
ingest.land(store, preview, "test")
"""


@pytest.mark.full
def test_a_process_killed_while_landing_leaves_nothing_half_landed(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    path = text(tmp_path, five())
    with opened(tmp_path) as store:
        before = checksums(store)
    command = [sys.executable, "-c", STOPPED, str(tmp_path / "data"), str(path)]
    assert subprocess.run(command, cwd=root, check=False).returncode == -signal.SIGKILL
    with opened(tmp_path) as store:
        assert checksums(store) == before
        assert landed(store, path).batch_id > 0
