"""HTML tables, as core banking systems export them under the name .xls: each table is a sheet of text."""

import csv
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from metrics.ingest.child import texts
from metrics.ingest.child.caps import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from metrics.ingest.child.cells import Fault, Fixes, clean, letters, repairs

CHUNK = 1 << 20
MOST_SPAN = 1000
VOID = {"script", "style", "title"}


class Table:
    """The rows of one table; a cell over several rows shows its text in each."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.below: dict[int, tuple[int, str]] = {}
        self.cell: list[str] | None = None
        self.spans = (1, 1)
        self.made: list[tuple[int, int, list[tuple[str, str]]]] = []

    def begin_row(self) -> None:
        """A new row, which first takes what hangs down from the rows above."""
        self.end_cell()
        self.rows.append([])

    def begin_cell(self, across: int, down: int) -> None:
        """A new cell that may span several columns and rows."""
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        self.cell, self.spans = [], (across, down)

    def end_cell(self) -> None:
        """The cell that is open, if any, is whole."""
        if self.cell is None:
            return
        row, text = self.rows[-1], clean("".join(self.cell))
        self._hang(row)
        if repairs.made:
            self.made.append((len(self.rows), len(row), repairs.drain()))
        across, down = self.spans
        if down > 1:
            self.below[len(row)] = (down - 1, text)
        row += [text, *[""] * (across - 1)]
        if len(row) > MOST_COLUMNS and any(row):  # at once, for the next rows may be as wide
            raise Fault("import.too_many_columns", n=len(row), most=MOST_COLUMNS)
        self.cell = None

    def _hang(self, row: list[str]) -> None:
        while len(row) in self.below and (left := self.below[len(row)])[0] > 0:
            self.below[len(row)] = (left[0] - 1, left[1])
            row.append(left[1])


class Reader(HTMLParser):
    """Collects the tables of a page, those inside others too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self.open: list[Table] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row or a cell begins; a line break parts words."""
        if tag in VOID:
            self.silent += 1
        if tag == "table":
            self.open.append(Table())
            self.tables.append(self.open[-1])
        elif self.open and tag == "tr":
            self.open[-1].begin_row()
        elif self.open and tag in ("td", "th"):
            given = dict(attrs)
            self.open[-1].begin_cell(_span(given.get("colspan")), _span(given.get("rowspan")))
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """A table or a cell ends."""
        if tag in VOID:
            self.silent = max(self.silent - 1, 0)
        if self.open and tag in ("td", "th", "tr", "table"):
            self.open[-1].end_cell()
        if self.open and tag == "table":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text belongs to the cell that is open."""
        if self.open and self.open[-1].cell is not None and not self.silent:
            self.open[-1].cell.append(data)


def _span(given: str | None) -> int:
    return min(int(given), MOST_SPAN) if given and given.isascii() and given.isdigit() and int(given) else 1


def read(file: Path, folder: Path) -> dict[str, Any]:
    """Write one file of rows for each table that holds anything; return what was found out about each.

    Raises:
        Fault: no table, more tables than a workbook has sheets, or one wider than any table.
    """
    notes: list[dict[str, Any]] = []
    reader = Reader()
    with texts.opened(file, notes) as source:
        while text := source.read(CHUNK):
            reader.feed(text)
        if texts.bytes_replaced(source):
            notes.append({"key": "import.note_windows_1252"})
    for table in reader.open:
        table.end_cell()
    filled = [table for table in reader.tables if any(any(row) for row in table.rows)]
    if not filled:
        raise Fault("import.file_web_page")
    if len(filled) > MOST_SHEETS:
        raise Fault("import.too_many_sheets", n=len(filled), most=MOST_SHEETS)
    names = [""] if len(filled) == 1 else [str(number) for number in range(1, len(filled) + 1)]
    sheets = [_sheet(table, name, folder) | {"notes": notes} for table, name in zip(filled, names, strict=True)]
    return {"sheets": sheets, "formats_known": True}


def _sheet(table: Table, name: str, folder: Path) -> dict[str, Any]:
    rows = table.rows
    width = max(map(len, rows))
    if width > MOST_COLUMNS:
        raise Fault("import.too_many_columns", n=width, most=MOST_COLUMNS)
    if len(rows) > MOST_ROWS:
        raise Fault("import.too_many_rows", most=MOST_ROWS)
    file = f"{name or 0}.csv"
    written = 0
    fixes = Fixes(folder / f"{name or 0}.fixes.csv")
    for row_no, place, made in table.made:
        fixes.put(row_no, place, made)
    with (folder / file).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row_no, row in enumerate(rows, start=1):
            if any(row):
                writer.writerow([row_no, width, *row, *[""] * (width - len(row))])
                written += 1
    columns = [letters(index) for index in range(width)]
    return {"name": name, "visible": True, "file": file, "rows": written, "delimiter": ",", "columns": columns,
            "checks_cells": False, "fixes": fixes.close()}  # fmt: skip
