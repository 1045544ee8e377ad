"""The pack as a workbook: every figure as a number, and the balance as formulas that follow one weight cell.

Texts are written as texts, whatever they begin with: nothing in a cell is a formula but ours.
"""

import datetime
import io
import textwrap
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from metrics.excel import FORMATS, FORMULA_SIGNS, plain, safe_name
from metrics.packs import formulas
from metrics.packs.model import Chart, Figures, Live, Number, Pack, Section, Signature, Table, Text
from metrics.packs.plots import plot

WIDE, LARGEST, HEAD = 118, 48, 14  # letters of a line of text, of the widest column, of a line of a heading
SHAPES = {"amber": "▲ ", "below": "▲ ", "red": "■ ", "critical": "■ "}
COLOURS = {"amber": "#B25E00", "below": "#B25E00", "red": "#B42318", "critical": "#B42318"}
UNITS = {**FORMATS, "%": '0.0"\u202f"%', "points": "0.0", "health": "0", "rank": "0", "count": "#,##0"}
SCALES = {"points": 100.0}  # a figure that readers see as points of a hundred is kept as a share
LINE = 13.5  # height of a line of text, in points


class Book:
    """A workbook while it is written: its formats and the sheet names that are taken."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.out = io.BytesIO()
        kept = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book: Any = xlsxwriter.Workbook(self.out, kept)
        day = datetime.datetime.fromisoformat(pack.as_of)
        self.book.set_properties({"title": pack.title, "author": pack.institution, "created": day})
        self.taken: set[str] = set()
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **how: Any) -> Any:
        """A format of the workbook, made once."""
        key = tuple(sorted(how.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": "Arial", "font_size": 10, "valign": "top", **how})
        return self.formats[key]

    def sheet(self, name: str) -> Any:
        """A new sheet that prints on pages as wide as it is."""
        found = self.book.add_worksheet(safe_name(name, self.taken))
        found.hide_gridlines(2)
        found.set_landscape()
        found.set_paper(9)
        found.fit_to_pages(1, 0)
        found.set_footer("&L&A&R&P/&N")
        return found

    def text(self, sheet: Any, row: int, column: int, said: str, **how: Any) -> None:
        """Writes a text as a text; one that a program could take for a formula keeps the mark that says so."""
        shown = plain(said)
        if shown.lstrip(" \ufeff\xa0").startswith(FORMULA_SIGNS):
            how["quote_prefix"] = True
        sheet.write_string(row, column, shown, self.style(**how))

    def number(self, sheet: Any, row: int, column: int, found: Number) -> None:
        """Writes a figure as a number in its unit, with its shape where a limit is passed; else what stands for it."""
        if found.value is None:
            self.text(sheet, row, column, found.text, align="right", font_color="#667085")
            return
        how: dict[str, Any] = {"num_format": UNITS.get(found.unit, "General"), "align": "right"}
        if found.level in SHAPES:
            how |= {"num_format": f'"{SHAPES[found.level]}"{how["num_format"]}', "font_color": COLOURS[found.level]}
        sheet.write_number(row, column, found.value * SCALES.get(found.unit, 1.0), self.style(**how))

    def said(self, name: str, **params: object) -> str:
        """A text of the pack's own language."""
        return self.pack.words[name].format(**params)


def xlsx(pack: Pack) -> bytes:
    """The workbook: what it is, the balance to weigh again, one sheet a section, definitions."""
    book = Book(pack)
    live = next((b for section in pack.sections for b in section.blocks if isinstance(b, Live)), None)
    _about(book)
    if live is not None and live.values:
        formulas.write(book, live)
    shown = [section for section in pack.sections if any(not isinstance(block, Live) for block in section.blocks)]
    # All sheets first: the one with the charts' figures comes last, and is made when the first chart asks for it.
    sheets = [book.sheet(section.title) for section in shown]
    _definitions(book)
    for section, sheet in zip(shown, sheets, strict=True):
        _section(book, section, sheet)
    book.book.close()
    return book.out.getvalue()


