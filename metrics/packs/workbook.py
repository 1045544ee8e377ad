"""The pack as a workbook: every figure as a number, and the balance as formulas that follow one weight cell.

Texts are written as texts, whatever they begin with: nothing in a cell is a formula but ours.
"""

import datetime
import io
from typing import Any

import xlsxwriter

from metrics.excel import FORMULA_SIGNS, plain, safe_name
from metrics.packs import balanced, formulas, sheets
from metrics.packs.model import Live, Number, Pack
from metrics.packs.number_formats import SCALES, SHAPES, number_format

COLOURS = {"amber": "#B25E00", "below": "#B25E00", "red": "#B42318", "critical": "#B42318"}
MARGIN = 0.5  # inches


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
        found.set_default_row(16)
        found.set_landscape()
        found.set_paper(9)
        found.fit_to_pages(1, 0)
        found.set_margins(left=MARGIN, right=MARGIN)
        found.set_footer("&L&A&R&P/&N", {"scale_with_doc": False})
        return found

    def text(self, sheet: Any, row: int, column: int, said: str, **how: Any) -> None:
        """Writes a text as a text; one that a program could take for a formula keeps the mark that says so."""
        shown = plain(said)
        if shown.lstrip(" \ufeff\xa0").startswith(FORMULA_SIGNS):
            how["quote_prefix"] = True
        sheet.write_string(row, column, shown, self.style(**how))

    def number(self, sheet: Any, row: int, column: int, found: Number, align: str = "right", **how: Any) -> None:
        """Writes a figure as a number in its unit, with its shape where a limit is passed; else what stands for it."""
        how |= {"align": align}
        how |= {"font_color": COLOURS[found.level]} if found.level in COLOURS else {}
        if found.value is None:
            grey = {} if found.level or found.text == found.word else {"font_color": balanced.GREY}
            self.text(sheet, row, column, SHAPES.get(found.level, "") + found.text, **how | grey)
            return
        how["num_format"] = number_format(found)
        sheet.write_number(row, column, found.value * SCALES.get(found.unit, 1.0), self.style(**how))

    def said(self, name: str, **params: object) -> str:
        """A text of the pack's own language."""
        return self.pack.words[name].format(**params)


def xlsx(pack: Pack) -> bytes:
    """The workbook: what it is, the balance to weigh again, one sheet a section, definitions."""
    book = Book(pack)
    live = next((b for section in pack.sections for b in section.blocks if isinstance(b, Live)), None)
    weighed = live is not None and bool(live.values)
    _about(book, weighed)
    if live is not None and weighed:
        formulas.write(book, live)
    shown = [section for section in pack.sections if any(not isinstance(block, Live) for block in section.blocks)]
    # All sheets first: the one with the charts' figures comes last, and is made when the first chart asks for it.
    made = [book.sheet(section.title) for section in shown]
    if pack.definitions:
        sheets.definitions(book)
    for section, sheet in zip(shown, made, strict=True):
        sheets.section(book, section, sheet)
    book.book.close()
    return book.out.getvalue()


def _about(book: Book, weighed: bool) -> None:
    pack, sheet = book.pack, book.sheet(book.said("book_about"))
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 96)
    book.text(sheet, 0, 0, pack.title, bold=True, font_size=14)
    rows = [(book.said("book_institution"), pack.institution), *pack.basis]
    rows += [(book.said("book_sample"), pack.sample)] if pack.sample else []
    how = book.said("book_how_text" if weighed else "book_how_plain")
    rows += [(book.said("book_hash"), pack.hash), (book.said("book_how"), how)]
    for row, (name, said) in enumerate(rows, 2):
        book.text(sheet, row, 0, name, bold=True)
        book.text(sheet, row, 1, said, text_wrap=True)
        sheets.fit(sheet, row, [name, said], {0: 32, 1: 92})
