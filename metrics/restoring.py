"""A backup put in the place of the data: verified, made, compared with what it was, and only then swapped in.

Nothing of the data folder changes before all of that held. What stood there stays beside as `NAME.before` until the
new data have been opened.
"""

import os
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from metrics import activity, backups, keeping, likeness, measures, own, pseudonyms
from metrics.activity import Event
from metrics.backup import ONE
from metrics.backups import DATABASE, ENGINE, RAW, Backup
from metrics.errors import DamagedError, EvenkeelError
from metrics.ingest import progress
from metrics.store import OWN, Store

BEFORE = ".before"
ACCOUNT = "activity.jsonl"


@dataclass(frozen=True)
class Restored:
    """What a restore came to: the backup, how many figures it holds, and which of them are not as they were.

    Figures can differ only where this version defines or computes them otherwise than the one that wrote the backup.
    """

    backup: Backup
    figures: int
    differing: tuple[str, ...]


def restore(data: Path, source: Path, replace: bool = False) -> Restored:
    """Put a backup in the place of a data folder's data; the account of the backup goes on with an entry of it.

    Raises:
        BusyError: a process has the data open.
        EvenkeelError: the folder has data and `replace` is not said; the backup is damaged (names the file); what
            comes of it is not what it was. Nothing is changed.
    """
    path = data / f"{OWN}.duckdb"
    if not replace and (path.exists() or any((data / RAW / "batches").glob("*.json"))):
        raise EvenkeelError("backup.has_data", path=str(data))
    found = backups.verified(source)
    place = data / "staging" / f"restore-{uuid.uuid4().hex}"
    with ONE, former(data) as before:
        place.mkdir(parents=True)
        try:
            result = _made(found, place, before)
            if before is not None:
                before.close()
            _account(data, place, before is not None)
            _swap(data, place)
        finally:
            shutil.rmtree(place, ignore_errors=True)
            own.use(data)
    return result


@contextmanager
def former(data: Path) -> Iterator[Store | None]:
    """The database as it is, held so that nobody else opens it; None where there is none, or it is damaged.

    Raises:
        BusyError: another process has it open.
    """
    store = None
    with suppress(DamagedError):
        store = Store.open(data) if Store.exists(data) else None
    try:
        yield store
    finally:
        if store is not None:
            store.close()


def swap(new: Path, path: Path) -> None:
    """Put a new database in the place of another, in one step; that one stays beside it as `.before`."""
    before = path.with_name(path.name + BEFORE)
    log = path.with_name(path.name + ".wal")
    before.unlink(missing_ok=True)
    if path.exists():
        os.link(path, before)
    if log.exists():  # of a damaged database: it must not be read into the new one
        log.replace(before.with_name(before.name + ".wal"))
    keeping.to_disk(new)
    new.replace(path)
    keeping.to_disk(path.parent)


def _made(found: Backup, place: Path, before: Store | None) -> Restored:
    """Make a data folder of a backup, and hold it to what the backup says of itself."""
    progress.at("backup.stage_make", 0.3)
    shutil.copytree(found.path / DATABASE, place / DATABASE)
    path = backups.read_back(place / DATABASE, place)
    shutil.rmtree(place / DATABASE)
    with likeness.alone(path, place) as cursor:
        whole = found.told["engine"] == ENGINE
        wrong = likeness.unlike(found.told["tables"], likeness.prints(cursor), whole)
        if wrong:
            raise EvenkeelError("backup.read_otherwise", tables=", ".join(wrong[:5]))
        # Comments of columns are not in it: views that are marked as old are made anew, and the comments with them.
        cursor.execute("DELETE FROM meta WHERE name = 'views'")
    for name in (RAW, own.FOLDER):
        if (found.path / name).exists():
            shutil.copytree(found.path / name, place / name)
    if (found.path / pseudonyms.NAME).exists():
        shutil.copyfile(found.path / pseudonyms.NAME, place / pseudonyms.NAME)
    _private(place)
    progress.at("backup.stage_compare", 0.7)
    return _compared(found, place, before)


def _compared(found: Backup, place: Path, before: Store | None) -> Restored:
    """Open what was made as this version does, compare every figure, and write the entry into its account.

    Raises:
        EvenkeelError: a figure is not the same to the last digit, though this version computes it in the same way.
    """
    with closing(Store.open(place)) as store:
        measures.ensure(store.cursor())
    with likeness.alone(place / f"{OWN}.duckdb", place) as cursor:
        differing = likeness.differing(found.told["figures"], likeness.figures(cursor))
    if differing and (found.told["engine"], found.told["code"]) == (ENGINE, likeness.code()):
        raise EvenkeelError("backup.figures_differ", n=len(differing), first=differing[0])
    told = {"made_at": found.told["made_at"], "head": found.told["account"], "differing": len(differing)}
    with closing(Store.open(place)) as store:
        store.note(Event("restore", found.path.name, _head(before), told))
    return Restored(found, len(found.told["figures"]), tuple(differing))


def _head(before: Store | None) -> dict[str, object] | None:
    """The newest entry of the account that is replaced: whoever kept its seal can still tell what is gone."""
    if before is None:
        return None
    with closing(before.cursor()) as cursor:
        head = activity.head(cursor)
    return None if head is None else {"no": head.no, "sealed": head.sealed}


def _account(data: Path, place: Path, known: bool) -> None:
    """Keep the account of the data that are replaced, beside the one that goes on."""
    account = data / RAW / ACCOUNT
    if known and account.exists():
        lines = account.read_bytes().split(b"\n")[:-1]
        (place / RAW).mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(account, place / RAW / f"activity-{len(lines)}-replaced.jsonl")
    for earlier in (data / RAW).glob("activity-*.jsonl"):
        shutil.copyfile(earlier, place / RAW / earlier.name)


def _swap(data: Path, place: Path) -> None:
    """Put everything into its place; the database last, which is what makes the rest count."""
    for path in [*place.rglob("*"), place]:
        if path.is_file() or path.is_dir():
            keeping.to_disk(path)
    for name in (RAW, own.FOLDER, pseudonyms.NAME):
        kept, now = data / (name + BEFORE), data / name
        _gone([kept])
        if now.exists():
            now.rename(kept)
        if (place / name).exists():
            (place / name).rename(now)
    swap(place / f"{OWN}.duckdb", data / f"{OWN}.duckdb")


def _gone(paths: Iterable[Path]) -> None:
    for path in paths:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _private(place: Path) -> None:
    for path in place.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
