"""The database: one file, one owning process, one cursor a script run, batches landed whole or not at all."""

import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from metrics import schema
from metrics.errors import BusyError, EvenkeelError
from metrics.schema import LINEAGE, Table, quote

__all__ = ["BatchFile", "NewBatch", "Scope", "SetAside", "Store", "Table", "quote"]

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Scope:
    """What a reader may see: institutions and branches, each None for all."""

    institutions: tuple[str, ...] | None = None
    branches: tuple[str, ...] | None = None


@dataclass(frozen=True)
class BatchFile:
    """One sheet of one file: where it came from, how it was mapped, what became of its rows."""

    name: str
    sha256: str
    sheet: str
    table: str
    mapping: Mapping[str, object]
    rows_read: int
    accepted: int
    set_aside: int
    ignored: int
    sums: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewBatch:
    """One command or one upload: who, the answers given, and its files."""

    who: str
    answers: Mapping[str, object]
    files: tuple[BatchFile, ...]


@dataclass(frozen=True)
class SetAside:
    """A row that could not be read: its place, the value and the reason (a key of the catalogues)."""

    file_no: int
    sheet: str
    row_no: int
    column: str
    value: str
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)


class Store:
    """An open database. Threads take a `cursor()` each; writing is one at a time."""

    def __init__(self, path: Path, con: Cursor) -> None:
        self.path = path
        self._con = con
        self._write = threading.Lock()

    @staticmethod
    def exists(data: Path, name: str = "evenkeel") -> bool:
        """Whether the data folder holds this database."""
        return (data / f"{name}.duckdb").exists()

    @classmethod
    def open(cls, data: Path, name: str = "evenkeel") -> "Store":
        """Open the database of a data folder; create it with its tables where there is none.

        Raises:
            BusyError: another process has it open.
            EvenkeelError: the file is no database, or a newer version's.
        """
        data.mkdir(parents=True, exist_ok=True)
        path = data / f"{name}.duckdb"
        staging = data / "staging"
        staging.mkdir(exist_ok=True)
        fresh = not path.exists()
        try:
            con = duckdb.connect(str(path))
        except duckdb.IOException as error:
            raise _open_error(path, error) from error
        _lock_down(con, staging)
        store = cls(path, con)
        if fresh:
            con.begin()
            schema.create(con)
            con.commit()
        found = con.execute("SELECT value FROM meta WHERE name = 'schema'").fetchall()[0][0]
        if found > schema.VERSION:
            con.close()
            raise EvenkeelError("errors.newer_schema", path=str(path), found=found, known=schema.VERSION)
        if not fresh:
            con.begin()
            schema.update(con)
            con.commit()
        return store

    @property
    def staging(self) -> Path:
        """The only folder whose files SQL may read or write."""
        return self.path.parent / "staging"

    @property
    def epoch(self) -> int:
        """A number that changes whenever the data does; part of every cache key."""
        return int(self._con.cursor().execute("SELECT value FROM meta WHERE name = 'epoch'").fetchall()[0][0])

    def cursor(self, scope: Scope | None = None) -> Cursor:
        """A cursor of its own for one script run, restricted to a scope (None: everything)."""
        scope = scope or Scope()
        cursor = self._con.cursor()
        institutions = scope.institutions
        if institutions is None:
            rows = cursor.execute("SELECT DISTINCT institution_id FROM institutions").fetchall()
            institutions = tuple(sorted(row[0] for row in rows))
        cursor.execute("SET VARIABLE institutions = ?::VARCHAR[]", [list(institutions)])
        branches = None if scope.branches is None else list(scope.branches)
        cursor.execute("SET VARIABLE branches = ?::VARCHAR[]", [branches])
        return cursor

    def land(
        self,
        batch: NewBatch,
        frames: Mapping[str, str],
        cursor: Cursor,
        set_aside: Iterable[SetAside] = (),
        after: Callable[[Cursor, int], None] | None = None,
    ) -> int:
        """Land a batch in one transaction, or not at all; returns its number.

        Args:
            frames: canonical table -> name of a table or view that `cursor` sees, whose columns are the
                table's (any that include the required ones) with `file_no` and `row_no`.
            after: called inside the transaction, to recompute measures.
        """
        with self._write:
            cursor.begin()
            try:
                number = int(cursor.execute("SELECT nextval('batch_ids')").fetchall()[0][0])
                _write_batch(cursor, number, batch, set_aside)
                for table, source in frames.items():
                    _insert(cursor, number, schema.tables()[table], source)
                self._changed(cursor, number, after)
            except BaseException:
                cursor.rollback()
                raise
        return number

    def write(self, change: Callable[[Cursor], object]) -> None:
        """Make a change that is no batch, in one transaction, or none at all."""
        with self._write:
            cursor = self.cursor()
            cursor.begin()
            try:
                change(cursor)
                self._changed(cursor, 0, None)
            except BaseException:
                cursor.rollback()
                raise

    def rollback(self, batch: int, after: Callable[[Cursor, int], None] | None = None) -> None:
        """Take a batch out of every figure; its rows stay in the file, marked rolled back.

        Raises:
            EvenkeelError: no such batch, or it is rolled back already.
        """
        with self._write:
            cursor = self.cursor()
            status = cursor.execute("SELECT status FROM batches WHERE batch_id = ?", [batch]).fetchall()
            if not status:
                raise EvenkeelError("errors.no_such_batch", batch=str(batch))
            if status[0][0] != "live":
                raise EvenkeelError("errors.batch_not_live", batch=str(batch))
            cursor.begin()
            try:
                cursor.execute("UPDATE batches SET status = 'rolled_back' WHERE batch_id = ?", [batch])
                self._changed(cursor, batch, after)
            except BaseException:
                cursor.rollback()
                raise

    def _changed(self, cursor: Cursor, batch: int, after: Callable[[Cursor, int], None] | None) -> None:
        if after is not None:
            after(cursor, batch)
        cursor.execute("UPDATE meta SET value = value + 1 WHERE name = 'epoch'")
        cursor.commit()

    def batches(self) -> pd.DataFrame:
        """One row a file of a batch: batch, time, who, status, file, sheet, table, counts, sums, notes."""
        return (
            self._con.cursor()
            .execute(
                """SELECT b.batch_id AS batch, b.landed_at, b.who, b.status, f.name AS file, f.sheet,
                f.table_name, f.rows_read, f.accepted, f.set_aside, f.ignored, f.sums, f.notes, f.sha256
            FROM batches AS b JOIN batch_files AS f USING (batch_id) ORDER BY b.batch_id, f.file_no"""
            )
            .df()
        )

    def close(self) -> None:
        """Close the database; uploads that have not landed yet stay in staging for their sessions."""
        self._con.close()
        with suppress(OSError):
            self.staging.rmdir()


