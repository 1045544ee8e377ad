"""Reading a published copy: opened without a way to write, changed for the newest one between two runs of a page."""

import json
import logging
import os
import shutil
import tempfile
import threading
import time
import uuid
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import duckdb

from metrics import access, connecting, measures, own, schema
from metrics.activity import Event
from metrics.connecting import Cursor
from metrics.errors import EvenkeelError
from metrics.scope import EVERYTHING, Scope
from metrics.snapshot import HELD, NOTES, POINTER, Newest, newest
from metrics.store import OWN, Store

# A run that began with a copy ends with it: how long one that is no longer the newest stays open, and how many at most.
GRACE, MOST = 60.0, 6
READS = frozenset({"open", "export", "rows", "activity"})  # what is done with a copy
LOG = logging.getLogger(__name__)


class _Refusing:
    """Stands where a writer would take its turn: nothing is written to a copy."""

    def __enter__(self) -> NoReturn:
        raise EvenkeelError("backup.copy_only")

    def __exit__(self, *_: object) -> None:
        pass


class Held:
    """A copy that is open for reading; the owner leaves it in its place as long."""

    def __init__(self, found: Newest, work: Path) -> None:
        import fcntl

        self.path, self.raw, self.swaps, self.writing = found.path / f"{OWN}.duckdb", None, 0, _Refusing()
        self.found, self.staging = found, Path(tempfile.mkdtemp(prefix="copy-", dir=work))
        self._lock = (found.path / HELD).open()
        fcntl.flock(self._lock, fcntl.LOCK_SH)
        try:
            self._root = duckdb.connect(str(self.path), read_only=True)
        except duckdb.Error as error:
            raise connecting.open_error(self.path, error) from error
        connecting.lock_down(self._root, self.staging)

    def cursor(self) -> Cursor:
        """A new cursor."""
        return self._root.cursor()

    def mend(self) -> bool:
        """A copy is never written, so nothing is to be mended."""
        return False

    def close(self) -> None:
        """Let the copy go."""
        self._root.close()
        self._lock.close()
        shutil.rmtree(self.staging, ignore_errors=True)


class Copy(Store):
    """A copy as pages read it: what would change it is refused, what is only noted goes to the owner's folder."""

    def __init__(self, held: Any, reach: Scope = EVERYTHING) -> None:
        super().__init__(held, reach)
        self.found: Newest = held.found

    def within(self, reach: Scope) -> Store:
        """The same copy for a reader who sees no further than `reach`."""
        return Copy(self._handle, reach)

    def note(self, event: Event) -> None:
        """Leave a note for the account; where the folder cannot be written, the log has it."""
        actor, notes = access.current(), self.found.folder / NOTES
        told = {**asdict(event), "who": actor.name, "role": actor.role, "at": datetime.now(UTC).isoformat()}
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex}"
        try:
            part = notes / f"{name}.part"
            with open(part, "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
                json.dump(told, out, ensure_ascii=False, default=str)
                out.flush()
                os.fsync(out.fileno())
            part.rename(notes / f"{name}.json")
        except OSError:
            LOG.warning("not_in_the_account what=%s who=%s", event.what, actor.name)


class Reader:
    """The newest copy of a folder, opened when it is first asked for after the pointer moved."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.folder, self._work = folder, work
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._open: list[tuple[float, Copy]] = []

    def copy(self) -> Copy:
        """The copy to read now. The one before it stays open for those who began with it.

        Raises:
            EvenkeelError: nothing was published yet, or by another version.
        """
        with self._lock:
            try:
                found = (self.folder / POINTER).stat()
            except OSError as error:
                raise EvenkeelError("backup.no_copy", path=str(self.folder)) from error
            stamp = (found.st_ino, found.st_mtime_ns)
            if stamp != self._stamp or not self._open:
                self._advance()
                self._stamp = stamp
            return self._open[-1][1]

    def of(self, folder: Path) -> Copy:
        """The open copy in a folder, or the newest where that one is closed."""
        with self._lock:
            for _, one in self._open:
                if one.path.parent == folder:
                    return one
        return self.copy()

    def _advance(self) -> None:
        found = newest(self.folder)
        if found is None:
            raise EvenkeelError("backup.no_copy", path=str(self.folder))
        self._work.mkdir(parents=True, exist_ok=True)
        try:
            made = Copy(Held(found, self._work))
        except FileNotFoundError as error:
            raise EvenkeelError("backup.no_copy", path=str(self.folder)) from error
        with closing(made.cursor()) as cursor:
            if schema.version(cursor) != schema.VERSION or not measures._current(cursor):
                made.close()
                raise EvenkeelError("backup.copy_of_another_version", path=str(found.path))
        own.use(found.path)
        now = time.monotonic()
        self._open.append((now, made))
        # One is over when the next one came, which is what its own successor's time says.
        over = [one for (_, one), (since, _) in zip(self._open, self._open[1:], strict=False) if now - since > GRACE]
        for old in {*over, *(one for _, one in self._open[:-MOST])}:
            old.close()
            self._open = [(since, one) for since, one in self._open if one is not old]

    def close(self) -> None:
        """Let every copy go."""
        with self._lock:
            for _, one in self._open:
                one.close()
            self._open.clear()
