"""What is kept of every batch beside the database, in the folder `raw`: enough to land all of them again.

`raw/SHA256` is a file as the user gave it (a packed one stays packed), kept once. `raw/batches/NUMBER.json` says what
a batch is made of: who, when, its files in their order, the answers, the mappings that were kept for the senders, and
what happened to it since. A batch that does not come from files (rows typed on Settings, a scorecard, a history that
was rebuilt, a copy of the sample) has its rows kept instead, one Parquet file a table, and is landed again from them.

Order of writing: `NUMBER.json.new` with what is about to come, the files, the transaction's commit, and only then the
name `NUMBER.json`. What a killed process left is told apart by that name: a `.new` whose batch is not in the database
was never acknowledged, and goes with the files that nobody else names.
"""

import hashlib
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from metrics import batch as batches
from metrics.batch import FILES, ROWS, Cursor, NewBatch, Source
from metrics.errors import EvenkeelError

COLUMNS = ("name", "sha256", "sheet", "table_name", "mapping", "rows_read", "accepted", "set_aside", "ignored",
           "sums", "notes")  # fmt: skip
PENDING = ".new"
TEMPORARY = ".part"
# Folders of work that a killed process left in the staging folder; those of uploads are their readers'.
WORK = re.compile(r"[0-9a-f]{32}|(rows|rebuild|migrate|compact)-[0-9a-f]{32}")
SECONDS_KEPT = 86400


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def record(cursor: Cursor, raw: Path | None, staging: Path, number: int, batch: NewBatch) -> None:
    """Keep a batch that is about to be committed: what it is made of, in the database and in the folder.

    Raises:
        EvenkeelError: a file is gone or has changed since it was read, or there is no room.
    """
    sources = [(source.path, _described(source)) for source in batch.sources]
    place = staging / f"rows-{uuid.uuid4().hex}"
    try:
        if batch.how == ROWS and raw is not None:
            sources += _rows(cursor, number, place)
        row = [number, batch.how, batches.plain([told for _, told in sources]), batches.plain(batch.kept)]
        cursor.execute("INSERT INTO batch_records VALUES (?, ?, ?, ?)", row)
        announce(cursor, raw, number)
        if raw is not None:
            for path, told in sources:
                _keep(raw, path, told)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _described(source: Source) -> dict[str, Any]:
    return {"name": source.name, "sha256": source.sha256, "tables": list(source.tables)}


