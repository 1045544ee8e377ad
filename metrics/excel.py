"""Tables -> one Excel workbook whose cells are numbers, dates or text, and never a formula."""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

LONGEST_NAME, LONGEST_TEXT, MOST_ROWS = 31, 32_767, 1_048_000
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
FORMATS = {"%": "0.0%", "points": "0.000", "ratio": "0.00", "count": "#,##0.0", "money": "#,##0", "days": "#,##0.0"}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_NOT_IN_FILES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Figure:
    """A number with the unit that its cell is shown in (`FORMATS`): a share stays a fraction."""

    value: float | None
    unit: str


@dataclass(frozen=True)
class Sheet:
    """One table: the sheet's name, headings, rows of values, and sentences that stand below it."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]
    notes: Sequence[str] = ()


def workbook(about: Sequence[tuple[str, object]], sheets: Sequence[Sheet], about_name: str = "About") -> bytes:
    """The file's bytes: a first sheet that says what this is, then one sheet a table.

    Args:
        about: pairs of a name and what there is to say: institution, date, scope, weighting, definitions ...
        sheets: the tables, in order; names are made safe and distinct.
        about_name: the first sheet's name.
    """
    book = Workbook(write_only=True)
    taken: set[str] = set()
    first = book.create_sheet(safe_name(about_name, taken))
    first.column_dimensions["A"].width, first.column_dimensions["B"].width = 30, 90
    for name, said in about:
        first.append([_cell(first, name, bold=True), _cell(first, said, wrap=True)])
    for sheet in sheets:
        _write(book.create_sheet(safe_name(sheet.name, taken)), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(place: Any, sheet: Sheet) -> None:
    place.freeze_panes = "A2"
    for number, head in enumerate(sheet.heads):
        place.column_dimensions[_letters(number)].width = min(max(len(head) + 3, 12), 44)
    place.append([_cell(place, head, bold=True) for head in sheet.heads])
    for number, row in enumerate(sheet.rows):
        if number >= MOST_ROWS:
            break
        place.append([_cell(place, value) for value in row])
    for note in ["", *sheet.notes] if sheet.notes else []:
        place.append([_cell(place, note)])


def _cell(place: Any, value: object, bold: bool = False, wrap: bool = False) -> Any:
    """One cell, typed: a text stays text whatever it begins with."""
    shown, style = _shown(value)
    cell: Any = WriteOnlyCell(place, shown)  # type: ignore[arg-type]  # a date is written as one
    if isinstance(shown, str):
        cell.data_type = "s"
        # Without this mark a program takes the text for a formula once somebody edits the cell.
        cell.quotePrefix = shown.lstrip(" \ufeff\xa0").startswith(FORMULA_SIGNS)
    if style:
        cell.number_format = style
    if bold:
        cell.font = Font(bold=True)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _shown(value: object) -> tuple[str | int | float | bool | datetime.date | None, str]:
    """What a cell holds, and how it is written; what is missing stays empty."""
    if isinstance(value, Figure):
        return _number(value.value), FORMATS.get(value.unit, "")
    if isinstance(value, (bool, np.bool_)):
        return bool(value), ""
    if isinstance(value, (int, np.integer)):
        return int(value), "#,##0" if abs(int(value)) >= 10_000 else ""
    if isinstance(value, (float, np.floating)):
        return _number(float(value)), ""
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None), "yyyy-mm-dd hh:mm"
    if isinstance(value, datetime.date):
        return value, "yyyy-mm-dd"
    return None if value is None or value != value else plain(value), ""


def _number(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else float(value)


def plain(value: object) -> str:
    """A value as text that an XML file can hold, no longer than a cell may be."""
    return _NOT_IN_XML.sub("", str(value))[:LONGEST_TEXT]


def safe_name(name: str, taken: set[str]) -> str:
    """A sheet's name as Excel allows it, unlike those taken before; it is added to them."""
    short = " ".join(_NOT_IN_NAMES.sub(" ", plain(name)).split()).strip(" '")[:LONGEST_NAME].rstrip(" '") or "Sheet"
    short = "Sheet" if short.casefold() == "history" else short
    found, number = short, 2
    while found.casefold() in taken:
        end = f" {number}"
        found, number = short[: LONGEST_NAME - len(end)] + end, number + 1
    taken.add(found.casefold())
    return found


def file_name(*parts: object) -> str:
    """A file's name from its parts: letters, digits, dot, dash and underscore only."""
    kept = [_NOT_IN_FILES.sub("-", plain(part)).strip("-.") for part in parts]
    return ("_".join(part for part in kept if part)[:100] or "evenkeel") + ".xlsx"


def _letters(number: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found
