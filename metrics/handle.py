"""The open file of a process: opened once, held to what was acknowledged, opened again where the engine gave up.

An error that it cannot undo (a disk that is full in the middle of writing) makes the engine refuse everything to
everybody. What was committed is safe in the file: a second opening has it, and every session goes on with that.
"""

import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from metrics import connecting, keeping, ledger, migrating, schema
from metrics.connecting import GIVEN_UP, Cursor
from metrics.errors import DamagedError, EvenkeelError
from metrics.witness import Witness

PATIENCE = 3.0  # seconds


class Handle:
    """The root connection to one database; only its cursors work, and a new root may take its place.

    `writing` is held by whoever changes anything; `swaps` counts how often the file was opened again.
    """

    def __init__(self, path: Path, raw: Path | None, staging: Path) -> None:
        self.path, self.raw, self.staging = path, raw, staging
        self.writing, self._swapping = threading.Lock(), threading.Lock()
        self.swaps, self._failed = 0, False
        self.witness = Witness(raw)
        self._root = self._open()

    def cursor(self) -> Cursor:
        """A new cursor; the file is opened again first, where the engine gave up on it.

        Raises:
            EvenkeelError: it does not open.
        """
        root = self._root
        try:
            if not self._failed:
                cursor = root.cursor()
                cursor.execute("SELECT 1")
                return cursor
        except GIVEN_UP:
            pass
        except duckdb.ConnectionException:  # another thread has just closed it, to open the file again
            with self._swapping:
                if self._root is root and not self._failed:
                    raise
        self._again(root)
        return self._root.cursor()

    def mend(self) -> bool:
        """Open the file again where the engine gave up on it; returns whether it had."""
        before = self.swaps
        self.cursor().close()
        return self.swaps > before

    def compact(self) -> None:
        """Put a copy that never held what was deleted in the place of the file; its caller holds `writing`.

        The engine keeps deleted bytes in its file, whatever is done in it. Who reads meanwhile has to ask again.
        """
        place = self.staging / f"compact-{uuid.uuid4().hex}"
        with self._swapping:
            place.mkdir(parents=True)
            try:
                copy = connecting.copied(self._root, place / self.path.name)
                keeping.to_disk(copy)
                self._root.close()
                self.path.with_name(self.path.name + ".wal").unlink(missing_ok=True)
                copy.replace(self.path)
                keeping.to_disk(self.path.parent)
            finally:
                shutil.rmtree(place, ignore_errors=True)
                self._root = self._open()
                self.swaps += 1

    def close(self) -> None:
        """Close the database for everyone."""
        self._root.close()

    def _again(self, broken: Cursor) -> None:
        with self._swapping:
            if self._root is not broken and not self._failed:
                return
            self._failed = True
            with suppress(duckdb.Error):
                broken.close()  # as long as it is open, the engine hands out the same broken database
            self._root, self._failed = self._open(), False
            self.swaps += 1

    def _open(self) -> Cursor:
        fresh = not self.path.exists()
        try:
            return self._held()
        except BaseException:
            if fresh:
                self.path.unlink(missing_ok=True)
            raise

    def _held(self) -> Cursor:
        """A connection to the file, up to date, held to all that was acknowledged."""
        con, moved = self._connect(), False
        if self._outdated(con):
            with _closing(con, self.path):
                migrating.migrate(con, self.path, self.staging)
            con, moved = self._connect(), True
        with _closing(con, self.path, keep=True):
            self._whole(con)
            if not connecting.locked(con):
                con.execute("PRAGMA enable_checkpoint_on_shutdown")
                connecting.lock_down(con, self.staging)
            self._settle(con)
        if not moved and not self.swaps:
            migrating.forget(self.path, self.raw is not None)  # of a rebuild, a backup or a new version: this one opens
        return con

    def _connect(self) -> Cursor:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                con = duckdb.connect(str(self.path))
                with _closing(con, self.path, keep=True):
                    if not connecting.locked(con):
                        con.execute("PRAGMA disable_checkpoint_on_shutdown")  # what is refused stays as it was found
                return con
            except duckdb.Error as error:
                raise connecting.open_error(self.path, error) from error
            except EvenkeelError as error:
                # The broken database is handed out until the last query of another thread has noticed.
                if not isinstance(error.__cause__, GIVEN_UP) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def _outdated(self, con: Cursor) -> bool:
        """Whether the database is an earlier version's; one without any table is made here.

        Raises:
            EvenkeelError: it is a newer version's.
        """
        with _closing(con, self.path, keep=True):
            if schema.empty(con):
                con.begin()
                schema.create(con)
                con.commit()
                return False
            found = schema.version(con)
            if found > schema.VERSION:
                raise EvenkeelError("errors.newer_schema", path=str(self.path), found=found, known=schema.VERSION)
            return schema.outdated(con)

    def _whole(self, con: Cursor) -> None:
        """Hold the database to its account, its batches and its ledger."""
        if self.raw is None:
            return
        self.witness.ask(con)
        known = {row[0] for row in con.execute("SELECT batch_id FROM batches").fetchall()}
        beyond = sorted(keeping.numbers(self.raw) - known)
        if beyond:
            raise DamagedError("safety.lost_batches", n=len(beyond), batches=", ".join(map(str, beyond)))
        con.begin()
        ledger.verify(con)
        con.commit()

    def _settle(self, con: Cursor) -> None:
        """Make the raw folder say what the database says; where there is no room for that, the next opening does."""
        con.begin()
        try:
            again = keeping.reconcile(con, self.raw, self.staging)
        except OSError:
            con.rollback()
            return
        con.commit()
        keeping.settle(self.raw, again)


@contextmanager
def _closing(con: Cursor, path: Path, keep: bool = False) -> Iterator[None]:
    """Close a connection when this fails, and at its end unless it is to be kept; errors of the engine as sentences."""
    try:
        yield
    except duckdb.Error as error:
        con.close()
        raise connecting.open_error(path, error) from error
    except BaseException:
        con.close()
        raise
    if not keep:
        con.close()
