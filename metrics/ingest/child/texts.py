"""Delimited text (CSV and its relatives): encoding, delimiter, rows; one record a line out.

Every output line is `row number, number of cells, cells ...`. A record never swallows the lines after it:
a quote that does not close within a few lines marks its own line only (number of cells -1).
"""

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from metrics.ingest.child.caps import LONGEST_CELL, LONGEST_LINE, LONGEST_RECORD, MOST_COLUMNS, MOST_ROWS
from metrics.ingest.child.cells import CONTROL, Fault, Fixes, clean, letters, repairs, visible

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 200
csv.field_size_limit(LONGEST_LINE)
NEWLINE = "\n"
OTHER_DIGITS = re.compile(r"(?![0-9])\d")


def read(file: Path, folder: Path) -> dict[str, Any]:
    """Write `0.csv`, the normalised rows of a text file; return what was found out about it.

    Raises:
        Fault: the file is empty, no text, or wider than any table.
    """
    notes: list[dict[str, Any]] = []
    with opened(file, notes) as source:
        delimiter, width = _shape(source)
        source.seek(0)
        repairs.drain()  # what the look ahead has mended comes again
        fixes = Fixes(folder / "0.fixes.csv")
        with (folder / "0.csv").open("w", encoding="utf-8", newline="") as out:
            rows = _write(source, out, fixes, delimiter, width)
    if rows == 0:
        raise Fault("import.file_blank")
    if bytes_replaced(source):
        notes.append({"key": "import.note_windows_1252"})
    sheet = {
        "name": "", "visible": True, "file": "0.csv", "rows": rows, "delimiter": delimiter,
        "columns": [letters(index) for index in range(width)], "notes": notes, "checks_cells": True,
        "fixes": fixes.close(),
    }  # fmt: skip
    return {"sheets": [sheet], "formats_known": True}


class _Replacing:
    """Decodes bytes that are not UTF-8 as Windows-1252, and remembers that it had to."""

    used = False

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        self.used = True
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_replacing = _Replacing()
codecs.register_error("windows-1252", _replacing)


def bytes_replaced(source: io.TextIOWrapper) -> bool:
    """Whether some bytes were no UTF-8 and were read as Windows-1252."""
    return source.encoding == "utf-8-sig" and _replacing.used


def opened(file: Path, notes: list[dict[str, Any]]) -> io.TextIOWrapper:
    """The file as text; every kind of line end reads as one newline."""
    with file.open("rb") as raw:
        start = raw.read(1 << 16)
    encoding = "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif start.count(0) > len(start) // 4:
        encoding = "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    elif sum(byte < 32 and byte not in b"\t\n\r\f" for byte in start) > max(20, len(start) // 50):
        raise Fault("import.file_not_a_table")
    if encoding.startswith("utf-16"):
        notes.append({"key": "import.note_utf_16"})
    errors = "windows-1252" if encoding == "utf-8-sig" else "replace"
    return file.open("r", encoding=encoding, errors=errors, newline=None)


def _shape(source: io.TextIOWrapper) -> tuple[str, int]:
    """The delimiter, and the number of columns to keep."""
    lines = [visible(line) for _, line in zip(range(SAMPLE_ROWS), _bounded(source), strict=False)]
    named = [line[4:5] for line in lines[:1] if line.lower().startswith("sep=")]
    counts = {
        delimiter: Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        for delimiter in named or DELIMITERS
    }
    delimiter = max(counts, key=lambda d: _fit(counts[d]))
    width = max(counts[delimiter], default=1)
    if counts[delimiter].most_common(1)[:1] and counts[delimiter].most_common(1)[0][0] > MOST_COLUMNS:
        raise Fault("import.too_many_columns", n=counts[delimiter].most_common(1)[0][0], most=MOST_COLUMNS)
    return delimiter, min(width, MOST_COLUMNS)


def _fit(lengths: Counter[int]) -> tuple[int, int]:
    """How well rows agree on a number of cells: rows that agree, then cells."""
    return max(((rows, cells) for cells, rows in lengths.items()), default=(0, 0))


