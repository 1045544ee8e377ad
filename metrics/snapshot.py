"""Copies of the data for other processes to read: `publish` writes them, `reads` shows them.

    FOLDER/newest.json     which copy is the newest, and of which state: replaced in one step
    FOLDER/7/              the seventh: the database, indicators of one's own, the key of pseudonyms; never changed
    FOLDER/notes/          what readers did (came in, took away): a file each, which the owner takes into the account

A copy is written under another name and renamed. A reader holds a lock on the copy that it has open; copies that nobody
holds are taken away when a newer one is out.
"""

import json
import logging
import shutil
import threading
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from metrics import access, backups, keeping, own, pseudonyms
from metrics.access import Actor
from metrics.activity import Event
from metrics.connecting import Cursor
from metrics.errors import EvenkeelError
from metrics.schema import text
from metrics.store import Store

POINTER, NOTES, HELD = "newest.json", "notes", "held"
# These happen all day and change nothing that a copy shows.
QUIET = ("sign_in", "export", "backup")
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Newest:
    """The newest copy of a folder; `made_at` is UTC, `state` changes with whatever a copy shows."""

    folder: Path
    number: int
    made_at: str
    state: tuple[int, int]

    @property
    def path(self) -> Path:
        """The copy's own folder."""
        return self.folder / str(self.number)


def newest(folder: Path) -> Newest | None:
    """What the pointer of a folder says; None where nothing was published yet."""
    try:
        told = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        return Newest(folder, int(told["number"]), str(told["made_at"]), (told["state"][0], told["state"][1]))
    except FileNotFoundError:
        return None


def state(cursor: Cursor) -> tuple[int, int]:
    """The state of a database: of its data, and of whatever else was decided in it."""
    epoch = cursor.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchall()[0][0]
    places = ", ".join("?" * len(QUIET))
    rows = cursor.execute(f"SELECT coalesce(max(no), 0) FROM activity WHERE what NOT IN ({places})", QUIET).fetchall()
    return int(epoch), int(rows[0][0])


def publish(store: Store, folder: Path) -> Newest | None:
    """Write a copy of the database as it is now, unless the newest is of this state; returns the new one.

    Raises:
        EvenkeelError: the folder cannot be written.
    """
    before = newest(folder)
    with closing(store.cursor()) as cursor:
        cursor.begin()
        now = state(cursor)
        if before is not None and before.state == now:
            cursor.rollback()
            return None
        place = store.staging / f"snapshot-{uuid.uuid4().hex}"
        place.mkdir(parents=True)
        try:
            target = text(str((place / backups.DATABASE).resolve()))
            cursor.execute(f"EXPORT DATABASE {target} (FORMAT parquet, COMPRESSION snappy)")
            cursor.rollback()
            backups.read_back(place / backups.DATABASE, place)
            shutil.rmtree(place / backups.DATABASE)
            return _published(store.path.parent, place, folder, before, now)
        except OSError as error:
            raise EvenkeelError("backup.not_published", path=str(folder), reason=error.strerror or "") from error
        finally:
            shutil.rmtree(place, ignore_errors=True)


def _published(data: Path, place: Path, folder: Path, before: Newest | None, now: tuple[int, int]) -> Newest:
    (folder / NOTES).mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Newest(folder, before.number + 1 if before else 1, datetime.now(UTC).isoformat(timespec="seconds"), now)
    if (data / own.FOLDER).exists():
        shutil.copytree(data / own.FOLDER, place / own.FOLDER)
    (place / pseudonyms.NAME).write_text(pseudonyms.key(data), encoding="ascii")
    (place / HELD).touch()
    part = folder / f"{made.number}{backups.PART}"
    shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(made.path, ignore_errors=True)  # renamed, but killed before the pointer said so
    shutil.move(place, part)
    for path in [*part.rglob("*"), part]:
        path.chmod(0o700 if path.is_dir() else 0o600)
        keeping.to_disk(path)
    part.rename(made.path)
    pointer = folder / (POINTER + backups.PART)
    pointer.write_text(json.dumps({"number": made.number, "made_at": made.made_at, "state": now}), encoding="utf-8")
    pointer.replace(folder / POINTER)
    keeping.to_disk(folder)
    _sweep(made)
    return made


def _sweep(made: Newest) -> None:
    """Take away the copies before the newest that no reader holds; the one right before it may just be being opened."""
    import fcntl

    for path in made.folder.iterdir():
        if not path.name.isdigit() or int(path.name) >= made.number - 1:
            continue
        with suppress(OSError), (path / HELD).open() as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path)


def take_notes(store: Store, folder: Path) -> int:
    """Take what readers noted into the account, each once; returns how many."""
    taken = 0
    for path in sorted((folder / NOTES).glob("*.json")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            event = Event(told["what"], told["subject"], told["before"], {**(told["after"] or {}), "note": path.stem,
                          "at": told["at"]}, told["batch"])  # fmt: skip
            actor = Actor(told["who"], told["role"])
        except (OSError, ValueError, KeyError, TypeError):
            LOG.warning("note_unreadable %s", path.name)
            path.rename(path.with_suffix(".unreadable"))
            continue
        with closing(store.cursor()) as cursor:
            known = cursor.execute(
                "SELECT 1 FROM activity WHERE told_after ->> 'note' = ? LIMIT 1", [path.stem]
            ).fetchall()
        if not known:
            with access.acting(actor):
                store.note(event)
            taken += 1
        path.unlink()
    return taken


def watching(stop: threading.Event, every: float, store: Callable[[], Store | None], folder: Path) -> None:
    """Publish whatever changes and take the readers' notes, until the event is set; what fails is tried again."""
    while not stop.wait(every):
        try:
            found = store()
            if found is not None:
                take_notes(found, folder)
                publish(found, folder)
        except (EvenkeelError, duckdb.Error, OSError):
            LOG.exception("publish_failed")