def _about(book: Book) -> None:
    pack, sheet = book.pack, book.sheet(book.said("book_about"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 96)
    book.text(sheet, 0, 0, pack.title, bold=True, font_size=14)
    rows = [(book.said("book_institution"), pack.institution), *pack.basis]
    rows += [(book.said("book_sample"), pack.sample)] if pack.sample else []
    rows += [(book.said("book_hash"), pack.hash), (book.said("book_how"), book.said("book_how_text"))]
    for row, (name, said) in enumerate(rows, 2):
        book.text(sheet, row, 0, name, bold=True)
        book.text(sheet, row, 1, said, text_wrap=True)


def _section(book: Book, section: Section, sheet: Any) -> None:
    """One sheet: the message, then block by block, one under the other."""
    widths: dict[int, int] = {}
    book.text(sheet, 0, 0, section.message, bold=True, font_size=13)
    book.text(sheet, 1, 0, section.basis, font_color="#667085")
    row = 3
    for block in section.blocks:
        if isinstance(block, Text):
            row = _paragraph(book, sheet, row, block)
        elif isinstance(block, Figures):
            row = _figures(book, sheet, row, block, widths)
        elif isinstance(block, Table):
            row = _table(book, sheet, row, block, widths)
        elif isinstance(block, Chart):
            row = _chart(book, sheet, row, block, widths)
        elif isinstance(block, Signature):
            row = _signature(book, sheet, row, block, widths)
    for column, width in widths.items():
        sheet.set_column(column, column, min(max(width + 2, 9), LARGEST))


def _paragraph(book: Book, sheet: Any, row: int, block: Text) -> int:
    """A paragraph over the width of the sheet, cut into lines: a merged cell would not grow with its text."""
    said = f"{block.text} ({block.by})" if block.by else block.text
    looks: dict[str, dict[str, Any]] = {"lead": {"bold": True}, "quote": {"italic": True}}
    looks["note"] = {"font_color": "#667085"}
    for line in textwrap.wrap(said, WIDE):
        book.text(sheet, row, 0, line, **looks.get(block.kind, {}))
        row += 1
    return row + 1


def _figures(book: Book, sheet: Any, row: int, block: Figures, widths: dict[int, int]) -> int:
    for label, number, said in block.items:
        book.text(sheet, row, 0, label)
        book.number(sheet, row, 1, number)
        book.text(sheet, row, 2, said, font_color="#667085", indent=1)
        _grow(widths, [label, number.text])
        row += 1
    return row + 1


def _table(book: Book, sheet: Any, row: int, block: Table, widths: dict[int, int]) -> int:
    """The table under its title; returns the row after its note."""
    if block.title:
        book.text(sheet, row, 0, block.title, bold=True)
        row += 1
    sides = ["right" if head.kind == "number" else "left" for head in block.columns]
    for column, head in enumerate(block.columns):
        book.text(sheet, row, column, head.title, bold=True, bottom=1, text_wrap=True, align=sides[column])
    _height(sheet, row, [head.title for head in block.columns], HEAD)
    _grow(widths, [head.title[: HEAD + 2] for head in block.columns])
    for cells in block.rows:
        row += 1
        for column, cell in enumerate(cells):
            if isinstance(cell, Number):
                book.number(sheet, row, column, cell)
            else:
                book.text(sheet, row, column, cell, text_wrap=len(cell) > LARGEST, align=sides[column])
        _height(sheet, row, [cell for cell in cells if isinstance(cell, str)], LARGEST - 6)
        _grow(widths, [cell if isinstance(cell, str) else f"▲ {cell.text}" for cell in cells])
    for line in textwrap.wrap(block.note, WIDE) if block.note else []:
        row += 1
        book.text(sheet, row, 0, line, font_color="#667085")
    return row + 2


def _chart(book: Book, sheet: Any, row: int, block: Chart, widths: dict[int, int]) -> int:
    """The chart's table, and right of it a chart that can be edited, of figures on a sheet behind."""
    after = _table(book, sheet, row, block.table, widths)
    drawn = plot(book, block)
    if drawn is None:
        return after
    sheet.insert_chart(row, len(block.table.columns) + 1, drawn, {"description": plain(block.alt)[:255]})
    return max(after, row + 18)


def _signature(book: Book, sheet: Any, row: int, block: Signature, widths: dict[int, int]) -> int:
    for role in block.roles:
        book.text(sheet, row, 0, role)
        book.text(sheet, row, 1, "", bottom=1)
        row += 2
    for name, said in block.lines:
        book.text(sheet, row, 0, name, bold=True)
        book.text(sheet, row, 1, said)
        row += 1
    _grow(widths, [*block.roles[:1], ""])
    return row + 1


def _definitions(book: Book) -> None:
    pack, sheet = book.pack, book.sheet(book.said("book_definitions"))
    widths = {"indicator": 34, "id": 22, "unit": 9, "better": 9, "meaning": 70, "settings": 34, "limits": 34,
              "source": 44, "standard": 22, "n": 9, "coverage": 10}  # fmt: skip
    for column, (head, width) in enumerate(widths.items()):
        sheet.set_column(column, column, width)
        book.text(sheet, 0, column, book.said(f"book_col_{head}"), bold=True, bottom=1)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    for row, one in enumerate(pack.definitions, 1):
        texts: Sequence[str] = (
            one.title, one.id, one.unit, book.said(f"book_better_{one.better}"), one.summary, one.settings, one.limits,
            one.source, one.standard,
        )  # fmt: skip
        for column, said in enumerate(texts):
            book.text(sheet, row, column, said, text_wrap=True)
        for column, value, style in ((9, one.n, "#,##0"), (10, one.coverage, "0%")):
            if value is not None:
                sheet.write_number(row, column, value, book.style(num_format=style))


def _height(sheet: Any, row: int, texts: Sequence[str], wide: int) -> None:
    """Gives a row the height that its longest text needs: not every program does it by itself."""
    lines = max((len(textwrap.wrap(said, wide)) for said in texts), default=1)
    if lines > 1:
        sheet.set_row(row, LINE * lines)


def _grow(widths: dict[int, int], texts: Sequence[str]) -> None:
    for column, said in enumerate(texts):
        widths[column] = max(widths.get(column, 0), len(said))
