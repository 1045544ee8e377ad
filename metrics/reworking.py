"""Batches done again: the command `build --from-raw`.

A database built from raw holds every batch under its own number: files are read again with the answers that were
given, rows that never came from a file (typed ones, scorecards, a history that was rebuilt, a copy of the sample) are
landed again as they were kept; what was rolled back is rolled back again, in the order in which it happened.
Records and the account, people's roles with it, come from the files that follow the database. What no file can tell
(saved policies, mappings kept for senders) is copied from the former database, where there is one.
"""

import argparse
import json
import os
import shutil
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from metrics import activity, commands, ingest, journal, keeping, measures, own, restoring, witness
from metrics import batch as batches
from metrics.activity import Event
from metrics.batch import FILES, LANDED, RESTORED, ROLLED_BACK, ROWS, BatchFile, NewBatch
from metrics.errors import EvenkeelError
from metrics.ingest import kept, landing, recorded
from metrics.schema import quote, text
from metrics.speaking import LANGUAGE, tell
from metrics.store import OWN, Cursor, Store

OF_BATCHES = {"meta", "batches", "batch_files", "set_aside", "replaced", "batch_events", "batch_records",
              "ledger"}  # fmt: skip
Told = dict[str, Any]


def build(chosen: argparse.Namespace) -> int:
    """Recompute all measures; with --from-raw, make the whole database anew."""
    if not chosen.from_raw:
        return commands.build(chosen)
    if chosen.stores is not None:
        raise EvenkeelError("errors.raw_app_runs")
    n = from_raw(chosen.data)
    tell("rebuilt_from_raw", n=n, before=f"{OWN}.duckdb.before")
    return 0


def from_raw(data: Path) -> int:
    """Make the database of a data folder anew from what is kept of its batches; returns how many batches it has.

    The new one takes the old one's place at once; the old one stays as `evenkeel.duckdb.before` until the new one has
    been opened.

    Raises:
        BusyError: another process has it open.
        EvenkeelError: a kept file is missing or damaged, or a batch can no longer be read; nothing is changed.
    """
    raw, place = data / "raw", data / "staging" / f"rebuild-{uuid.uuid4().hex}"
    with restoring.former(data) as former:
        told = keeping.told(raw)
        if not told:
            raise EvenkeelError("errors.raw_nothing", path=str(data))
        _check(raw, told)
        place.mkdir(parents=True)
        try:
            if (data / own.FOLDER).exists():
                shutil.copytree(data / own.FOLDER, place / own.FOLDER)
            with closing(Store.open(place, "rebuilt")) as new:
                known = _replay(new, raw, told, place)
                new.write(lambda cursor: _complete(cursor, told, known, former, raw))
                measures.ensure(new.cursor())
            if former is not None:
                former.close()
            restoring.swap(new.path, data / f"{OWN}.duckdb")
        finally:
            shutil.rmtree(place, ignore_errors=True)
            own.use(data)
    return len(told)


def _check(raw: Path, told: Iterable[Told]) -> None:
    """Hold the folder to having every file, whole."""
    sound: set[str] = set()
    for one in told:
        for file in one["files"]:
            path = raw / file["sha256"]
            if file["sha256"] not in sound and (not path.exists() or keeping.digest(path) != file["sha256"]):
                raise EvenkeelError(
                    "errors.raw_missing", file=file["name"], batch=str(one["number"]), sha256=file["sha256"]
                )
            sound.add(file["sha256"])


def _replay(new: Store, raw: Path, told: Iterable[Told], place: Path) -> dict[str, Any]:
    """Do all that happened once more, in its order; returns the mappings that were kept on the way."""
    by_number = {int(one["number"]): one for one in told}
    happened = [(int(e["no"]), e["event"], number) for number, one in by_number.items() for e in one["events"]]
    known: dict[str, Any] = {}
    for _, group in groupby(sorted(happened), key=lambda one: one[0]):
        acts = {event: number for _, event, number in group}
        out, back = acts.get(ROLLED_BACK), acts.get(RESTORED)
        if LANDED in acts:
            _land(new, raw, by_number[acts[LANDED]], place, out)
            known |= _mappings(new)
        elif out is not None:
            new.rollback(out)
        elif back is not None:
            new.restore(back)
    return known


def _mappings(store: Store) -> dict[str, Any]:
    there = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'kept_mappings'"
    with closing(store.cursor()) as cursor:
        if not cursor.execute(there).fetchall()[0][0]:
            return {}
        rows = cursor.execute("SELECT fingerprint, mapping FROM kept_mappings ORDER BY saved_at").fetchall()
    return {name: json.loads(content) for name, content in rows}


