"""A binary workbook (.xlsb), record by record: just what a table of texts and numbers needs."""

import datetime
import struct
from collections.abc import Sequence
from typing import Any

from tests.corpus.xls import DAY_ZERO, ERRORS
from tests.corpus.xlsx import pack

ROW, ERROR, REAL, TEXT = 0, 3, 5, 6
BEGIN_BOOK, END_BOOK, BEGIN_SHEETS, END_SHEETS, SHEET = 131, 132, 143, 144, 156
BEGIN_SHEET, END_SHEET, DIMENSION, BEGIN_DATA, END_DATA = 129, 130, 148, 145, 146
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
)
RELATED = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
LINK = '<Relationship Id="rId1" Type="' + KINDS + '{}" Target="{}"/>'


def book(lines: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet named Loans."""
    entry = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Loans")
    main = _record(BEGIN_BOOK) + _record(BEGIN_SHEETS) + _record(SHEET, entry) + _record(END_SHEETS) + _record(END_BOOK)
    sheet = _record(BEGIN_SHEET) + _record(DIMENSION, struct.pack("<IIII", 0, len(lines) - 1, 0, len(lines[0]) - 1))
    sheet += _record(BEGIN_DATA)
    for row, line in enumerate(lines):
        sheet += _record(ROW, struct.pack("<I", row) + b"\0" * 13)
        sheet += b"".join(_cell(column, value) for column, value in enumerate(line))
    return pack({
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": RELATED.format(LINK.format("officeDocument", "xl/workbook.bin")).encode(),
        "xl/workbook.bin": main,
        "xl/_rels/workbook.bin.rels": RELATED.format(LINK.format("worksheet", "worksheets/sheet1.bin")).encode(),
        "xl/worksheets/sheet1.bin": sheet + _record(END_DATA) + _record(END_SHEET),
    })  # fmt: skip


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while True:
        length, low = length >> 7, length & 0x7F
        size += bytes([low | (0x80 if length else 0)])
        if not length:
            return head + size + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: Any) -> bytes:
    place = struct.pack("<II", column, 0)
    if value in ERRORS:
        return _record(ERROR, place + bytes([ERRORS[value]]))
    if isinstance(value, str):
        return _record(TEXT, place + _wide(value))
    number = (value - DAY_ZERO).days if isinstance(value, datetime.date) else value
    return _record(REAL, place + struct.pack("<d", number))