def _bounded(source: io.TextIOWrapper) -> Iterator[str]:
    while line := source.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise Fault("import.line_too_long", n=LONGEST_LINE)
        yield line


def _write(source: io.TextIOWrapper, out: io.TextIOWrapper, fixes: Fixes, delimiter: str, width: int) -> int:
    """Write the records that hold anything; returns how many. Row numbers count as a spreadsheet does."""
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    written = 0
    blank = delimiter + ' "\n\t'
    for row_no, line, sound in _records(source, fixes, delimiter, width):
        if not line.strip(blank) or (row_no == 1 and line.lower().startswith("sep=")):
            continue
        written += 1
        if written > MOST_ROWS:
            raise Fault("import.too_many_rows", most=MOST_ROWS)
        if sound and _plain(line) and line.count(delimiter) + 1 == width:
            out.write(f"{row_no}{delimiter}{width}{delimiter}{line.rstrip(NEWLINE)}\n")
            continue
        cells = _cells(line, delimiter)
        if not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        number = len(cells) if sound else -1
        cleaned = [_clean(cell, row_no, place, fixes) for place, cell in enumerate(cells[:width])]
        writer.writerow([row_no, number, *cleaned, *[""] * (width - len(cells))])
    return written


def _clean(cell: str, row_no: int, place: int, fixes: Fixes) -> str:
    text = clean(cell)
    if repairs.made:
        fixes.put(row_no, place, repairs.drain())
    return text


def _visible(line: str, row_no: int, fixes: Fixes, delimiter: str) -> str:
    """A line without invisible characters; what was mended is told cell by cell, where the line parts as before."""
    text = visible(line)
    if not repairs.made:
        return text
    made = repairs.drain()
    before = _cells(line, delimiter)
    if len(before) != len(_cells(text, delimiter)):
        fixes.put(row_no, -1, made)
        return text
    for place, cell in enumerate(before):
        visible(cell)
        if repairs.made:
            fixes.put(row_no, place, repairs.drain())
    return text


def _plain(line: str) -> bool:
    """Whether a line can go out as it stands: most can, and a million of them should cost little."""
    plain = len(line) <= LONGEST_CELL and '"' not in line and "#" not in line
    return plain and (line.isascii() or not OTHER_DIGITS.search(line))


def _cells(record: str, delimiter: str) -> list[str]:
    return next(csv.reader([record.replace("\n", " ")], delimiter=delimiter), [])


def _records(source: io.TextIOWrapper, fixes: Fixes, delimiter: str, width: int) -> Iterator[tuple[int, str, bool]]:
    """Row number, text and soundness of each record; a quoted cell may hold line ends."""
    lines = _bounded(source)
    ahead: list[str] = []
    row_no = 0
    while (line := ahead.pop(0) if ahead else next(lines, "")) != "":
        row_no += 1
        if not line.isascii() or CONTROL.search(line):
            line = _visible(line, row_no, fixes, delimiter)
        if line.count('"') % 2 == 0 or _closed(line, delimiter):
            yield row_no, line, True
            continue
        ahead.extend(itertools.islice(lines, LONGEST_RECORD - len(ahead)))
        joined, used = _join(line, ahead, delimiter, width)
        if repairs.made:
            fixes.put(row_no, -1, repairs.drain())
        del ahead[:used]
        yield row_no, joined, used > 0


def _join(line: str, ahead: list[str], delimiter: str, width: int) -> tuple[str, int]:
    """A record with the lines that its open quote runs over, and how many; none where they do not fit."""
    joined = line
    for used, following in enumerate(ahead, start=1):
        joined += visible(following)
        if _closed(joined, delimiter):
            if len(_cells(joined, delimiter)) == width:
                return joined, used
            break
    return line.replace('"', ""), 0


def _closed(record: str, delimiter: str) -> bool:
    """Whether a record ends outside quotes."""
    try:
        list(csv.reader([record.replace("\n", " ")], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" not in str(error)
    return True
