"""A batch in the database: what it is made of, how its rows are written, and which snapshots it takes the place of."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from metrics import activity, schema
from metrics.activity import Event
from metrics.errors import EvenkeelError
from metrics.schema import LINEAGE, Table, quote, text

Cursor = duckdb.DuckDBPyConnection

FILES, ROWS = "files", "rows"
PERSONAL_KINDS = ("complaint", "statement", "answers", "staff_answers")
HELD_BACK = ("corrections", "mapping", "mappings")  # answers that may hold what a cell holds
LANDED, ROLLED_BACK, RESTORED = "landed", "rolled_back", "restored"


@dataclass(frozen=True)
class BatchFile:
    """One sheet of one file: where it came from, how it was mapped, what became of its rows."""

    name: str
    sha256: str
    sheet: str
    table: str
    mapping: Mapping[str, object]
    rows_read: int
    accepted: int
    set_aside: int
    ignored: int
    sums: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A file as the user gave it: `sha256` is of its own bytes, `tables` of the tables that it holds or packs."""

    path: Path
    name: str
    sha256: str
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewBatch:
    """One command or one upload: who, the answers given, and its files.

    `how` says from what it can be landed again: `files` (its `sources`, read with the answers and the mappings
    `kept` for their senders) or `rows` (the rows themselves). `number` and `landed_at` are set only where it is
    landed again.
    """

    who: str
    answers: Mapping[str, object]
    files: tuple[BatchFile, ...]
    sources: tuple[Source, ...] = ()
    how: str = ROWS
    kept: Mapping[str, object] = field(default_factory=dict)
    number: int | None = None
    landed_at: datetime | None = None


@dataclass(frozen=True)
class SetAside:
    """A row that could not be read: its place, the value and the reason (a key of the catalogues)."""

    file_no: int
    sheet: str
    row_no: int
    column: str
    value: str
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)


def number(cursor: Cursor, batch: NewBatch, trial: bool = False) -> int:
    """The number that a batch gets; a trial takes none away, and a batch that is landed again keeps its own."""
    if trial:
        return int(cursor.execute("SELECT coalesce(max(batch_id), 0) + 1 FROM batches").fetchall()[0][0])
    found = 0
    while found < (batch.number or 1):
        found = int(cursor.execute("SELECT nextval('batch_ids')").fetchall()[0][0])
    return found


