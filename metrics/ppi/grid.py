"""A workbook's visible sheets as grids of text and numbers, read by the importer's own child process."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from metrics.ingest import files
from metrics.ingest.child.cells import DATE, ERROR, NUMBER, TOO_LONG
from metrics.ingest.model import Sheet

PLAIN = re.compile(r"-?\d+(\.\d+)?%?")
WRITTEN = re.compile(r"(\d+)[.)]?")
csv.field_size_limit(1 << 20)


@dataclass(frozen=True)
class Cell:
    """A cell: its text, and its number where it is one (5.2% is 0.052)."""

    text: str
    number: float | None = None

    @property
    def word(self) -> str:
        """The text of a cell that holds words; empty for a number."""
        return "" if self.number is not None else self.text

    @property
    def whole(self) -> int | None:
        """The whole number that the cell holds, also where it is written as text: 3, "3", "3."."""
        if self.number is not None:
            return int(self.number) if self.number == int(self.number) else None
        found = WRITTEN.fullmatch(self.text)
        return int(found[1]) if found and len(found[1]) < 10 else None


EMPTY = Cell("")


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows from top to bottom with the numbers that the spreadsheet shows; blank rows are left out."""

    file: str
    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(cells) for _, cells in self.rows), default=0)

    def at(self, row: int, column: int) -> Cell:
        """The cell in the row at a place (from 0) of `rows`; an empty one where there is none."""
        cells = self.rows[row][1]
        return cells[column] if column < len(cells) else EMPTY

    def no(self, row: int) -> int:
        """The number of the row at a place, as the spreadsheet shows it."""
        return self.rows[row][0]


def grids(path: Path, place: Path) -> tuple[str, str, list[Grid]]:
    """The file's name, its sha256 and its visible sheets; working files are written below `place`.

    Raises:
        InputError: the file is missing, protected, damaged, hostile, or too heavy.
    """
    sheets = files.sheets(path, place)
    found = [_grid(sheet) for sheet in sheets if sheet.visible and sheet.rows]
    return files.safe_name(path.name), sheets[0].sha256 if sheets else "", found


def _grid(sheet: Sheet) -> Grid:
    with sheet.rows_file.open(encoding="utf-8", newline="") as source:
        rows = [
            (int(row[0]), tuple(_cell(text) for text in row[2:]))
            for row in csv.reader(source, delimiter=sheet.delimiter)
        ]
    return Grid(sheet.file, sheet.name, tuple(rows))


def _cell(text: str) -> Cell:
    bare = text.strip(NUMBER + DATE + ERROR + TOO_LONG + " ")
    if text.startswith(NUMBER) and PLAIN.fullmatch(bare):
        return Cell(bare, _number(bare))
    return Cell(bare)


def _number(text: str) -> float:
    if text.endswith("%"):
        # By digits, not by a division, so that the fraction in the file comes back to its last digit.
        sign, digits, places = _digits(text[:-1])
        return float(f"{sign}{digits}e-{places + 2}")
    return float(text)


def _digits(text: str) -> tuple[str, str, int]:
    whole, _, part = text.removeprefix("-").partition(".")
    return "-" if text.startswith("-") else "", whole + part, len(part)


def plain(text: str) -> str:
    """Text for comparing: no case, accents, punctuation or doubled spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9a-z$%.]+", " ", bare).split())
