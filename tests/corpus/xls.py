"""A workbook of Excel 97 (.xls), record by record: just what a table of texts, numbers and dates needs."""

import datetime
import struct
from collections.abc import Sequence
from typing import Any

from tests.corpus import cfb

DAY_ZERO = datetime.date(1899, 12, 30)
DATE_STYLE = 1
BUILT_IN_DATE = 14
ERRORS = {"#DIV/0!": 7, "#REF!": 23}


def book(lines: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet named Loans."""
    before = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 6)) + _record(0x42, struct.pack("<H", 1200))
    before += _style(0) + _style(BUILT_IN_DATE)
    length = len(before) + len(_sheet_entry(0)) + 4
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 6))
    sheet += _record(0x200, struct.pack("<IIHHH", 0, len(lines), 0, len(lines[0]), 0))
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            sheet += _cell(row, column, value)
    return cfb.compound({"Workbook": before + _sheet_entry(length) + _record(0xA, b"") + sheet + _record(0xA, b"")})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _style(number_format: int) -> bytes:
    return _record(0xE0, struct.pack("<HH", 0, number_format) + b"\0" * 16)


def _sheet_entry(at: int) -> bytes:
    return _record(0x85, struct.pack("<IBBBB", at, 0, 0, 5, 0) + b"Loans")


def _cell(row: int, column: int, value: Any) -> bytes:
    if value is None:
        return b""
    if value in ERRORS:
        return _record(0x205, struct.pack("<HHHBB", row, column, 0, ERRORS[value], 1))
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
    style = DATE_STYLE if isinstance(value, datetime.date) else 0
    number = (value - DAY_ZERO).days if isinstance(value, datetime.date) else value
    return _record(0x203, struct.pack("<HHHd", row, column, style, number))