def write(
    cursor: Cursor, no: int, batch: NewBatch, set_aside: Iterable[SetAside], landed: Mapping[str, object]
) -> None:
    """Write the batch and its files, and the rows set aside that are given; `landed` is what the ledger says of it."""
    at = batch.landed_at or datetime.now(UTC).replace(tzinfo=None)
    cursor.execute("INSERT INTO batches VALUES (?, ?, ?, 'live', ?)", [no, at, batch.who, plain(batch.answers)])
    for file_no, file in enumerate(batch.files, start=1):
        counts = [file.rows_read, file.accepted, file.set_aside, file.ignored]
        texts = [file.name, file.sha256, file.sheet, file.table, plain(file.mapping)]
        places = ", ".join("?" * 13)
        row = [no, file_no, *texts, *counts, plain(file.sums), plain(file.notes)]
        cursor.execute("INSERT INTO batch_files VALUES (" + places + ")", row)
    rows = [[no, a.file_no, a.sheet, a.row_no, a.column, a.value, a.reason, plain(a.params)] for a in set_aside]
    if rows:
        cursor.executemany("INSERT INTO set_aside VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    log(cursor, no, LANDED, at, batch.who)
    if batch.number is None:  # what is landed again has its entry already
        for one in _events(no, batch, landed):
            activity.add(cursor, one, batch.who)


def _events(no: int, batch: NewBatch, landed: Mapping[str, object]) -> list[Event]:
    """What the account says of a batch: its files, where their rows went, how they were read, which cells were not.

    Neither a cell nor what was put in its place is told, only where it stands; codes of a mapping are told by a hash.
    """
    files = [
        {"file": _called(f), "sheet": f.sheet, "table": f.table, "sha256": f.sha256, "rows": f.rows_read,
         "taken": f.accepted, "set_aside": f.set_aside, "ignored": f.ignored, "columns": f.mapping.get("columns", {}),
         "mapping": _hash({name: value for name, value in f.mapping.items() if name not in HELD_BACK})}
        for f in batch.files
    ]  # fmt: skip
    answers = {name: value for name, value in batch.answers.items() if name not in HELD_BACK}
    read = batch.how == FILES or any("shape" in file.mapping for file in batch.files)  # files that are not kept too
    what = "upload" if read else "rows"
    told = [Event(what, str(no), after={"files": files, "answers": answers, "landed": landed}, batch=no)]
    corrections: Any = batch.answers.get("corrections", ())
    corrected = [{"file": sha256, "sheet": sheet, "row": row, "column": place}
                 for sha256, sheet, row, place, _ in corrections]  # fmt: skip
    if corrected:
        told.append(Event("override", str(no), after={"cells": corrected}, batch=no))
    return told


def _called(file: BatchFile) -> str:
    """A file's name; what was typed in about a person is called by its kind alone, for its number leads there."""
    kind = file.name.partition(" ")[0]
    return kind if not file.mapping and kind in PERSONAL_KINDS else file.name


def _hash(value: object) -> str:
    return hashlib.sha256(plain(value).encode()).hexdigest()


def log(cursor: Cursor, no: int, event: str, at: datetime | None = None, who: str = "") -> None:
    """Write what happened to a batch; the state of the data that it led to (the next epoch) gives the order."""
    at = at or datetime.now(UTC).replace(tzinfo=None)
    cursor.execute(
        "INSERT INTO batch_events SELECT value + 1, ?, ?, ?, ? FROM meta WHERE name = 'epoch'", [no, event, at, who]
    )


def turn(cursor: Cursor, batch: int, before: str, event: str, who: str) -> None:
    """Take a batch out or bring it back, where its status is `before`.

    Raises:
        EvenkeelError: no such batch, or it has another status; or it cannot come back beside what landed since.
    """
    status = cursor.execute("SELECT status::VARCHAR FROM batches WHERE batch_id = ?", [batch]).fetchall()
    if not status:
        raise EvenkeelError("errors.no_such_batch", batch=str(batch))
    if status[0][0] != before:
        key = "errors.batch_not_live" if before == "live" else "errors.batch_is_live"
        raise EvenkeelError(key, batch=str(batch))
    if event == RESTORED:
        other = rebuilt_beside(cursor, batch)
        if other is not None:
            raise EvenkeelError("errors.restore_rebuilt", batch=str(batch), other=str(other))
        replace_anew(cursor, batch)
    after = "live" if event == RESTORED else "rolled_back"
    cursor.execute("UPDATE batches SET status = ? WHERE batch_id = ?", [after, batch])
    log(cursor, batch, event, who=who)
    what = "bring_back" if event == RESTORED else "take_out"
    activity.add(cursor, Event(what, str(batch), {"status": before}, {"status": after}, batch), who)


def log_earlier(cursor: Cursor, no: int) -> None:
    """Write what is known of a batch of a version that kept no log: it landed, and may have been rolled back since."""
    cursor.execute(
        """INSERT INTO batch_events
        WITH b AS (FROM batches WHERE batch_id = $no),
        told AS (
            SELECT batch_id AS at_epoch, 'landed' AS event, landed_at, who FROM b
            UNION ALL SELECT greatest(batch_id, (SELECT value FROM meta WHERE name = 'epoch')), 'rolled_back',
                landed_at, '' FROM b WHERE status = 'rolled_back')
        SELECT at_epoch, $no, event, landed_at, who FROM told ANTI JOIN batch_events AS e ON e.batch_id = $no""",
        {"no": no},
    )


def insert(cursor: Cursor, no: int, table: Table, source: str) -> None:
    """Append a batch's rows of one table, and note the snapshots that they replace."""
    described = cursor.execute("DESCRIBE " + quote(source)).fetchall()
    columns = [row[0] for row in described if row[0] in table.columns or row[0] in LINEAGE[1:]]
    names = ", ".join(quote(column) for column in columns)
    cursor.execute(
        f"INSERT INTO facts.{quote(table.name)} ({names}, batch_id) SELECT {names}, ? FROM {quote(source)}",
        [no],
    )
    if table.replace:
        replace(cursor, no, table)


def replace(cursor: Cursor, no: int, table: Table) -> None:
    """Note the snapshots whose place a batch takes, those of batches that do not count now among them.

    A batch that was rolled back may be brought back: it must not stand beside the later one then.
    """
    rows = f"facts.{quote(table.name)}"
    cursor.execute(
        f"""INSERT INTO replaced
        SELECT $no, $table, * FROM ({snapshots(table, f"{rows} WHERE batch_id = $no", f"{rows} WHERE batch_id < $no")})
        EXCEPT SELECT batch_id, table_name, institution_id, as_of, branch_id FROM replaced WHERE batch_id = $no""",
        {"no": no, "table": table.name},
    )


def replace_anew(cursor: Cursor, no: int) -> None:
    """Note again which snapshots a batch and those after it replace; earlier versions left out what was rolled back."""
    for table in schema.tables().values():
        if table.replace:
            later = f"SELECT DISTINCT batch_id FROM facts.{quote(table.name)} WHERE batch_id >= ? ORDER BY 1"
            for (found,) in cursor.execute(later, [no]).fetchall():
                replace(cursor, found, table)


def snapshots(table: Table, new: str, old: str) -> str:
    """A query for institution, day and branch of the snapshots in `old` whose place those in `new` take.

    They are of the same day, or were reconstructed for the month of a real one.
    """
    keys, same = ["institution_id", "as_of"], "o.as_of = n.as_of"
    if "branch_id" in table.replace:
        keys, same = [*keys, "branch_id"], same + " AND o.branch_id IS NOT DISTINCT FROM n.branch_id"
    if "origin" in table.columns:
        # A real snapshot may be of another day than the month-end that was reconstructed for want of one.
        keys = [*keys, "origin"]
        same = f"""({same} AND (o.origin = 'reconstructed' OR n.origin IS DISTINCT FROM 'reconstructed'))
            OR (o.origin = 'reconstructed' AND n.origin IS DISTINCT FROM 'reconstructed'
                AND last_day(o.as_of) = last_day(n.as_of))"""
    columns = ", ".join(quote(key) for key in keys)
    branch = "o.branch_id" if "branch_id" in table.replace else "NULL::VARCHAR"
    return f"""WITH new AS (SELECT DISTINCT {columns} FROM {new}), old AS (SELECT DISTINCT {columns} FROM {old})
        SELECT DISTINCT o.institution_id, o.as_of, {branch} AS branch_id
        FROM new AS n JOIN old AS o ON o.institution_id = n.institution_id AND ({same})"""


def rebuilt_beside(cursor: Cursor, no: int) -> int | None:
    """The live batch that holds the same month of the loan book otherwise: one rebuilt it, the other has it real.

    Only a real snapshot that lands after a rebuilt one takes its place; in the other order both would count.
    """
    month = "institution_id, last_day(as_of) AS month, coalesce(origin = 'reconstructed', false) AS rebuilt"
    found = cursor.execute(
        f"""WITH own AS (SELECT DISTINCT {month} FROM facts.loans WHERE batch_id = $no),
        others AS (SELECT DISTINCT batch_id, {month} FROM loans WHERE batch_id <> $no)
        SELECT min(batch_id) FROM own AS n JOIN others AS o USING (institution_id, month)
        WHERE n.rebuilt <> o.rebuilt AND if(n.rebuilt, $no > o.batch_id, o.batch_id > $no)""",
        {"no": no},
    ).fetchall()[0][0]
    return None if found is None else int(found)


def taken(cursor: Cursor, table: Table) -> None:
    """Make the temporary table `taken`: the snapshots that count and whose place the rows of `in_TABLE` would take."""
    query = snapshots(table, quote("in_" + table.name), quote(table.name))
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE taken AS {query}")


def write_rows(cursor: Cursor, no: int, place: Path) -> list[tuple[str, Path]]:
    """Write the rows of a batch and those set aside as Parquet, one file a table, into a folder of staging."""
    found = []
    for table in [*schema.tables(), "set_aside"]:
        rows = quote(table) if table == "set_aside" else f"facts.{quote(table)}"
        if cursor.execute(f"SELECT 1 FROM {rows} WHERE batch_id = ? LIMIT 1", [no]).fetchall():
            path = place / f"{table}.parquet"
            cursor.execute(
                f"""COPY (SELECT * EXCLUDE (batch_id) FROM {rows} WHERE batch_id = $no ORDER BY file_no, row_no)
                TO {text(str(path.resolve()))} (FORMAT parquet)""",
                {"no": no},
            )
            found.append((table, path))
    return found


def plain(value: object) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, default=str)
