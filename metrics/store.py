"""The database: one file, one owning process, one cursor a script run, batches landed whole or not at all."""

import shutil
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import duckdb
import pandas as pd

from metrics import activity, keeping, own, pseudonyms, schema
from metrics import batch as batches
from metrics.activity import Event
from metrics.batch import BatchFile, NewBatch, SetAside, Source
from metrics.connecting import lock_down, open_error
from metrics.errors import EvenkeelError
from metrics.schema import Table, quote
from metrics.scope import EVERYTHING, Scope

__all__ = ["BatchFile", "NewBatch", "Scope", "SetAside", "Source", "Store", "Table", "quote"]

Cursor = duckdb.DuckDBPyConnection
OWN = "evenkeel"


class Store:
    """An open database. Threads take a `cursor()` each; writing is one at a time.

    `reach` is the most that its cursors see, whatever scope they are asked for.
    """

    def __init__(
        self, path: Path, con: Cursor, reach: Scope = EVERYTHING, lock: "threading.Lock | None" = None
    ) -> None:
        self.path, self.reach = path, reach
        self._con = con
        self._write = lock or threading.Lock()

    def within(self, reach: Scope) -> "Store":
        """The same database for a reader who sees no further than `reach`."""
        return Store(self.path, self._con, reach, self._write)

    @staticmethod
    def exists(data: Path, name: str = OWN) -> bool:
        """Whether the data folder holds this database."""
        return (data / f"{name}.duckdb").exists()

    @classmethod
    def open(cls, data: Path, name: str = OWN) -> "Store":
        """Open the database of a data folder; create it with its tables where there is none.

        Raises:
            BusyError: another process has it open.
            EvenkeelError: the file is no database, or a newer version's; or there is none, but what is kept of its
                batches is there.
        """
        data.mkdir(parents=True, exist_ok=True)
        own.use(data)
        path = data / f"{name}.duckdb"
        staging = data / "staging"
        fresh = not path.exists()
        if fresh and name == OWN and (lost := len(list((data / "raw" / "batches").glob("*.json")))):
            raise EvenkeelError("errors.raw_without_database", path=str(path), n=lost)
        staging.mkdir(exist_ok=True)
        try:
            con = duckdb.connect(str(path))
        except duckdb.IOException as error:
            raise open_error(path, error) from error
        lock_down(con, staging)
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
            again = keeping.reconcile(con, store.raw, staging)
            con.commit()
            keeping.settle(store.raw, again)
            path.with_name(path.name + ".before").unlink(missing_ok=True)  # of a rebuild: this one opens
        return store

    @property
    def staging(self) -> Path:
        """The only folder whose files SQL may read or write."""
        return self.path.parent / "staging"

    @property
    def raw(self) -> Path | None:
        """The folder in which every batch's files are kept; None for a database that is made from something else."""
        return self.path.parent / "raw" if self.path.stem == OWN else None

    @property
    def epoch(self) -> int:
        """A number that changes whenever the data does; part of every cache key."""
        return int(self._con.cursor().execute("SELECT value FROM meta WHERE name = 'epoch'").fetchall()[0][0])

    def cursor(self, scope: Scope | None = None, without: int | None = None) -> Cursor:
        """A cursor of its own for one script run, restricted to a scope (None: everything).

        `without` is a batch that it sees nothing of, as if it were taken out.
        """
        scope = (scope or EVERYTHING).within(self.reach)
        cursor = self._con.cursor()
        cursor.execute("SET VARIABLE mask = ?::VARCHAR", [pseudonyms.key(self.path.parent) if scope.masked else None])
        cursor.execute("SET VARIABLE without = ?::INTEGER", [without])
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
        instead_of: int | None = None,
    ) -> int:
        """Land a batch in one transaction, or not at all; returns its number.

        Args:
            frames: canonical table -> name of a table or view that `cursor` sees, whose columns are the
                table's (any that include the required ones) with `file_no` and `row_no`.
            after: called inside the transaction, to recompute measures.
            instead_of: a live batch that is taken out in the same transaction.

        Raises:
            EvenkeelError: `instead_of` is no live batch; or a file of the batch cannot be kept.
        """
        with self._write:
            numbers: list[int] = [] if instead_of is None else [instead_of]
            cursor.begin()
            try:
                number = batches.number(cursor, batch)
                numbers.append(number)
                self._enter(cursor, number, batch, frames, set_aside, instead_of)
                if after is not None:
                    after(cursor, number)
                if instead_of is not None:
                    keeping.announce(cursor, self.raw, instead_of)
                keeping.record(cursor, self.raw, self.staging, number, batch)
                self._changed(cursor)
            except BaseException:
                self._undone(cursor, numbers)
                raise
            keeping.settle(self.raw, numbers)
        return number

    def _enter(
        self,
        cursor: Cursor,
        number: int,
        batch: NewBatch,
        frames: Mapping[str, str],
        set_aside: Iterable[SetAside],
        instead_of: int | None,
    ) -> None:
        """Write a batch's rows, and take out the one whose place it takes."""
        if instead_of is not None:
            batches.turn(cursor, instead_of, "live", batches.ROLLED_BACK, batch.who)
        batches.write(cursor, number, batch, set_aside)
        for table, source in frames.items():
            batches.insert(cursor, number, schema.tables()[table], source)

    def trial(
        self,
        batch: NewBatch,
        frames: Mapping[str, str],
        cursor: Cursor,
        look: Callable[[Cursor, int], None],
        instead_of: int | None = None,
    ) -> None:
        """Land a batch as `land` does, look at what came of it, and take all of it back: nothing stays.

        Args:
            look: called inside the transaction with the number that the batch has in it.
        """
        with self._write:
            cursor.begin()
            try:
                number = batches.number(cursor, batch, trial=True)
                self._enter(cursor, number, batch, frames, (), instead_of)
                cursor.execute("SET VARIABLE trial = true")
                look(cursor, number)
            finally:
                cursor.rollback()
                cursor.execute("SET VARIABLE trial = NULL")

    def write(self, change: Callable[[Cursor], object], figures: bool = True) -> None:
        """Make a change that is no batch, in one transaction, or none at all; `figures` where any could differ."""
        with self._write:
            cursor = self.cursor()
            cursor.begin()
            try:
                change(cursor)
                self._changed(cursor) if figures else cursor.commit()
            except BaseException:
                cursor.rollback()
                raise

    def note(self, event: Event) -> None:
        """Write into the account what changes no data: who came in, what was taken away."""
        self.write(lambda cursor: activity.add(cursor, event), figures=False)

    def rollback(self, batch: int, after: Callable[[Cursor, int], None] | None = None, who: str = "") -> None:
        """Take a batch out of every figure; its rows stay in the file, marked rolled back.

        Raises:
            EvenkeelError: no such batch, or it is rolled back already.
        """
        self._turned(batch, "live", batches.ROLLED_BACK, after, who)

    def restore(self, batch: int, after: Callable[[Cursor, int], None] | None = None, who: str = "") -> None:
        """Bring a batch back that was rolled back; what landed later still takes the place of its snapshots.

        Raises:
            EvenkeelError: no such batch, it counts already, or a month of its loan book was rebuilt meanwhile.
        """
        self._turned(batch, "rolled_back", batches.RESTORED, after, who)

    def _turned(
        self, batch: int, before: str, event: str, after: Callable[[Cursor, int], None] | None, who: str
    ) -> None:
        with self._write:
            cursor = self.cursor()
            cursor.begin()
            try:
                batches.turn(cursor, batch, before, event, who)
                if after is not None:
                    after(cursor, batch)
                keeping.announce(cursor, self.raw, batch)
                self._changed(cursor)
            except BaseException:
                self._undone(cursor, [batch])
                raise
            keeping.settle(self.raw, [batch])

    def _changed(self, cursor: Cursor) -> None:
        cursor.execute("UPDATE meta SET value = value + 1 WHERE name = 'epoch'")
        cursor.commit()

    def _undone(self, cursor: Cursor, numbers: Iterable[int]) -> None:
        cursor.rollback()
        keeping.undo(self.raw, numbers)

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

    def remove(self) -> None:
        """Close the database and take it away, with all that is kept of its batches."""
        self.close()
        self.path.unlink(missing_ok=True)
        if self.raw is not None:
            shutil.rmtree(self.raw, ignore_errors=True)

    def close(self) -> None:
        """Close the database; uploads that have not landed yet stay in staging for their sessions."""
        self._con.close()
        with suppress(OSError):
            self.staging.rmdir()
