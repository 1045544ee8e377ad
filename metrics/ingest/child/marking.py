"""Workbooks with marks: the user's own with its faulty cells coloured and commented, or one made of rows of text."""

import csv
import datetime
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string

from metrics.ingest.child.cells import DATE, ERROR, NUMBER, TOO_LONG, Fault

COLOUR = "FFFFD966"
FILL = PatternFill("solid", fgColor=COLOUR)
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
AUTHOR = "Evenkeel"
# A program opens slowly with more comments than these; the other cells are coloured all the same.
MOST_COMMENTS = 5000
WIDE, NARROW, HIGH, DIGITS = 40, 10, 90, 15
LOST = ("xl/vbaProject.bin", "xl/charts/", "xl/media/", "xl/drawings/drawing")
BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile, SyntaxError)

Marks = dict[tuple[int, int], str]


def write(file: Path, folder: Path) -> dict[str, Any]:
    """Write `marked.xlsx` as `request.json` asks; tells whether parts of the workbook are lost.

    Raises:
        Fault: the user's workbook cannot be opened for writing.
    """
    request = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    target = folder / "marked.xlsx"
    if request["form"] != "own":
        _new(request["sheets"], target)
        return {"lost": False}
    try:
        return {"lost": _own(file, request["sheets"], target)}
    except BROKEN as error:
        raise Fault("import.not_marked") from error


def _own(file: Path, sheets: Iterable[Mapping[str, Any]], target: Path) -> bool:
    book = openpyxl.load_workbook(file)
    left = MOST_COMMENTS
    for sheet in sheets:
        place = book[sheet["name"]]
        covered = {cell: area.coord for area in place.merged_cells.ranges for cell in area.cells}
        for row, index, text in sheet["marks"]:
            column = column_index_from_string(sheet["columns"][max(index, 0)])
            if (row, column) in covered:
                first = covered[row, column].partition(":")[0]
                cell = place[first]
            else:
                cell = place.cell(row, column)
            cell.fill = FILL
            if left > 0:
                before = f"{cell.comment.text}\n\n" if cell.comment else ""
                cell.comment = _comment(before + text)
            left -= 1
    book.save(target)
    with zipfile.ZipFile(file) as archive:
        return any(name.startswith(LOST) for name in archive.namelist())


def _comment(text: str) -> Comment:
    comment = Comment(text, AUTHOR)
    comment.width, comment.height = 320, HIGH
    return comment


def _new(sheets: Iterable[Mapping[str, Any]], target: Path) -> None:
    """A workbook of text: each sheet's rows from its file or as given, at their own numbers where they are whole."""
    book = openpyxl.Workbook(write_only=True)
    left = MOST_COMMENTS
    for sheet in sheets:
        place = book.create_sheet(sheet["name"])
        marks: Marks = {(row, index): text for row, index, text in sheet["marks"]}
        for index, width in enumerate(sheet.get("widths", ())):
            place.column_dimensions[openpyxl.utils.get_column_letter(index + 1)].width = min(max(width, NARROW), WIDE)
        written = 0
        for row_no, cells in _rows(sheet):
            for _ in range(row_no - written - 1):
                place.append([])
            written = max(row_no, written + 1)
            own = [(index, marks[row_no, index]) for index in range(-1, len(cells)) if (row_no, index) in marks]
            row = [_cell(place, cell, bold=row_no == sheet["header_row"]) for cell in cells]
            for index, text in own:
                row[max(index, 0)].fill = FILL
                if text and left > 0:
                    row[max(index, 0)].comment = _comment(text)
                left -= 1
            place.append(row)
    book.save(target)


def _rows(sheet: Mapping[str, Any]) -> Iterator[tuple[int, Sequence[str]]]:
    """Number and cells of each row: given, or from the file of a sheet; a part of it keeps its number in front."""
    if "rows" in sheet:
        yield from enumerate(sheet["rows"], start=1)
        return
    csv.field_size_limit(1 << 24)
    only = set(sheet["only"]) if sheet.get("only") is not None else None
    number = 0
    with open(sheet["rows_file"], encoding="utf-8", newline="") as source:
        for row in csv.reader(source, delimiter=sheet["delimiter"]):
            if only is None:
                yield int(row[0]), row[2:]
            elif int(row[0]) in only:
                number += 1
                yield number, [row[0], *row[2:]]


def _cell(place: Any, text: str, bold: bool = False) -> Any:
    """One cell: a number or a day where the file had one, else text that no program computes."""
    value = _value(text)
    cell: Any = WriteOnlyCell(place)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip(" \ufeff\xa0").startswith(FORMULA_SIGNS)
        cell.number_format = "@"
    elif isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _value(text: str) -> str | float | int | datetime.date | None:
    mark, rest = text[:1], text[1:]
    if mark == NUMBER and not rest.endswith("%") and len(rest) <= DIGITS:
        return float(rest) if "." in rest else int(rest)
    if mark == DATE:
        try:
            return datetime.date.fromisoformat(rest)
        except ValueError:
            return rest
    return (rest if mark in (NUMBER, ERROR, TOO_LONG) and mark else text) or None
