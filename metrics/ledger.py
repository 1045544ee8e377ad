"""The ledger: how many rows each batch landed in each table, and what they add up to, written with the rows.

Every opening counts and adds up again. A row that is gone, that came in beside a batch, or of which one cell differs is
found before anything is shown. The sum is over the engine's own hash of each row: fast, no seal. What was acknowledged
is sealed by the account (`activity`), whose entry of a batch carries these counts and sums.
"""

from collections.abc import Iterable
from typing import Any

import duckdb

from metrics import schema
from metrics.errors import DamagedError
from metrics.schema import quote, text

Cursor = duckdb.DuckDBPyConnection
Sums = dict[tuple[int, str], tuple[int, int]]
ENGINE = duckdb.__version__


def enter(cursor: Cursor, number: int, tables: Iterable[str] | None = None) -> dict[str, Any]:
    """Write what a batch has in some tables (None: in all), within the caller's transaction; replaces what was said.

    Returns table -> its number of rows and their sum, as the account tells them.
    """
    found = _sums(cursor, schema.tables() if tables is None else tables, number)
    cursor.execute("DELETE FROM ledger WHERE batch_id = ?", [number])
    _write(cursor, found)
    return {table: [n, str(total)] for (_, table), (n, total) in found.items()}


def again(cursor: Cursor) -> None:
    """Write the ledger of every batch anew: after the tables changed their form, or the engine its hash."""
    cursor.execute("DELETE FROM ledger")
    _write(cursor, _sums(cursor, schema.tables()))


def verify(cursor: Cursor, tables: Iterable[str] | None = None) -> None:
    """Hold the rows of some tables (None: of all) to the ledger, within the caller's transaction.

    Raises:
        DamagedError: a batch has other rows than it landed; names batch, table and both counts.
    """
    rows = cursor.execute("SELECT batch_id, table_name, n, total, engine FROM ledger").fetchall()
    told = {(batch, table): (n, total) for batch, table, n, total, _ in rows}
    same = {engine for *_, engine in rows} <= {ENGINE}
    found = _sums(cursor, schema.tables() if tables is None else tables)
    for batch, table in sorted(told.keys() | found.keys()):
        wanted, there = told.get((batch, table), (0, 0)), found.get((batch, table), (0, 0))
        if wanted != there if same else wanted[0] != there[0]:
            raise DamagedError("safety.rows_differ", batch=str(batch), table=table, n=there[0], landed=wanted[0])
    if not same:
        again(cursor)


def _sums(cursor: Cursor, tables: Iterable[str], number: int | None = None) -> Sums:
    """(batch, table) -> rows and their sum, of one batch or of all. Rows of no batch count as batch 0."""
    parts = [
        f"SELECT coalesce(batch_id, 0), {text(name)}, count(*), sum(hash(f))::HUGEINT FROM facts.{quote(name)} AS f "
        "WHERE $no IS NULL OR batch_id = $no GROUP BY 1"
        for name in tables
    ]
    if not parts:
        return {}
    rows = cursor.execute(" UNION ALL ".join(parts), {"no": number}).fetchall()
    return {(int(batch), str(table)): (int(n), int(total)) for batch, table, n, total in rows}


def _write(cursor: Cursor, found: Sums) -> None:
    rows = [[batch, table, n, total, ENGINE] for (batch, table), (n, total) in found.items()]
    if rows:
        cursor.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?)", rows)
