"""The backups that there are: each a folder that counts once its manifest can be read and holds its own seal."""

import datetime
import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from metrics import keeping, likeness
from metrics.configuration import configuration
from metrics.errors import EvenkeelError
from metrics.ingest import progress
from metrics.schema import text
from metrics.store import OWN, Cursor

MANIFEST, DATABASE, RAW = "manifest.json", "database", "raw"
FORMAT = 1
PREFIX, PART = "evenkeel-", ".part"
ENGINE = duckdb.__version__


@dataclass(frozen=True)
class Backup:
    """A backup as its manifest tells it; `made_at` is UTC, `bytes` of all its files."""

    path: Path
    told: dict[str, Any]

    @property
    def made_at(self) -> datetime.datetime:
        """When its state was read."""
        return datetime.datetime.fromisoformat(self.told["made_at"])

    @property
    def bytes(self) -> int:
        """How much room it takes, files that it shares with others counted whole."""
        return sum(size for size, _ in self.told["files"].values())


def folder(data: Path) -> Path:
    """Where backups go unless another place is said."""
    named = configuration().backup_to
    return Path(named) if named else data / "backups"


def known(data: Path) -> list[Backup]:
    """The backups in the usual folder of a data folder, the newest first; what cannot be read is none."""
    found = []
    for path in folder(data).glob(PREFIX + "*"):
        if not path.name.endswith(PART):
            try:
                found.append(opened(path))
            except EvenkeelError:
                continue
    return sorted(found, key=lambda one: one.path.name, reverse=True)


def elsewhere(cursor: Cursor) -> list[str]:
    """The folders other than the usual one into which backups were made, as the account tells."""
    rows = cursor.execute(
        "SELECT DISTINCT told_after ->> 'folder' AS place FROM activity WHERE what = 'backup' ORDER BY 1"
    ).fetchall()
    return [str(row[0]) for row in rows if row[0]]


def forget(paths: Iterable[Path]) -> None:
    """Take backups away: first the name that makes them count."""
    for path in paths:
        gone = path.with_name(path.name + PART)
        path.rename(gone)
        shutil.rmtree(gone)


def opened(path: Path) -> Backup:
    """The backup in a folder, by its manifest alone.

    Raises:
        EvenkeelError: there is none, its manifest is not as it was written, or a newer version wrote it.
    """
    file = path / MANIFEST
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        sealed = told.pop("sealed")
        sound = isinstance(told, dict) and sealed == seal(told)
    except FileNotFoundError as error:
        raise EvenkeelError("backup.none_there", path=str(path)) from error
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise EvenkeelError("backup.damaged", path=str(path), file=MANIFEST) from error
    if not sound:
        raise EvenkeelError("backup.damaged", path=str(path), file=MANIFEST)
    if told["format"] > FORMAT:
        raise EvenkeelError("backup.newer", path=str(path))
    return Backup(path, told)


def verified(path: Path) -> Backup:
    """The backup in a folder, every file of it read and held against its sum.

    Raises:
        EvenkeelError: as `opened`; or a file is missing or not as it was written: names it.
    """
    found = opened(path)
    done, total = 0, found.bytes or 1
    for name, (size, sha256) in found.told["files"].items():
        progress.at("backup.stage_verify", done / total)
        file = path / name
        if not file.is_file() or file.stat().st_size != size or keeping.digest(file) != sha256:
            raise EvenkeelError("backup.damaged", path=str(path), file=name)
        done += size
    return found


def read_back(database: Path, place: Path, name: str = OWN) -> Path:
    """Make a database file in a folder from a backup's tables, which stand in it or below; returns its path.

    Raises:
        EvenkeelError: the tables do not make one.
    """
    path = place / f"{name}.duckdb"
    try:
        with likeness.alone(path, place) as cursor:
            cursor.execute(f"IMPORT DATABASE {text(str(database.resolve()))}")
    except duckdb.Error as error:
        raise EvenkeelError("backup.not_read", reason=str(error).splitlines()[0][:200]) from error
    return path


def seal(told: dict[str, Any]) -> str:
    """The sum that seals what a manifest tells."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
