"""Workbooks (xlsx, xlsm, xls, xlsb, ods) through calamine: each visible sheet as normalised rows."""

import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine as calamine

from metrics.ingest.child import marks as xml_marks
from metrics.ingest.child.cells import ERROR, MOST_COLUMNS, Fault, letters, of_workbook, percent, plain

MOST_FILLED = 200_000


def read(file: Path, folder: Path) -> dict[str, Any]:
    """Write one file of rows for each visible worksheet; return what was found out about each.

    Raises:
        Fault: protected by a password, damaged, or wider than any table.
    """
    try:
        with calamine.CalamineWorkbook.from_path(file) as book:
            marks = _marks(file)
            sheets = [
                _sheet(book, index, meta, (marks or {}).get(meta.name, {}), folder)
                for index, meta in enumerate(book.sheets_metadata)
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError as error:
        raise Fault("import.file_protected") from error
    except (calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError, SyntaxError) as error:
        raise Fault("import.file_damaged") from error
    return {"sheets": sheets, "formats_known": marks is not None}


def _marks(file: Path) -> dict[str, xml_marks.Marks] | None:
    """Errors, formulas never computed and number formats shown; None where the kind of file hides them."""
    if not zipfile.is_zipfile(file):
        return None
    with zipfile.ZipFile(file) as archive:
        return xml_marks.of_workbook(archive) if "xl/workbook.xml" in archive.namelist() else None


def _sheet(
    book: calamine.CalamineWorkbook, index: int, meta: calamine.SheetMetadata, marks: xml_marks.Marks, folder: Path
) -> dict[str, Any]:
    found: dict[str, Any] = {"name": meta.name, "visible": meta.visible == calamine.SheetVisibleEnum.Visible}
    found |= {"file": f"{index}.csv", "rows": 0, "delimiter": ",", "columns": [], "notes": [], "checks_cells": False}
    if not found["visible"]:
        return found
    sheet = book.get_sheet_by_name(meta.name)
    left = sheet.start[1] if sheet.start else 0
    used = sorted(_used(sheet, left, marks))
    if len(used) > MOST_COLUMNS:
        raise Fault("import.too_many_columns", n=len(used), most=MOST_COLUMNS)
    with (folder / found["file"]).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row_no, row in _rows(sheet, left, marks):
            cells = [row.get(column, "") for column in used]
            if any(cells):
                writer.writerow([row_no + 1, len(used), *cells])
                found["rows"] += 1
    return found | {"columns": [letters(column) for column in used]}


def _used(sheet: calamine.CalamineSheet, left: int, marks: xml_marks.Marks) -> set[int]:
    """Columns that hold anything: a stray cell far to the right adds one column, not sixteen thousand."""
    used = {column for (_, column), mark in marks.items() if mark[0] in "#="}
    for row in sheet.iter_rows():
        used.update(left + offset for offset, value in enumerate(row) if value != "")
    return used


def _rows(sheet: calamine.CalamineSheet, left: int, marks: xml_marks.Marks) -> Iterator[tuple[int, dict[int, str]]]:
    """Row number from 0, and its cells as marked text by column."""
    filled = _merged(sheet)
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row_no, column), mark in marks.items():
        by_row.setdefault(row_no, []).append((column, mark))
    above: dict[int, str] = {}
    for row_no, values in enumerate(sheet.iter_rows()):
        row = {left + offset: of_workbook(value) for offset, value in enumerate(values) if value != ""}
        for column, mark in by_row.get(row_no, ()):
            offset = column - left
            row[column] = _shown(mark, values[offset] if 0 <= offset < len(values) else "")
        for column in filled.get(row_no, ()):
            row.setdefault(column, above.get(column, ""))
        above = row
        yield row_no, row


def _merged(sheet: calamine.CalamineSheet) -> dict[int, list[int]]:
    """Cells that a vertical merge covers: they show, and so get, the value above them."""
    filled: dict[int, list[int]] = {}
    total = 0
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        total += bottom - top
        if total > MOST_FILLED:
            return {}
        for row_no in range(top + 1, bottom + 1):
            filled.setdefault(row_no, []).append(column)
    return filled


def _shown(mark: str, value: Any) -> str:
    """A cell as the workbook shows it: an error by its name, 0.052 as 5.2%, 123 as 00123."""
    if mark[0] in "#=":
        return ERROR + mark
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return of_workbook(value)
    return percent(value) if mark == "%" else plain(value).zfill(len(mark))