def _land(new: Store, raw: Path, one: Told, place: Path, instead_of: int | None) -> None:
    folder = place / "staging" / f"again-{one['number']}"
    try:
        if one["how"] == FILES:
            _from_files(new, one, _links(raw, one, folder), instead_of)
        else:
            _from_rows(new, one, _links(raw, one, folder), instead_of)
    except EvenkeelError as error:
        reason = error.text(LANGUAGE)
        raise EvenkeelError("errors.raw_read_otherwise", batch=str(one["number"]), reason=reason) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _links(raw: Path, one: Told, folder: Path) -> list[Path]:
    """The files of a batch under the names that they had."""
    found = []
    for number, file in enumerate(one["files"], start=1):
        path = folder / str(number) / file["name"]
        path.parent.mkdir(parents=True)
        try:
            os.link(raw / file["sha256"], path)
        except OSError:  # a file system without links
            shutil.copyfile(raw / file["sha256"], path)
        found.append(path)
    return found


def _from_files(new: Store, one: Told, paths: list[Path], instead_of: int | None) -> None:
    new.write(lambda cursor: kept.put(cursor, one["kept"], one["who"]))
    seen = ingest.preview(new, paths, recorded.options(one["answers"]), instead_of=instead_of)
    with closing(seen.cursor):
        landed = landing.land(new, seen, one["who"], int(one["number"]), datetime.fromisoformat(one["landed_at"]))
    assert landed.batch_id == one["number"], "a batch is landed again under its own number"


def _from_rows(new: Store, one: Told, paths: list[Path], instead_of: int | None) -> None:
    cursor = new.cursor()
    frames: dict[str, str] = {}
    for file, path in zip(one["files"], paths, strict=True):
        if "rows" in file:
            frames[file["rows"]] = f"again_{file['rows']}"
            cursor.execute(
                f"CREATE OR REPLACE TEMP TABLE {quote(frames[file['rows']])} AS "
                f"FROM read_parquet({text(str(path.resolve()))})"
            )
    aside = frames.pop("set_aside", None)

    def after(cursor: Cursor, number: int) -> None:
        if aside is not None:
            cursor.execute(f"INSERT INTO set_aside BY NAME SELECT ? AS batch_id, * FROM {quote(aside)}", [number])

    sheets = tuple(_sheet(sheet) for sheet in one["sheets"])
    at = datetime.fromisoformat(one["landed_at"])
    batch = NewBatch(one["who"], one["answers"], sheets, (), ROWS, one["kept"], int(one["number"]), at)
    with closing(cursor):
        new.land(batch, frames, cursor, after=after, instead_of=instead_of)


def _sheet(told: Mapping[str, Any]) -> BatchFile:
    names = {"table_name": "table"}
    given = {names.get(name, name): value for name, value in told.items()}
    return BatchFile(**given | {"notes": tuple(given["notes"])})


def _complete(
    cursor: Cursor, told: Sequence[Told], known: Mapping[str, Any], former: Store | None, raw: Path
) -> None:
    """What landing again does not bring: the log of the batches as it was, and what stands beside them."""
    cursor.execute("DELETE FROM batch_events")
    cursor.execute("DELETE FROM batch_records")
    for one in told:
        row = [one["number"], one["how"], batches.plain(one["files"]), batches.plain(one["kept"])]
        cursor.execute("INSERT INTO batch_records VALUES (?, ?, ?, ?)", row)
        for event in one["events"]:
            row = [event["no"], one["number"], event["event"], event["at"], event["who"]]
            cursor.execute("INSERT INTO batch_events VALUES (?, ?, ?, ?, ?)", row)
    cursor.execute("UPDATE meta SET value = (SELECT max(event_no) FROM batch_events) WHERE name = 'epoch'")
    kept.put(cursor, known, "")
    if former is None:
        journal.replay(cursor, raw)
        journal.replay_policies(cursor, raw)
        witness.replay(cursor, raw)
    else:
        with closing(former.cursor()) as source:
            _copy(source, cursor)
    activity.add(cursor, Event("rebuild", "raw", after={"batches": [one["number"] for one in told]}))


def _copy(source: Cursor, target: Cursor) -> None:
    """Copy what is not made of batches, the state of the data and the next number among it."""
    there = """SELECT table_name, sql FROM duckdb_tables() WHERE schema_name = 'main' AND NOT temporary"""
    has = {name for name, _ in target.execute(there).fetchall()}
    for table in source.execute(there).df().itertuples():
        name = str(table.table_name)
        if name in OF_BATCHES:
            continue
        if name not in has:
            target.execute(str(table.sql))
        target.execute(f"DELETE FROM {quote(name)}")
        rows = source.execute(f"SELECT * FROM {quote(name)}").fetchall()
        if rows:
            places = ", ".join("?" * len(rows[0]))
            target.executemany(f"INSERT INTO {quote(name)} VALUES ({places})", rows)
    epoch = source.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchall()[0][0]
    target.execute("UPDATE meta SET value = greatest(value, ?) WHERE name = 'epoch'", [epoch])
    sequence = "SELECT coalesce(last_value, 0) FROM duckdb_sequences() WHERE sequence_name = 'batch_ids'"
    at, wanted = (one.execute(sequence).fetchall()[0][0] for one in (target, source))
    while at < wanted:
        at = target.execute("SELECT nextval('batch_ids')").fetchall()[0][0]
