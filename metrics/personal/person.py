"""An access request: everything that is kept about one client, for the client to read, as a workbook or as JSON.

Every table and every batch is looked through, also those that were taken out and count no more. The account says that
it was asked and how much was found; of the person it has only what the folder's key makes of the number.
"""

import io
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook

from metrics import access, classes, pseudonyms
from metrics.activity import Event
from metrics.errors import EvenkeelError, UsageError
from metrics.exporting import cell
from metrics.personal import emptying, finding
from metrics.personal.finding import Person
from metrics.store import Store
from metrics.words import say

Cursor = duckdb.DuckDBPyConnection
PLACE = ("table", "file", "batch", "row", "landed", "counts")
FORMS = ("xlsx", "json")


@dataclass(frozen=True)
class Kept:
    """One cell kept about a person: where it stands and came from, its column, its class, its value.

    `counts` says whether its batch counts; `landed` is the day on which it came in.
    """

    table: str
    file: str
    batch: int
    row: int | None
    landed: str
    counts: bool
    column: str
    kind: str
    value: Any


def about(store: Store, client: str, institution: str | None = None) -> list[Kept]:
    """Every filled cell about a client, table by table; that it was asked for is written into the account.

    Raises:
        Forbidden: the role answers no such requests.
        EvenkeelError: there is no such client, or several institutions have one.
    """
    access.need("privacy")
    with closing(store.cursor()) as cursor:
        person = finding.find(store, cursor, client, institution)
        found = [one for table, row in finding.rows(cursor, person) for one in _cells(table.name, row)]
        found += _records(cursor, person)
    rows: dict[str, int] = {}
    for one in {(one.table, one.batch, one.row) for one in found}:
        rows[one[0]] = rows.get(one[0], 0) + 1
    subject = pseudonyms.keyed(pseudonyms.key(store.path.parent), "client_id", person.client)
    store.note(Event("access", subject, after={"rows": rows}))
    return found


def known(store: Store, client: str) -> None:
    """Hold a number to being a client's.

    Raises:
        EvenkeelError: there is no such client, or several institutions have one.
    """
    access.need("privacy")
    with closing(store.cursor()) as cursor:
        finding.find(store, cursor, client)


def _cells(table: str, row: dict[str, Any]) -> list[Kept]:
    known = classes.of_table(table)
    at = (row["file"] or "", row["batch_id"], row["row_no"], f"{row['landed_at']:%Y-%m-%d}", row["status"] == "live")
    return [
        Kept(table, *at, name, known[name], value)
        for name, value in row.items()
        if name in known and value is not None
    ]


def _records(cursor: Cursor, person: Person) -> list[Kept]:
    """What people wrote down that names the person: every version."""
    wanted = emptying.plain_pattern(person.words)
    rows = cursor.execute(
        "SELECT kind, record_id, version, written_at, removed, body FROM records ORDER BY written_at"
    ).fetchall()
    return [
        Kept("records", f"{kind} {name}", 0, version, f"{at:%Y-%m-%d}", not removed, "body", classes.SENSITIVE, body)
        for kind, name, version, at, removed, body in rows
        if kind != "pack" and wanted is not None and (wanted.search(name) or wanted.search(body))
    ]


def write(found: Sequence[Kept], path: Path, language: str) -> None:
    """Write what was found to a file, .xlsx or .json by its name.

    Raises:
        UsageError: the name ends otherwise.
        EvenkeelError: the file cannot be written.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise UsageError("personal.form", name=path.name)
    try:
        path.write_bytes(data(found, form, language))
    except OSError as error:
        raise EvenkeelError("errors.not_written", path=str(path)) from error


def data(found: Sequence[Kept], form: str, language: str) -> bytes:
    """What was found as the bytes of an `xlsx` or a `json` file."""
    if form == "json":
        told = [{**vars(one), "value": one.value} for one in found]
        return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode()
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(say(language, "personal.sheet"))
    heads = [say(language, f"personal.col_{name}") for name in (*PLACE, "column", "class", "value")]
    sheet.append([cell(sheet, head, bold=True) for head in heads])
    for one in found:
        counts = say(language, "personal.counts" if one.counts else "personal.counts_not")
        kind = say(language, f"personal.class_{one.kind}")
        row = (one.table, one.file, one.batch, one.row, one.landed, counts, one.column, kind, one.value)
        sheet.append([cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
