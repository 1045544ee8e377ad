"""The database: batches whole or not at all, one owner, scoped views that fail closed."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from metrics import measures
from metrics.errors import BusyError, EvenkeelError
from metrics.store import NewBatch, Scope, Store
from tests.records import found, land, loan, opened


def count(store: Store, table: str, scope: Scope | None = None) -> int:
    """Rows of a table or view as a cursor sees them."""
    return int(store.cursor(scope).execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def test_rows_of_a_rolled_back_batch_are_not_live(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1")])
    batch = land(store, loans=[loan("2", branch_id="south")])
    store.rollback(batch, after=measures.build)
    assert count(store, "loans") == 1


def test_a_later_snapshot_of_a_branch_replaces_the_whole_of_it(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1"), loan("2"), loan("3", branch_id="south")])
    land(store, loans=[loan("1", 70.0)])
    rows = store.cursor().execute("SELECT loan_id, principal_outstanding::INT FROM loans ORDER BY 1").fetchall()
    assert rows == [("1", 70), ("3", 100)]


def test_rolling_back_a_replacement_brings_the_former_rows_back(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1"), loan("2")])
    store.rollback(land(store, loans=[loan("1", 70.0)]), after=measures.build)
    assert count(store, "loans") == 2


def test_the_newest_row_of_a_key_is_the_live_one(tmp_path: Path) -> None:
    store = opened(tmp_path, clients=[{"client_id": "c", "gender": "M"}])
    land(store, clients=[{"client_id": "c", "gender": "F"}])
    assert store.cursor().execute("SELECT gender::VARCHAR FROM clients").fetchall() == [("F",)]


def test_a_failed_landing_leaves_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path)
    before = len(store.batches()), store.epoch
    cursor = store.cursor()
    cursor.execute("CREATE TEMP TABLE half AS SELECT 'own' AS institution_id, 1 AS file_no, 2 AS row_no")
    with pytest.raises(duckdb.ConstraintException):
        store.land(NewBatch("test", {}, ()), {"loans": "half"}, cursor)
    assert (len(store.batches()), store.epoch, count(store, "facts.loans")) == (*before, 0)


def test_a_landing_whose_measures_fail_leaves_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1")])
    cursor = store.cursor()
    cursor.execute("CREATE TEMP TABLE more AS SELECT * EXCLUDE (batch_id) REPLACE ('2' AS loan_id) FROM loans")

    def fails(_: duckdb.DuckDBPyConnection, __: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.land(NewBatch("test", {}, ()), {"loans": "more"}, cursor, after=fails)
    assert (count(store, "facts.loans"), len(store.batches())) == (1, 2)


def test_the_epoch_changes_with_every_landing(tmp_path: Path) -> None:
    store = opened(tmp_path)
    before = store.epoch
    land(store, loans=[loan("1")])
    assert store.epoch > before


def test_a_cursor_sees_only_its_scope(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1"), loan("2", branch_id="south")])
    assert count(store, "v_loans", Scope(branches=("south",))) == 1


def test_without_a_scope_nothing_is_seen(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1")])
    cursor = store.cursor()
    cursor.execute("RESET VARIABLE institutions")
    assert cursor.execute("SELECT count(*) FROM v_loans").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('../../etc/hostname')",
        "COPY institutions TO '/var/out.csv'",
        "ATTACH '/var/other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM read_csv('https://example.org/x.csv')",
    ],
)
def test_sql_reaches_no_file_network_or_setting(tmp_path: Path, sql: str) -> None:
    store = opened(tmp_path)
    with pytest.raises(duckdb.Error):
        store.cursor().execute(sql)


def test_a_second_process_is_told_who_has_the_data_open(tmp_path: Path) -> None:
    store = opened(tmp_path)
    code = "import sys; from pathlib import Path; from metrics.store import Store; Store.open(Path(sys.argv[1]))"
    second = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    store.close()
    assert "BusyError" in second.stderr and "already open in process" in second.stderr


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "evenkeel.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(EvenkeelError, match="damaged"):
        Store.open(tmp_path)


def test_a_rolled_back_batch_is_not_rolled_back_twice(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.rollback(1)
    with pytest.raises(EvenkeelError, match="already rolled back"):
        store.rollback(1)


def test_busy_error_is_an_evenkeel_error() -> None:
    assert issubclass(BusyError, EvenkeelError)


def test_every_column_of_every_table_says_what_it_means(tmp_path: Path) -> None:
    store = opened(tmp_path)
    bare = (
        store.cursor()
        .execute(
            """SELECT table_name, column_name FROM duckdb_columns()
        WHERE schema_name = 'main'
            AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE schema_name = 'facts')
            AND comment IS NULL AND column_name NOT IN ('batch_id', 'file_no', 'row_no')"""
        )
        .fetchall()
    )
    assert bare == []


def test_a_database_of_an_earlier_version_gets_new_tables_and_columns_and_keeps_its_rows(tmp_path: Path) -> None:
    opened(tmp_path, loans=[loan("1"), loan("2")]).close()
    with duckdb.connect(str(tmp_path / "evenkeel.duckdb")) as earlier:
        for view in ("v_loans", "loans", "v_board", "board"):
            earlier.execute(f'DROP VIEW "{view}"')
        earlier.execute("ALTER TABLE facts.loans DROP COLUMN currency")
        earlier.execute("ALTER TABLE facts.loans ALTER COLUMN status TYPE ENUM ('active', 'closed')")
        earlier.execute("DROP TABLE facts.board")
        earlier.execute("DROP TABLE ledger")
    store = Store.open(tmp_path)
    assert store.cursor().execute("SELECT count(*), count(currency) FROM v_loans").fetchall() == [(2, 0)]
    land(store, board=[{"member_id": "m", "gender": "F", "since": "2020-01-01"}])
    assert store.cursor().execute("SELECT count(*) FROM v_board").fetchall() == [(1,)]
    assert found(store, "par30", "institution") == {"own": (0.0, "ok")}