def _rows(cursor: Cursor, number: int, place: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The rows of a batch as files, with what is said of each."""
    place.mkdir(parents=True)
    return [
        (path, {"name": path.name, "sha256": digest(path), "rows": table})
        for table, path in batches.write_rows(cursor, number, place)
    ]


def _keep(raw: Path, path: Path, told: dict[str, Any]) -> None:
    """Copy a file into the folder under its sum, unless it is there."""
    target = raw / told["sha256"]
    if target.exists():
        return
    part = target.with_name(target.name + TEMPORARY)
    try:
        with path.open("rb") as source, open(part, "wb", opener=_private) as out:
            shutil.copyfileobj(source, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise EvenkeelError("errors.raw_not_kept", file=told["name"], reason=error.strerror or "") from error
    if digest(part) != told["sha256"]:
        raise EvenkeelError("errors.raw_changed", file=told["name"])
    part.rename(target)
    to_disk(raw)


def announce(cursor: Cursor, raw: Path | None, number: int) -> None:
    """Write a batch's description as the open transaction has it, under the name of what is not committed yet."""
    if raw is None:
        return
    for folder in (raw, raw / "batches"):
        if not folder.exists():
            folder.mkdir(mode=0o700)
    _write(_path(raw, number).with_suffix(".json" + PENDING), describe(cursor, number))


def settle(raw: Path | None, numbers: Iterable[int]) -> None:
    """After the commit: what was announced holds. What fails here is made good when the database is next opened."""
    if raw is None:
        return
    for number in numbers:
        with suppress(OSError):
            _path(raw, number).with_suffix(".json" + PENDING).replace(_path(raw, number))


def undo(raw: Path | None, numbers: Iterable[int]) -> None:
    """Nothing was committed: take away what was announced, and its files where no other batch has them."""
    if raw is None:
        return
    for number in numbers:
        pending = _path(raw, number).with_suffix(".json" + PENDING)
        told = _read(pending)
        pending.unlink(missing_ok=True)
        named = {file["sha256"] for path in (raw / "batches").glob("*.json") for file in _read(path).get("files", ())}
        for sha256 in {file["sha256"] for file in told.get("files", ())} - named:
            (raw / sha256).unlink(missing_ok=True)
            (raw / f"{sha256}{TEMPORARY}").unlink(missing_ok=True)


def reconcile(cursor: Cursor, raw: Path | None, staging: Path) -> list[int]:
    """Make the folder say what the database says, which alone knows what was committed.

    Batches of an earlier version, of which nothing is kept, have their rows kept now. Returns the batches to `settle`
    once this is committed.
    """
    if raw is None:
        return []
    known = [row[0] for row in cursor.execute("SELECT batch_id FROM batches ORDER BY 1").fetchall()]
    pending = {int(path.name.partition(".")[0]) for path in (raw / "batches").glob("*.json" + PENDING)}
    undo(raw, pending - set(known))
    _sweep(staging)
    for path in (*raw.glob("*" + TEMPORARY), *raw.glob("batches/*" + TEMPORARY)):
        path.unlink()
    recorded = {row[0] for row in cursor.execute("SELECT batch_id FROM batch_records").fetchall()}
    for number in known:
        if number not in recorded:
            batches.log_earlier(cursor, number)
            record(cursor, raw, staging, number, NewBatch("", {}, ()))
        elif number in pending or _read(_path(raw, number)) != describe(cursor, number):
            announce(cursor, raw, number)
        else:
            continue
        pending.add(number)
    return sorted(pending & set(known))


def _sweep(staging: Path) -> None:
    """Take away what killed processes left in the staging folder a day ago or more; newer work may still go on."""
    for path in staging.iterdir():
        if WORK.fullmatch(path.name) and time.time() - path.stat().st_mtime > SECONDS_KEPT:
            shutil.rmtree(path, ignore_errors=True)


def describe(cursor: Cursor, number: int) -> dict[str, Any]:
    """What `NUMBER.json` says of a batch: plain values."""
    at, who, status, answers, how, files, kept = cursor.execute(
        """SELECT landed_at::VARCHAR, who, status::VARCHAR, answers, how, sources, kept
        FROM batches JOIN batch_records USING (batch_id) WHERE batch_id = ?""",
        [number],
    ).fetchall()[0]
    told = {
        "number": number, "landed_at": at, "who": who, "status": status, "how": how, "files": json.loads(files),
        "answers": json.loads(answers), "kept": json.loads(kept), "events": _events(cursor, number),
    }  # fmt: skip
    return told if how == FILES else told | {"sheets": _sheets(cursor, number)}


def _events(cursor: Cursor, number: int) -> list[dict[str, Any]]:
    rows = cursor.execute(
        "SELECT event_no, event, event_at::VARCHAR, who FROM batch_events WHERE batch_id = ? ORDER BY event_no",
        [number],
    ).fetchall()
    return [{"no": no, "event": event, "at": at, "who": who} for no, event, at, who in rows]


def _sheets(cursor: Cursor, number: int) -> list[dict[str, Any]]:
    """The lines of `batch_files`, where no file can give them again."""
    rows = cursor.execute(
        "SELECT " + ", ".join(COLUMNS) + " FROM batch_files WHERE batch_id = ? ORDER BY file_no", [number]
    ).fetchall()
    parsed = ("mapping", "sums", "notes")
    return [
        {name: json.loads(value) if name in parsed else value for name, value in zip(COLUMNS, row, strict=True)}
        for row in rows
    ]


def told(raw: Path) -> list[dict[str, Any]]:
    """The descriptions of all batches in the folder, by number.

    Raises:
        EvenkeelError: one cannot be read.
    """
    found = {path: _read(path) for path in (raw / "batches").glob("*.json")}
    for path, content in found.items():
        if not content:
            raise EvenkeelError("errors.raw_unreadable", file=path.name)
    return sorted(found.values(), key=lambda content: int(content["number"]))


def numbers(raw: Path) -> set[int]:
    """The numbers of all batches that the folder says were committed."""
    return {int(path.stem) for path in (raw / "batches").glob("*.json") if path.stem.isdecimal()}


def _path(raw: Path, number: int) -> Path:
    return raw / "batches" / f"{number}.json"


def _read(path: Path) -> dict[str, Any]:
    """A description; empty where there is none or a killed process wrote but half of it."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _write(path: Path, content: dict[str, Any]) -> None:
    part = path.with_name(path.name + TEMPORARY)
    with open(part, "w", encoding="utf-8", opener=_private) as out:
        json.dump(content, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
