"""A batch as it was landed, told again: its files, how they were read, the answers, and what happened to it since."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from metrics.ingest.told import Note, read_note
from metrics.store import Store

# Answers that a reader gave in so many words; what else an import keeps says how it was done, not what was asked.
ANSWERS = ("as_of", "institution", "table", "sheet", "date_order", "decimal", "percent", "calendar", "accept_new",
           "replace", "likely", "repeated")  # fmt: skip


@dataclass(frozen=True)
class SheetTold:
    """One sheet of a batch: counts, sums by column, (heading, column) of what was read, notes and repairs."""

    file: str
    sheet: str
    table: str
    rows_read: int
    accepted: int
    set_aside: int
    ignored: int
    sums: Mapping[str, float]
    columns: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class EventTold:
    """What happened to a batch (landed, rolled_back, restored), when (UTC), and by whom; blank where not known."""

    event: str
    at: datetime.datetime
    who: str


@dataclass(frozen=True)
class BatchTold:
    """A batch: its sheets, the answers by name, the number of cells corrected, what happened."""

    number: int
    sheets: tuple[SheetTold, ...]
    answers: Mapping[str, str]
    corrected: int
    events: tuple[EventTold, ...]


def tell(store: Store, batch: int) -> BatchTold:
    """Everything that is kept of how a batch came about."""
    cursor = store.cursor()
    kept = cursor.execute("SELECT answers FROM batches WHERE batch_id = ?", [batch]).fetchall()[0][0]
    answers: dict[str, Any] = json.loads(kept or "{}")
    files = cursor.execute(
        """SELECT name, coalesce(sheet, ''), table_name, rows_read, accepted, set_aside, ignored, sums, mapping, notes
        FROM batch_files WHERE batch_id = ? ORDER BY file_no""",
        [batch],
    ).fetchall()
    events = cursor.execute(
        "SELECT event, event_at, who FROM batch_events WHERE batch_id = ? ORDER BY event_no", [batch]
    ).fetchall()
    cursor.close()
    return BatchTold(
        batch, tuple(_sheet(*file) for file in files),
        {name: _plain(answers[name]) for name in ANSWERS if name in answers},
        len(answers.get("corrections", ())), tuple(EventTold(*event) for event in events),
    )  # fmt: skip


def _sheet(
    file: str, sheet: str, table: str, read: int, accepted: int, aside: int, ignored: int,
    sums: str, mapping: str, notes: str,
) -> SheetTold:  # fmt: skip
    how = json.loads(mapping or "{}")
    columns = how.get("columns")
    read_as = columns.items() if isinstance(columns, dict) else ()
    pairs = tuple((str(heading), str(column)) for column, heading in read_as)
    lines = tuple(read_note(line) for line in json.loads(notes or "[]"))
    return SheetTold(file, sheet, table, read, accepted, aside, ignored, json.loads(sums or "{}"), pairs, lines)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return str(value[0]) if value else ""
    return "yes" if value is True else str(value)
