"""Workbooks (xlsx, xlsm, xls, xlsb, ods) through calamine: each visible sheet as normalised rows."""

import csv
import errno
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine as calamine

from metrics.ingest.child import binaries, opens
from metrics.ingest.child import marks as xml_marks
from metrics.ingest.child.caps import LONGEST_NAME, MOST_COLUMNS, MOST_FILLED, MOST_MERGED, MOST_SHEETS
from metrics.ingest.child.cells import ERROR, Fault, Fixes, letters, of_workbook, percent, plain, repairs

BROKEN = (
    calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError, LookupError, SyntaxError, struct.error,
)  # fmt: skip
PANIC = "PanicException"  # how calamine gives up on a day beyond the calendar; it is no Exception
MACROS = "xl/vbaProject.bin"


def read(file: Path, folder: Path) -> dict[str, Any]:
    """Write one file of rows for each visible worksheet; return what was found out about each.

    Raises:
        Fault: protected by a password, damaged, or wider than any table.
    """
    try:
        with calamine.CalamineWorkbook.from_path(file) as book:
            metas = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
            if len(metas) > MOST_SHEETS:
                raise Fault("import.too_many_sheets", n=len(metas), most=MOST_SHEETS)
            marks, known, macros = _marks(file)
            sheets = [
                _sheet(book, index, meta, marks.get(meta.name, xml_marks.Found()), folder)
                for index, meta in enumerate(book.sheets_metadata)
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError as error:
        raise Fault("import.file_protected") from error
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            raise  # more text than a file of this size holds
        raise Fault("import.file_damaged") from error
    except BaseException as error:
        if type(error).__name__ == PANIC:
            raise Fault("import.file_damaged") from error
        raise
    return {"sheets": sheets, "formats_known": known, "macros": macros}


def _marks(file: Path) -> tuple[dict[str, xml_marks.Found], bool, bool]:
    """Errors, formulas never computed and number formats shown; whether all of that is known; and if there are macros.

    Binary and OpenDocument workbooks tell their errors only.
    """
    if not zipfile.is_zipfile(file):
        return binaries.of_xls(file), False, False
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names:
            return xml_marks.of_workbook(archive), True, MACROS in names
        if "xl/workbook.bin" in names:
            return binaries.of_xlsb(archive), False, MACROS in names
        return opens.of_ods(archive), False, False


def _sheet(
    book: calamine.CalamineWorkbook, index: int, meta: calamine.SheetMetadata, marks: xml_marks.Found, folder: Path
) -> dict[str, Any]:
    visible = meta.visible == calamine.SheetVisibleEnum.Visible
    found: dict[str, Any] = {"name": meta.name[:LONGEST_NAME], "visible": visible}
    found |= {"file": f"{index}.csv", "rows": 0, "delimiter": ",", "columns": [], "notes": [], "checks_cells": False}
    found["fixes"] = ""
    if not found["visible"]:
        return found
    sheet = book.get_sheet_by_name(meta.name)
    left = sheet.start[1] if sheet.start else 0
    used = sorted(_used(sheet, left, marks.cells))
    if len(used) > MOST_COLUMNS:
        raise Fault("import.too_many_columns", n=len(used), most=MOST_COLUMNS)
    counts = {"import.note_hidden_rows": 0, "import.note_zeros_kept": 0}
    fixes = _Placed(folder / f"{index}.fixes.csv", used)
    with (folder / found["file"]).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row_no, cells in _rows(sheet, used, marks.cells, counts, fixes):
            if any(cells):
                writer.writerow([row_no + 1, len(used), *cells])
                found["rows"] += 1
                counts["import.note_hidden_rows"] += row_no in marks.hidden
    notes = [{"key": key, "params": {"n": n}} for key, n in counts.items() if n]
    found["fixes"] = fixes.close()
    return found | {"columns": [letters(column) for column in used], "notes": notes}


class _Placed(Fixes):
    """The fixes of a sheet whose blank columns are left out."""

    def __init__(self, path: Path, used: list[int]) -> None:
        super().__init__(path)
        self.places = {column: place for place, column in enumerate(used)}

    def put(self, row_no: int, place: int, made: list[tuple[str, str]]) -> None:
        """Write what was done to one cell; row and column count from 0, as in the workbook."""
        super().put(row_no + 1, self.places.get(place, -1), made)


def _used(sheet: calamine.CalamineSheet, left: int, marks: xml_marks.Marks) -> set[int]:
    """Columns that hold anything: a stray cell far to the right adds one column, not sixteen thousand."""
    used = {column for (_, column), mark in marks.items() if mark[0] in "#="}
    blank: list[int] | None = None
    for row in sheet.iter_rows():
        blank = [offset for offset in (range(len(row)) if blank is None else blank) if row[offset] == ""]
        if not blank:
            break
    return used | {left + offset for offset in set(range(sheet.width)) - set(blank or ())}


def _rows(
    sheet: calamine.CalamineSheet, used: list[int], marks: xml_marks.Marks, counts: dict[str, int], fixes: Fixes
) -> Iterator[tuple[int, list[str]]]:
    """Row number from 0, and its cells of the used columns as marked text; what was done to them is counted."""
    filled = _merged(sheet)
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row_no, column), mark in marks.items():
        by_row.setdefault(row_no, []).append((column, mark))
    left = sheet.start[1] if sheet.start else 0
    width = range(left, left + sheet.width)
    whole = list(width) == used
    above: dict[int, str] = {}
    for row_no, values in enumerate(sheet.iter_rows()):
        cells = list(map(of_workbook, values))
        if repairs.made:
            _put(row_no, left, values, fixes)
        # Most rows of a large sheet have no marks, and no sheet as large has merged cells.
        if not filled and row_no not in by_row:
            yield row_no, cells if whole else [cells[column - left] if column in width else "" for column in used]
            continue
        row = {column: text for column, text in zip(width, cells, strict=True) if text != ""}
        for column, mark in by_row.get(row_no, ()):
            row[column] = _shown(mark, values[column - left] if column in width else "")
            counts["import.note_zeros_kept"] += mark[0] == "0" and row[column][:1] == "0"
        for column in filled.get(row_no, ()):
            if column not in row and above.get(column, "") != "":
                fixes.put(row_no, column, [("merged", "")])
            row.setdefault(column, above.get(column, ""))
        above = row
        yield row_no, [row.get(column, "") for column in used]


