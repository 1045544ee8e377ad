"""The database: one file, one owning process, one cursor a script run, batches landed whole or not at all."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pandas as pd

from metrics import activity, bounded, connecting, keeping, ledger, own, pseudonyms, schema
from metrics import batch as batches
from metrics.activity import Entry, Event
from metrics.batch import BatchFile, NewBatch, SetAside, Source
from metrics.errors import EvenkeelError
from metrics.handle import Handle
from metrics.schema import Table, quote
from metrics.scope import EVERYTHING, Scope

__all__ = ["BatchFile", "NewBatch", "Scope", "SetAside", "Source", "Store", "Table", "quote"]

Cursor = duckdb.DuckDBPyConnection
OWN = "evenkeel"


class Store:
    """An open database. Threads take a `cursor()` each; writing is one at a time.

    `reach` is the most that its cursors see, whatever scope they are asked for.
    """

    def __init__(self, handle: Handle, reach: Scope = EVERYTHING) -> None:
        self.path, self.reach = handle.path, reach
        self._handle = handle

    def within(self, reach: Scope) -> "Store":
        """The same database for a reader who sees no further than `reach`."""
        return Store(self._handle, reach)

    @staticmethod
    def exists(data: Path, name: str = OWN) -> bool:
        """Whether the data folder holds this database."""
        return (data / f"{name}.duckdb").exists()

    @classmethod
    def open(cls, data: Path, name: str = OWN) -> "Store":
        """Open the database of a data folder; create it with its tables where there is none.

        Raises:
            BusyError: another process has it open.
            DamagedError: it is damaged, or lacks what was acknowledged.
            EvenkeelError: it is a newer version's; or there is none, but what is kept of its batches is there.
        """
        data.mkdir(parents=True, exist_ok=True)
        own.use(data)
        path, raw, staging = data / f"{name}.duckdb", data / "raw" if name == OWN else None, data / "staging"
        if not path.exists() and raw is not None and (lost := len(keeping.numbers(raw))):
            raise EvenkeelError("errors.raw_without_database", path=str(path), n=lost)
        staging.mkdir(exist_ok=True)
        return cls(Handle(path, raw, staging))

    @property
    def staging(self) -> Path:
        """The only folder whose files SQL may read or write."""
        return self._handle.staging

    @property
    def raw(self) -> Path | None:
        """The folder in which every batch's files are kept; None for a database that is made from something else."""
        return self._handle.raw

    @property
    def epoch(self) -> int:
        """A number that changes whenever the data does, or their file was opened again; part of every cache key."""
        rows = self._handle.cursor().execute("SELECT value FROM meta WHERE name = 'epoch'").fetchall()
        return int(rows[0][0]) + (self._handle.swaps << 40)

    @property
    def cramped(self) -> tuple[int, int] | None:
        """Megabytes free and needed where the disk has too little room: then nothing is written. Else None."""
        return None if self.raw is None else connecting.cramped(self.path)

    def cursor(self, scope: Scope | None = None, without: int | None = None) -> Cursor:
        """A cursor of its own for one script run, restricted to a scope (None: everything).

        `without` is a batch that it sees nothing of, as if it were taken out.
        """
        scope = (scope or EVERYTHING).within(self.reach)
        cursor = self._handle.cursor()
        bounded.watch(cursor)
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
        numbers: list[int] = [] if instead_of is None else [instead_of]
        with self._changing(cursor, numbers):
            number = batches.number(cursor, batch)
            numbers.append(number)
            self._enter(cursor, number, batch, frames, set_aside, instead_of)
            if after is not None:
                after(cursor, number)
            if instead_of is not None:
                keeping.announce(cursor, self.raw, instead_of)
            keeping.record(cursor, self.raw, self.staging, number, batch)
        return number

    @contextmanager
    def _changing(
        self, cursor: Cursor, numbers: Sequence[int] = (), figures: bool = True, small: bool = False
    ) -> Iterator[None]:
        """One change at a time, whole or not at all; who comes back from here may say that it is done.

        Args:
            numbers: the batches that it touches, known at its end.
            figures: whether any figure could differ after it.
            small: whether it is written also where there is too little room for data.

        Raises:
            EvenkeelError: there is no room; or the engine gave up, and what was begun is taken back.
        """
        room = None if small else self.cramped
        if room is not None:
            raise EvenkeelError("safety.read_only", free=room[0], needed=room[1])
        sealed = None
        with bounded.spared(figures), self._handle.writing:
            try:
                cursor.begin()
                yield
                if figures:
                    cursor.execute("UPDATE meta SET value = value + 1 WHERE name = 'epoch'")
                sealed = activity.head(cursor)
                cursor.commit()
            except BaseException as error:
                told = connecting.failure(error, self.path)
                if not self._undone(cursor, numbers, sealed):
                    if told is None:
                        raise
                    raise told from error
            keeping.settle(self.raw, numbers)
            self._handle.witness.follow(self._handle.cursor())

    def _undone(self, cursor: Cursor, numbers: Iterable[int], sealed: Entry | None) -> bool:
        """Take back what failed; returns whether it is in the file all the same, as the engine may fail after that."""
        with suppress(duckdb.Error):
            cursor.rollback()
        if not self._handle.mend():  # otherwise the raw folder was settled by opening the file again
            keeping.undo(self.raw, numbers)
            return False
        return sealed is not None and activity.find(self._handle.cursor(), sealed.no) == sealed

    def _enter(
        self,
        cursor: Cursor,
        number: int,
        batch: NewBatch,
        frames: Mapping[str, str],
        set_aside: Iterable[SetAside],
        instead_of: int | None,
    ) -> None:
        """Write a batch's rows and what the ledger says of them, and take out the one whose place it takes."""
        if instead_of is not None:
            batches.turn(cursor, instead_of, "live", batches.ROLLED_BACK, batch.who)
        for table, source in frames.items():
            batches.insert(cursor, number, schema.tables()[table], source)
        batches.write(cursor, number, batch, set_aside, ledger.enter(cursor, number, frames))

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
        with self._handle.writing:
            try:
                cursor.begin()
                number = batches.number(cursor, batch, trial=True)
                self._enter(cursor, number, batch, frames, (), instead_of)
                cursor.execute("SET VARIABLE trial = true")
                look(cursor, number)
                cursor.rollback()
                cursor.execute("SET VARIABLE trial = NULL")
            except BaseException as error:
                told = connecting.failure(error, self.path)
                with suppress(duckdb.Error):
                    cursor.rollback()
                    cursor.execute("SET VARIABLE trial = NULL")
                self._handle.mend()
                if told is None:
                    raise
                raise told from error

    def write(self, change: Callable[[Cursor], object], figures: bool = True, small: bool = False) -> None:
        """Make a change that is no batch, in one transaction, or none at all.

        `figures` where any could differ; `small` where it is written also on a disk with too little room for data.
        """
        cursor = self.cursor()
        with self._changing(cursor, (), figures, small):
            change(cursor)

    def compact(self, tidy: Callable[[], object]) -> None:
        """Make the file anew without a byte of what was deleted; `tidy` what is beside it, while nobody writes."""
        with self._handle.writing:
            self._handle.compact()
            tidy()

    def note(self, event: Event) -> None:
        """Write into the account what changes no data: who came in, what was taken away."""
        self.write(lambda cursor: activity.add(cursor, event), figures=False, small=True)

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
        cursor = self.cursor()
        with self._changing(cursor, [batch]):
            batches.turn(cursor, batch, before, event, who)
            if after is not None:
                after(cursor, batch)
            keeping.announce(cursor, self.raw, batch)

    def batches(self) -> pd.DataFrame:
        """One row a file of a batch: batch, time, who, status, file, sheet, table, counts, sums, notes.

        Who sees some branches sees the files that brought rows of theirs, or of the institution as a whole.
        """
        return (
            self.cursor()
            .execute(
                """SELECT b.batch_id AS batch, b.landed_at, b.who, b.status, f.name AS file, f.sheet,
                f.table_name, f.rows_read, f.accepted, f.set_aside, f.ignored, f.sums, f.notes, f.sha256
            FROM batches AS b JOIN batch_files AS f USING (batch_id)
            WHERE ? OR (batch_id, file_no) IN (FROM v_files) ORDER BY b.batch_id, f.file_no""",
                [self.reach.branches is None],
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
        self._handle.close()
        with suppress(OSError):
            self.staging.rmdir()