def _lock_down(con: Cursor, staging: Path) -> None:
    """Nothing outside the staging folder can be read or written by any SQL from here on."""
    con.execute("SET allowed_directories = [?]", [str(staging.resolve()) + "/"])
    con.execute("SET temp_directory = ?", [str(staging.resolve())])
    for setting in (
        "autoload_known_extensions = false",
        "autoinstall_known_extensions = false",
        "allow_community_extensions = false",
        "allow_persistent_secrets = false",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        con.execute("SET " + setting)


def _open_error(path: Path, error: duckdb.Error) -> EvenkeelError:
    process = re.search(r"PID (\d+)", str(error))
    if process:
        return BusyError("errors.already_open", path=str(path), process=process[1])
    return EvenkeelError("errors.not_a_database", path=str(path))


def _write_batch(cursor: Cursor, number: int, batch: NewBatch, set_aside: Iterable[SetAside]) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    cursor.execute("INSERT INTO batches VALUES (?, ?, ?, 'live', ?)", [number, now, batch.who, _json(batch.answers)])
    for file_no, file in enumerate(batch.files, start=1):
        counts = [file.rows_read, file.accepted, file.set_aside, file.ignored]
        texts = [file.name, file.sha256, file.sheet, file.table, _json(file.mapping)]
        places = ", ".join("?" * 13)
        row = [number, file_no, *texts, *counts, _json(file.sums), _json(file.notes)]
        cursor.execute("INSERT INTO batch_files VALUES (" + places + ")", row)
    rows = [[number, a.file_no, a.sheet, a.row_no, a.column, a.value, a.reason, _json(a.params)] for a in set_aside]
    if rows:
        cursor.executemany("INSERT INTO set_aside VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _insert(cursor: Cursor, number: int, table: Table, source: str) -> None:
    """Append a batch's rows of one table, and note the snapshots that they replace."""
    described = cursor.execute("DESCRIBE " + quote(source)).fetchall()
    columns = [row[0] for row in described if row[0] in table.columns or row[0] in LINEAGE[1:]]
    names = ", ".join(quote(column) for column in columns)
    cursor.execute(
        f"INSERT INTO facts.{quote(table.name)} ({names}, batch_id) SELECT {names}, ? FROM {quote(source)}",
        [number],
    )
    if table.replace:
        _replace(cursor, number, table)


def _replace(cursor: Cursor, number: int, table: Table) -> None:
    """Note the snapshots whose place a batch takes: of the same day, and what was reconstructed for its month."""
    keys, same = ["institution_id", "as_of"], "o.as_of = n.as_of"
    if "branch_id" in table.replace:
        keys, same = [*keys, "branch_id"], same + " AND o.branch_id IS NOT DISTINCT FROM n.branch_id"
    if "origin" in table.columns:
        # A real snapshot may be of another day than the month-end that was reconstructed for want of one.
        keys = [*keys, "origin"]
        same = f"""({same}) OR (o.origin = 'reconstructed' AND n.origin IS DISTINCT FROM 'reconstructed'
            AND last_day(o.as_of) = last_day(n.as_of))"""
    columns = ", ".join(quote(key) for key in keys)
    branch = "o.branch_id" if "branch_id" in table.replace else "NULL"
    cursor.execute(
        f"""INSERT INTO replaced
        WITH new AS (SELECT DISTINCT {columns} FROM facts.{quote(table.name)} WHERE batch_id = ?),
        old AS (SELECT DISTINCT {columns} FROM {quote(table.name)} WHERE batch_id < ?)
        SELECT DISTINCT ?, ?, o.institution_id, o.as_of, {branch}
        FROM new AS n JOIN old AS o ON o.institution_id = n.institution_id AND ({same})""",
        [number, number, number, table.name],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
