"""How long things are kept: uploads that never landed, backups, and batches that were taken out.

Each has its days in `evenkeel.toml`; 0 keeps it for ever. The newest backup always stays. What goes is told in the
account first, in the transaction that takes it away.
"""

import datetime
import re
import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from metrics import activity, backups, keeping, schema
from metrics.activity import Event
from metrics.backup import ONE
from metrics.configuration import Configuration, configuration
from metrics.errors import EvenkeelError
from metrics.ingest import progress
from metrics.schema import quote
from metrics.store import Cursor, Store

UPLOADS, BACKUP, BATCH = "uploads", "backup", "batch"
RAW_FILE = re.compile(r"[0-9a-f]{64}")
OF_BATCHES = ("set_aside", "replaced", "batch_files", "batch_records", "batch_events", "ledger", "batches")


@dataclass(frozen=True)
class Due:
    """One thing and the day on which its time is over (UTC); `bytes` None where it is not known beforehand."""

    kind: str
    name: str
    on: datetime.datetime
    bytes: int | None = None


def coming(store: Store, settings: Configuration | None = None) -> list[Due]:
    """All that will be taken away some day, with the day, the next one first."""
    settings, data = settings or configuration(), store.path.parent
    found: list[Due] = []
    if settings.staging_days:
        found += [_due(UPLOADS, path, settings.staging_days) for path in _staged(store.staging)]
    if settings.backup_days:
        for one in backups.known(data)[1:]:
            on = one.made_at + datetime.timedelta(days=settings.backup_days)
            found.append(Due(BACKUP, one.path.name, on, one.bytes))
    if settings.taken_out_days:
        with closing(store.cursor()) as cursor:
            found += _taken_out(cursor, settings.taken_out_days)
    return sorted(found, key=lambda due: (due.on, due.kind, due.name))


def due(store: Store, now: datetime.datetime | None = None) -> list[Due]:
    """What `tidy` would take away now."""
    now = now or datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    return [one for one in coming(store) if one.on <= now]


def tidy(store: Store, now: datetime.datetime | None = None) -> list[Due]:
    """Take away what is due, one thing after the other, each with its entry in the account; returns what went.

    Raises:
        Stopped: somebody asked for an end; what went until then is told.
    """
    gone: list[Due] = []
    with ONE:
        _left_over(store)
        found = due(store, now)
        for place, one in enumerate(found):
            progress.at("backup.stage_tidy", place / len(found))
            if one.kind == BATCH:
                remove(store, int(one.name))
            else:
                told = {"kind": one.kind, "bytes": one.bytes, "on": one.on.isoformat()}
                store.note(Event("erase", one.name, before=told))
                _take_away(store, one)
            gone.append(one)
    return gone


def remove(store: Store, number: int) -> None:
    """Take a batch that is taken out away for good: its rows, what is known of it, and its files.

    Raises:
        EvenkeelError: no such batch, or it counts.
    """

    def change(cursor: Cursor) -> None:
        status = cursor.execute("SELECT status::VARCHAR FROM batches WHERE batch_id = ?", [number]).fetchall()
        if not status:
            raise EvenkeelError("errors.no_such_batch", batch=str(number))
        if status[0][0] == "live":
            raise EvenkeelError("errors.batch_is_live", batch=str(number))
        rows = _delete(cursor, number)
        activity.add(cursor, Event("erase", str(number), before={"kind": BATCH, "rows": rows}, batch=number))
        if store.raw is not None:  # before the commit: a description without its batch would look like a loss
            (store.raw / "batches" / f"{number}.json").unlink(missing_ok=True)

    store.write(change)
    store.write(lambda _: _unnamed(store.raw), figures=False)


def _delete(cursor: Cursor, number: int) -> int:
    rows = 0
    for table in schema.tables():
        found = cursor.execute(f"DELETE FROM facts.{quote(table)} WHERE batch_id = ?", [number]).fetchall()
        rows += int(found[0][0])
    for table in OF_BATCHES:
        cursor.execute(f"DELETE FROM {quote(table)} WHERE batch_id = ?", [number])
    return rows


def _unnamed(raw: Path | None) -> None:
    """Take away the files that no batch names; nobody writes meanwhile."""
    if raw is None:
        return
    told = keeping.told(raw)
    if any((raw / "batches").glob("*" + keeping.PENDING)):
        return
    named = {file["sha256"] for one in told for file in one["files"]}
    for path in raw.iterdir():
        if RAW_FILE.fullmatch(path.name) and path.name not in named:
            path.unlink()


def _taken_out(cursor: Cursor, days: int) -> list[Due]:
    rows = cursor.execute(
        """SELECT batch_id, max(event_at) FROM batches JOIN batch_events USING (batch_id)
        WHERE status = 'rolled_back' AND event = 'rolled_back' GROUP BY batch_id"""
    ).fetchall()
    return [Due(BATCH, str(batch), at + datetime.timedelta(days=days)) for batch, at in rows]


def _staged(staging: Path) -> Iterable[Path]:
    return staging.iterdir() if staging.is_dir() else ()


def _due(kind: str, path: Path, days: int) -> Due:
    """When a file or folder is over: days after anything in it changed last."""
    files = [path, *path.rglob("*")] if path.is_dir() else [path]
    stats = [file.stat() for file in files if file.exists()]
    changed = max((one.st_mtime for one in stats), default=0.0)
    at = datetime.datetime.fromtimestamp(changed, datetime.UTC).replace(tzinfo=None)
    return Due(kind, path.name, at + datetime.timedelta(days=days), sum(one.st_size for one in stats))


def _take_away(store: Store, one: Due) -> None:
    if one.kind == BACKUP:
        backups.forget([backups.folder(store.path.parent) / one.name])
        return
    path = store.staging / one.name
    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _left_over(store: Store) -> None:
    """Take away backups that a killed process left half; none is written now, for that holds the same lock."""
    for path in backups.folder(store.path.parent).glob(backups.PREFIX + "*" + backups.PART):
        shutil.rmtree(path, ignore_errors=True)
