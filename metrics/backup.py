"""A backup: one folder that holds all of an institution's data, written while the app runs, and read back at once.

    evenkeel-20260930-181500/
        manifest.json    what there is, with the sum of every file; the figures to compare with; sealed by its own sum
        database/        every table as Parquet, which later versions read too, and the statements that make them
        raw/             the files that were uploaded, those of batches in the backup's state and no other
        indicators/      indicators of one's own
        pseudonyms.key   whoever has the backup can lead pseudonyms back to people

The tables, the figures and the list of files come from one transaction. The folder is written under another name and
renamed once every byte is on the disk and was read back: what a killed process leaves does not count.
"""

import datetime
import json
import os
import shutil
import threading
import uuid
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from metrics import access, activity, backups, journal, keeping, likeness, own, pseudonyms
from metrics.activity import Event
from metrics.backups import DATABASE, MANIFEST, PART, PREFIX, RAW, Backup
from metrics.errors import EvenkeelError
from metrics.ingest import progress
from metrics.schema import text
from metrics.store import Cursor, Store

STAMP = "%Y%m%d-%H%M%S"
# One at a time in a process, and none while files are taken away for good.
ONE = threading.RLock()


def make(store: Store, to: Path | None = None) -> Backup:
    """Write a backup of an open database into a folder (None: the usual one), and an entry into the account.

    Raises:
        Forbidden: the role takes no backups.
        EvenkeelError: there is no data of one's own, no room, or what was written is not what was read; nothing stays.
    """
    access.need("backup")
    if store.raw is None:
        raise EvenkeelError("backup.nothing")
    to = to or backups.folder(store.path.parent)
    with ONE:
        made = _made(store, to)
        usual = to.resolve() == backups.folder(store.path.parent).resolve()
        told = {"batches": made.told["batches"], "bytes": made.bytes, "head": made.told["account"]}
        store.note(Event("backup", made.path.name, after={**told, "folder": "" if usual else str(to)}))
    return made


def renew(store: Store) -> list[str]:
    """Make a fresh backup in the usual folder and take every older one away, so that none holds what was erased.

    Returns:
        Where the account says that backups were made elsewhere: those are for people to take away.
    """
    with ONE:
        fresh = make(store)
        backups.forget(one.path for one in backups.known(store.path.parent) if one.path != fresh.path)
        with closing(store.cursor()) as cursor:
            return backups.elsewhere(cursor)


def _made(store: Store, to: Path) -> Backup:
    place = store.staging / f"backup-{uuid.uuid4().hex}"
    try:
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = _free(to)
        part = path.with_name(path.name + PART)
        part.mkdir(mode=0o700)
    except OSError as error:
        raise EvenkeelError("backup.not_written", path=str(to), reason=error.strerror or "") from error
    try:
        place.mkdir(parents=True)
        _room(store, to)
        told = _state(store, place, part)
        _beside(store, part)
        progress.at("backup.stage_disk", 0.9)
        told["files"] = {name: _summed(part / name) for name in sorted(_names(part))}
        sealed = {**told, "sealed": backups.seal(told)}
        (part / MANIFEST).write_text(json.dumps(sealed, ensure_ascii=False), encoding="utf-8")
        _lasting(part)
        part.rename(path)
        keeping.to_disk(to)
    except OSError as error:
        raise EvenkeelError("backup.not_written", path=str(to), reason=error.strerror or "") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)
    return Backup(path, told)


def _free(to: Path) -> Path:
    """A name of this second that no other backup has."""
    stamp = PREFIX + datetime.datetime.now(datetime.UTC).strftime(STAMP)
    tries = (to / (stamp if n == 1 else f"{stamp}-{n}") for n in range(1, 1000))
    return next(path for path in tries if not path.exists() and not path.with_name(path.name + PART).exists())


