"""Tiny files as people send them, and what an import makes of them."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from metrics import ingest, schema
from metrics.errors import InputError
from metrics.ingest import Options, Preview
from metrics.store import Store
from tests import fresh

AS_OF = datetime.date(2026, 9, 30)
HEADINGS = ("loan_id", "client_id", "branch", "disbursed_on", "disbursed_amount", "outstanding", "days_late")
FIVE = (
    ("00123", "C1", "Kolo", "2025-01-03", "1000.00", "812.50", "0"),
    ("00124", "C2", "Kolo", "2025-01-13", "2000.00", "1500.25", "35"),
    ("00125", "C3", "Baro", "2025-02-14", "500.00", "418.00", "0"),
    ("00126", "C4", "Baro", "2025-03-25", "3000.00", "2812.28", "95"),
    ("00127", "C5", "Kolo", "2025-03-31", "1000.00", "1000.00", "0"),
)
OUTSTANDING = 6543.03


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """A database of its own, closed at the end."""
    store = fresh.opened(folder / "data")
    try:
        yield store
    finally:
        store.close()


def joined(rows: list[tuple[str, ...]], mark: str = ",") -> str:
    """Rows as delimited text."""
    return "".join(mark.join(row) + "\n" for row in rows)


def five(mark: str = ",", **changes: str) -> str:
    """Five loans as delimited text; `r3c5="x"` writes x in the fifth column of the third row below the headings."""
    rows = [list(HEADINGS), *map(list, FIVE)]
    for place, value in changes.items():
        row, column = place[1:].split("c")
        rows[int(row)][int(column) - 1] = value
    return joined([tuple(row) for row in rows], mark)


def text(folder: Path, content: str | bytes, name: str = "loans.csv", encoding: str = "utf-8") -> Path:
    """A text file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def book(
    folder: Path, rows: Any, name: str = "loans.xlsx", change: Callable[[Worksheet], object] | None = None
) -> Path:
    """A workbook with one sheet of rows; `change` may do more to the sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    path = folder / name
    workbook.save(path)
    return path


def options(**given: Any) -> Options:
    """Options with the day of the snapshot given."""
    return Options(**{"as_of": AS_OF, **given})


def seen(store: Store, *paths: Path, **given: Any) -> Preview:
    """The preview of files."""
    return ingest.preview(store, list(paths), options(**given))


def values(preview: Preview, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Columns of the rows that would land in a table, in the order of the file."""
    names = ", ".join(f'"{column}"' for column in columns)
    return preview.cursor.execute(f'SELECT {names} FROM "in_{table}" ORDER BY file_no, row_no').fetchall()


def landed(store: Store, *paths: Path, **given: Any) -> ingest.Landed:
    """What landing files says."""
    return ingest.land(store, seen(store, *paths, **given), "test")


def refusal(store: Store, *paths: Path, of: Preview | None = None, **given: Any) -> InputError:
    """The error of an import that must fail, `of` a preview if given; every table of the database is as before."""
    before = checksums(store)
    with pytest.raises(InputError) as caught:
        ingest.land(store, of or seen(store, *paths, **given), "test")
    assert checksums(store) == before
    assert list(store.staging.glob("*/*")) == []
    return caught.value


def checksums(store: Store) -> dict[str, tuple[int, str]]:
    """Rows and a hash of every table of facts and of the lists of batches."""
    cursor = store.cursor()
    tables = [f'facts."{name}"' for name in schema.tables()] + ["batches", "batch_files", "set_aside"]
    each = [f"SELECT '{name}', count(*), coalesce(sum(hash(t)), 0)::VARCHAR FROM {name} AS t" for name in tables]
    return {name: (rows, total) for name, rows, total in cursor.execute(" UNION ALL ".join(each)).fetchall()}


def notes(preview: Preview) -> list[str]:
    """The keys of all notes of a preview, and its repairs as `repair_NAME`."""
    repairs = [f"repair_{repair.name}" for sheet in preview.sheets for repair in sheet.repairs]
    return (
        repairs
        + [note.key.removeprefix("import.") for sheet in preview.sheets for note in sheet.notes]
        + [note.key.removeprefix("import.") for note in preview.notes]
    )


def asides(preview: Preview) -> list[tuple[int, str, str, str]]:
    """Row, column, value and reason of the rows set aside in the first sheet."""
    return [
        (aside.row_no, aside.column, aside.value, aside.reason.removeprefix("import.reason_"))
        for aside in preview.sheets[0].sample
    ]
