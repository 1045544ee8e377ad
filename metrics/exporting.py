"""The rows of a canonical table as a file that an import reads back exactly: same headings, same values, no formula."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from metrics import access, schema
from metrics.errors import EvenkeelError, UsageError
from metrics.excel import FORMULA_SIGNS, plain
from metrics.store import Cursor, quote
from metrics.templates import known

FORMS = ("xlsx", "csv")
MOST_ROWS = 1_048_575  # of a sheet, below its headings
AT_ONCE = 20_000
BOM = "\ufeff"  # without it Excel reads the file in the code page of its country
# What an import takes for an empty cell, and would lose as a text.
LIKE_EMPTY = {"", "null", "none", "nil", "-", "--", "n.a.", "n/a", "nan"}


def write(cursor: Cursor, table: str, path: Path) -> int:
    """Write a table's live rows in the cursor's scope to a file, .xlsx or .csv by its name; returns how many.

    Raises:
        Forbidden: the role takes no rows away.
        UsageError: there is no such table, or the name ends otherwise.
        EvenkeelError: the file cannot be written, or the rows are too many for a sheet.
    """
    _need()
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise UsageError("errors.export_form", name=path.name)
    known(table)
    try:
        with path.open("wb") as out:
            return _write(cursor, table, form, out)
    except OSError as error:
        raise EvenkeelError("errors.not_written", path=str(path)) from error


def data(cursor: Cursor, table: str, form: str) -> bytes:
    """A table's live rows in the cursor's scope as the bytes of an `xlsx` or `csv` file.

    Raises:
        Forbidden: the role takes no rows away.
        UsageError: there is no such table, or no such form.
        EvenkeelError: the rows are too many for a sheet.
    """
    _need()
    if form not in FORMS:
        raise UsageError("errors.export_form", name=form)
    known(table)
    out = io.BytesIO()
    _write(cursor, table, form, out)
    return out.getvalue()


def _need() -> None:
    """Whole tables are rows, and leave the house."""
    for action in ("rows", "export"):
        access.need(action)


def count(cursor: Cursor, table: str) -> int:
    """How many live rows of a table the cursor's scope holds."""
    return int(cursor.execute(f"SELECT count(*) FROM {quote('v_' + table)}").fetchall()[0][0])


def _write(cursor: Cursor, table: str, form: str, out: IO[bytes]) -> int:
    n = count(cursor, table)
    if form == "xlsx" and n > MOST_ROWS:
        raise EvenkeelError("errors.export_rows", table=table, n=n)
    given = known(table)
    rows = _rows(cursor, given)
    if form == "csv":
        _csv(given, rows, out)
    else:
        _xlsx(given, rows, out)
    return n


def _rows(cursor: Cursor, table: schema.Table) -> Iterator[Sequence[object]]:
    """The rows in the order of their key, a part at a time."""
    columns = ", ".join(quote(column) for column in table.columns)
    key = ", ".join(quote(column) for column in table.key)
    found = cursor.execute(f"SELECT {columns} FROM {quote('v_' + table.name)} ORDER BY {key}")
    while part := found.fetchmany(AT_ONCE):
        yield from part


def _csv(table: schema.Table, rows: Iterable[Sequence[object]], out: IO[bytes]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows([_said(value) for value in row] for row in rows)
    text.detach()


def _said(value: object) -> str:
    """A value as a cell of a text file; a text that a program would compute begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return number(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return kept(plain(value), formulas=True)


def number(value: int | float | Decimal) -> str:
    """A number in plain notation with all its digits: never three decimals, which might be thousands elsewhere."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    text = format(exact.normalize() + 0, "f")
    return text + "0" if len(text.partition(".")[2]) == 3 else text


def kept(text: str, formulas: bool = False) -> str:
    """A text with one apostrophe more where an import, or a program (`formulas`), would take it for something else."""
    odd = text != text.strip() or text.startswith(("'", "#")) or text.lower() in LIKE_EMPTY
    return "'" + text if odd or (formulas and text.startswith(FORMULA_SIGNS)) else text


def _xlsx(table: schema.Table, rows: Iterable[Sequence[object]], out: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    sheet.append([cell(sheet, name, bold=True) for name in table.columns])
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    book.save(out)


def cell(sheet: Any, value: object, bold: bool = False) -> Any:
    """One cell, typed; a number with more digits than openpyxl would write of it is written as it is."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Decimal)):
        cell: Any = WriteOnlyCell(sheet, number(value))
        cell.data_type = "n"
        return cell
    if isinstance(value, datetime.date):
        cell = WriteOnlyCell(sheet)
        cell.value, cell.number_format = value, "yyyy-mm-dd"
        return cell
    text = kept(plain(value))
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.quotePrefix = "s", text.startswith(FORMULA_SIGNS)
    if bold:
        cell.font = Font(bold=True)
    return cell