def _put(row_no: int, left: int, values: list[Any], fixes: Fixes) -> None:
    """Tell which cells of a row were repaired."""
    repairs.drain()
    for column, value in enumerate(values, left):
        of_workbook(value)
        if repairs.made:
            fixes.put(row_no, column, repairs.drain())


def _merged(sheet: calamine.CalamineSheet) -> dict[int, list[int]]:
    """Cells that a vertical merge covers: they show, and so get, the value above them."""
    filled: dict[int, list[int]] = {}
    last = sheet.end[0] if sheet.end else 0
    total = 0
    for (top, column), (bottom, right) in sheet.merged_cell_ranges or ():
        total += min(bottom, last) - top
        # Nobody merges a whole sheet into one cell and keeps a table in it.
        if total > MOST_FILLED or (bottom - top + 1) * (right - column + 1) > MOST_MERGED:
            raise Fault("import.file_damaged")
        for row_no in range(top + 1, min(bottom, last) + 1):
            filled.setdefault(row_no, []).append(column)
    return filled


def _shown(mark: str, value: Any) -> str:
    """A cell as the workbook shows it: an error by its name, 0.052 as 5.2%, 123 as 00123."""
    if mark[0] in "#=":
        return ERROR + mark
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return of_workbook(value)
    return percent(value) if mark == "%" else plain(value).zfill(len(mark))