def _room(store: Store, to: Path) -> None:
    """Stop before the disk is full: the tables shrink to a third as Parquet, the copy that is read back is whole."""
    size = store.path.stat().st_size
    for place, needed in ((store.staging, size * 3 // 2), (to, size)):
        if shutil.disk_usage(place).free < needed:
            raise EvenkeelError("backup.no_room", path=str(place), mb=needed // 10**6 + 1)


def _state(store: Store, place: Path, part: Path) -> dict[str, Any]:
    """Write the tables of one state and the files of its batches; returns what the manifest says of it."""
    with closing(store.cursor()) as cursor:
        cursor.begin()
        try:
            progress.at("backup.stage_tables", 0.05, cursor)
            target = text(str((place / DATABASE).resolve()))
            cursor.execute(f"EXPORT DATABASE {target} (FORMAT parquet, COMPRESSION zstd)")
            prints = likeness.prints(cursor)
            told = _told(cursor)
            progress.at("backup.stage_files", 0.4, cursor)
            told["absent"] = _raw(cursor, store, part / RAW)
        finally:
            cursor.rollback()
    progress.at("backup.stage_back", 0.6)
    told["figures"] = _figures(place, prints)
    shutil.move(place / DATABASE, part / DATABASE)
    return told | {"tables": prints}


def _told(cursor: Cursor) -> dict[str, Any]:
    meta = dict(cursor.execute("SELECT name, value FROM meta").fetchall())
    batches = cursor.execute("SELECT count(*) FROM batches").fetchall()[0][0]
    head = activity.head(cursor)
    return {
        "format": backups.FORMAT, "made_at": datetime.datetime.now(datetime.UTC).replace(tzinfo=None).isoformat(),
        "engine": backups.ENGINE, "schema": meta["schema"], "epoch": meta["epoch"], "batches": batches,
        "code": likeness.code(), "account": [head.no, head.sealed] if head else None,
    }  # fmt: skip


def _figures(place: Path, prints: likeness.Prints) -> likeness.Figures:
    """Make a database of the tables just written, hold it to the one they came from, and compute the figures in it.

    Raises:
        EvenkeelError: they are not the same.
    """
    path = backups.read_back(place / DATABASE, place, "readback")
    with likeness.alone(path, place) as cursor:
        wrong = likeness.unlike(prints, likeness.prints(cursor))
        if wrong:
            raise EvenkeelError("backup.read_otherwise", tables=", ".join(wrong[:5]))
        found = likeness.figures(cursor)
    path.unlink()
    return found


def _raw(cursor: Cursor, store: Store, target: Path) -> list[str]:
    """Copy what is kept of the batches of this state; returns the files that are not kept any more, or not whole."""
    assert store.raw is not None
    (target / "batches").mkdir(parents=True)
    usual = backups.folder(store.path.parent)
    earlier = [one.path / RAW for one in backups.known(store.path.parent)] if target.is_relative_to(usual) else []
    absent = []
    for (number,) in cursor.execute("SELECT batch_id FROM batch_records ORDER BY 1").fetchall():
        told = keeping.describe(cursor, number)
        file = target / "batches" / f"{number}.json"
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        for sha256 in dict.fromkeys(file["sha256"] for file in told["files"]):
            progress.at("backup.stage_files", 0.4)
            if not _keep(target / sha256, [*(place / sha256 for place in earlier), store.raw / sha256]):
                absent.append(sha256)
    journal.follow(cursor, target)
    return absent


def _keep(target: Path, sources: Iterable[Path]) -> bool:
    """Put a file that never changes into a backup, from the first source that has it whole.

    An earlier backup of the same folder shares its own; from raw it is copied. Returns whether any has it.
    """
    for source in sources:
        if target.exists():
            return True
        if not source.exists() or keeping.digest(source) != target.name:
            continue
        try:
            if source.parent.parent.name.startswith(PREFIX):
                os.link(source, target)
                continue
        except OSError:  # a disk without links, or full of them
            pass
        shutil.copyfile(source, target)
    return target.exists()


def _beside(store: Store, part: Path) -> None:
    data = store.path.parent
    if (data / own.FOLDER).exists():
        shutil.copytree(data / own.FOLDER, part / own.FOLDER)
    if (data / pseudonyms.NAME).exists():
        shutil.copyfile(data / pseudonyms.NAME, part / pseudonyms.NAME)


def _names(part: Path) -> list[str]:
    return [str(file.relative_to(part)) for file in part.rglob("*") if file.is_file()]


def _summed(file: Path) -> list[object]:
    file.chmod(0o600)
    return [file.stat().st_size, keeping.digest(file)]


def _lasting(part: Path) -> None:
    """Wait until every file and every name is on the disk."""
    for path in [*part.rglob("*"), part]:
        keeping.to_disk(path)
