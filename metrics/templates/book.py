"""A template as an Excel workbook: sheets to fill in, and one that says how. No macro, no formula in a cell."""

import io
import math
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from metrics.excel import safe_name
from metrics.templates import STARTER, Column, about, columns, said, sheet_name

LAST_ROW = 1_048_576
DARK, LIGHT, PALE = "FF1F4E5F", "FFDCE9ED", "FFF4F8F9"
LINE = Border(bottom=Side("thin", "FFB7C9CF"))
TOP = Alignment(wrap_text=True, vertical="top")
LINE_HEIGHT, HIGHEST_ROW = 14.5, 409  # points; no program draws a higher row
GUIDE_WIDTHS = (30, 14, 27, 64, 46, 26)
FORMATS = {"text": "@", "code": "@", "flag": "@", "amount": "#,##0.00", "whole": "0", "pct": "0.00"}
WIDTHS = {"text": 20, "code": 20, "flag": 12, "date": 14, "period": 14, "amount": 18, "whole": 12, "number": 12}
LONG_TEXTS = {"description", "statement", "answer_text", "question", "action", "evidence", "title", "rationale"}
# A number of these is not counted: `0007` keeps its noughts, a year is no 2,025.
AS_IT_STANDS = "General"

Lists = dict[tuple[str, str], str]


def template(table: str, language: str) -> bytes:
    """The workbook of one table: its sheet of headings, and how to fill it in.

    Raises:
        UsageError: there is no such table, or no template in this language.
    """
    return workbook((table,), language)


def starter(language: str) -> bytes:
    """The workbook of a first import: branches, products, staff, clients, loans, complaints, answers of clients.

    Raises:
        UsageError: there is no template in this language.
    """
    return workbook(STARTER, language)


def workbook(tables: Sequence[str], language: str) -> bytes:
    """The workbook of some tables, a sheet each in their order, and the sheet that explains them.

    Raises:
        UsageError: there is no such table, or no template in this language.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    taken = {said(language, "guide").casefold()}
    sheets = {table: book.create_sheet(safe_name(sheet_name(table, language), taken)) for table in tables}
    guide = book.create_sheet(said(language, "guide"))
    lists = _guide(guide, sheets, language)
    for table, sheet in sheets.items():
        given = columns(table, language)
        _to_fill(sheet, given, language, {column.name: lists.get((table, column.name), "") for column in given})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _to_fill(sheet: Worksheet, given: Sequence[Column], language: str, lists: dict[str, str]) -> None:
    """The headings, each with its note; below them the formats of the cells and the lists to choose from."""
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.row_dimensions[1].height = 48
    for number, column in enumerate(given, start=1):
        letter = get_column_letter(number)
        mark = f"\n({said(language, 'needed_mark')})" if column.needed else ""
        head = sheet.cell(1, number, column.heading + mark)
        head.font = Font(bold=True, color="FFFFFFFF" if column.needed else "FF17343F")
        head.fill = PatternFill("solid", DARK if column.needed else LIGHT)
        head.alignment = Alignment(wrap_text=True, vertical="center")
        head.comment = _note(column, language)
        width = 44 if column.name in LONG_TEXTS else WIDTHS.get(column.kind, 14)
        place = sheet.column_dimensions[letter]
        place.width = max(width, min(len(column.heading) * 0.75 + 3, 30))
        place.number_format = _format(column, language)
        if lists[column.name]:
            sheet.add_data_validation(_choice(lists[column.name], f"{letter}2:{letter}{LAST_ROW}", language))


def _format(column: Column, language: str) -> str:
    if column.kind in ("date", "period"):
        return "yyyy-mm-dd" if language == "en" else "dd/mm/yyyy"
    return FORMATS.get(column.kind, AS_IT_STANDS)


def _choice(source: str, cells: str, language: str) -> Any:
    chosen = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True, sqref=cells)
    chosen.error = said(language, "choose")
    return chosen


def _note(column: Column, language: str) -> Comment:
    """What stands behind a heading: its meaning, how to write it, and what may be chosen."""
    lines = [column.meaning, said(language, column.kind)]
    if column.needed:
        lines.append(said(language, "needed_mark").capitalize())
    if column.kind == "code":
        lines.append(", ".join(column.choices))
    text = "\n".join(lines)
    return Comment(text, "Evenkeel", width=340, height=min(60 + 18 * (len(text) // 48 + len(lines)), 420))


def _guide(sheet: Worksheet, sheets: dict[str, Worksheet], language: str) -> Lists:
    """The sheet that explains the others; returns where the list of each coded column stands in it."""
    for number, width in enumerate(GUIDE_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.append([said(language, "title")])
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    first = ", ".join(place.title for place in sheets.values())
    for key in ("how_fill", "how_needed", "how_columns", "how_examples"):
        sheet.append([said(language, key).format(sheet=first)])
    for table, place in sheets.items():
        _explained(sheet, table, place.title, language)
    return _lists(sheet, list(sheets), language)


def _explained(sheet: Worksheet, table: str, title: str, language: str) -> None:
    """One block of the guide: the columns of a table."""
    sheet.append([])
    sheet.append([f"{title} · {about(table, language)}"])
    sheet.cell(sheet.max_row, 1).font = Font(bold=True, size=12)
    sheet.append([said(language, key) for key in ("column", "needed", "kind", "meaning", "values", "example")])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", DARK)
    for column in columns(table, language):
        needed = said(language, "yes" if column.needed else "no")
        choices = ", ".join(column.choices) if column.kind == "code" else ""
        sheet.append([column.heading, needed, said(language, column.kind), column.meaning, choices, column.example])
        texts = (column.heading, said(language, column.kind), column.meaning, choices, column.example)
        widths = (GUIDE_WIDTHS[0], *GUIDE_WIDTHS[2:])
        lines = max(math.ceil(len(str(text)) * 1.1 / width) for text, width in zip(texts, widths, strict=True))
        sheet.row_dimensions[sheet.max_row].height = min(LINE_HEIGHT * lines, HIGHEST_ROW)
        for cell in sheet[sheet.max_row]:
            cell.alignment, cell.border = TOP, LINE
            if column.needed:
                cell.fill = PatternFill("solid", PALE)
        shown = sheet.cell(sheet.max_row, 6)
        shown.number_format = _format(column, language)
        shown.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)


def _lists(sheet: Worksheet, tables: Sequence[str], language: str) -> Lists:
    """What may be chosen, one below the other; equal lists of several columns stand once."""
    found: Lists = {}
    placed: dict[tuple[str, ...], str] = {}
    sheet.append([])
    sheet.append([said(language, "lists")])
    sheet.cell(sheet.max_row, 1).font = Font(bold=True, size=12)
    for table in tables:
        for column in columns(table, language):
            if not column.choices:
                continue
            if column.choices not in placed:
                head = said(language, "flag") if column.kind == "flag" else column.heading
                placed[column.choices] = _list(sheet, head, column.choices)
            found[table, column.name] = placed[column.choices]
    return found


def _list(sheet: Worksheet, head: str, choices: Sequence[str]) -> str:
    sheet.append([head])
    sheet.cell(sheet.max_row, 1).font = Font(italic=True)
    first = sheet.max_row + 1
    for word in choices:
        sheet.append([word])
    return f"{quote_sheetname(sheet.title)}!$A${first}:$A${sheet.max_row}"
