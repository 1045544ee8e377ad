"""Error cells of binary workbooks (.xls, .xlsb), which calamine reads as blank: found record by record."""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from metrics.ingest.child.marks import Found, links

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = 0xFFFFFFF8
MOST_SECTORS = 1 << 22
# Kinds of records of an .xls file, then of an .xlsb file.
SHEET, BEGIN, FORMULA, VALUE = 0x85, 0x809, 0x6, 0x205
ROW, ERROR, ERROR_OF_FORMULA, BUNDLED = 0, 3, 11, 156


def of_xls(file: Path) -> dict[str, Found]:
    """Sheet name -> its error cells, of a workbook of Excel 97; empty where its streams lie otherwise than usual."""
    data = file.read_bytes()
    stream = _stream(data) if data.startswith(OLE) else b""
    names: dict[int, str] = {}
    found: dict[str, Found] = {}
    sheet = ""
    for at, kind, body in _records(stream):
        if kind == SHEET and len(body) > len(b"position"):
            names[int.from_bytes(body[:4], "little")] = _name(body)
        elif kind == BEGIN:
            sheet = names.get(at, "")
        elif kind in (FORMULA, VALUE) and (error := _error(kind, body)):
            row, column = struct.unpack_from("<HH", body)
            found.setdefault(sheet, Found()).cells[row, column] = error
    return found


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Place, kind and content of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _name(body: bytes) -> str:
    """A sheet's name: its length, whether it takes two bytes a letter, the letters."""
    length, wide = body[6], body[7] & 1
    return body[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _error(kind: int, body: bytes) -> str:
    """The error that a cell holds, or that its formula came to."""
    if kind == VALUE:
        return ERRORS.get(body[6], "") if body[7:8] == b"\x01" else ""
    return ERRORS.get(body[8], "") if body[6:7] == b"\x02" and body[12:14] == b"\xff\xff" else ""


def _stream(data: bytes) -> bytes:
    """The stream of the workbook in a compound file."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    start, cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    tables = [number for number in struct.unpack_from("<109I", data, 76) if number < END]
    joined = b"".join(map(sector, tables))
    chain = struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    def whole(number: int) -> bytes:
        parts: list[bytes] = []
        while number < len(chain) and len(parts) < MOST_SECTORS:
            parts.append(sector(number))
            number = chain[number]
        return b"".join(parts)

    directory = whole(start)
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        first, total = struct.unpack_from("<IQ", directory, at + 116)
        if name in ("Workbook", "Book") and total >= cutoff:
            return whole(first)[:total]
    return b""


def of_xlsb(archive: zipfile.ZipFile) -> dict[str, Found]:
    """Sheet name -> its error cells, of a binary workbook."""
    targets = links(archive, "xl/_rels/workbook.bin.rels")
    names = [_texts(body[8:]) for kind, body in wide_records(archive.read("xl/workbook.bin")) if kind == BUNDLED]
    found = {name: targets.get(link, "") for link, name in names}
    return {name: _sheet(archive.read(part)) for name, part in found.items() if part in archive.namelist()}


def _texts(body: bytes) -> tuple[str, str]:
    """Two texts, each after its length in letters of two bytes."""
    first = int.from_bytes(body[:4], "little") * 2 + 4
    second = first + 4 + int.from_bytes(body[first : first + 4], "little") * 2
    return body[4:first].decode("utf-16-le", "replace"), body[first + 4 : second].decode("utf-16-le", "replace")


def _sheet(data: bytes) -> Found:
    found = Found()
    row = 0
    for kind, body in wide_records(data):
        if kind == ROW:
            row = int.from_bytes(body[:4], "little")
        elif kind in (ERROR, ERROR_OF_FORMULA) and len(body) > 8:
            found.cells[row, int.from_bytes(body[:4], "little")] = ERRORS.get(body[8], "#VALUE!")
    return found


def wide_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record of an .xlsb part; kinds and sizes take seven bits a byte."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for place in range(most):
        byte = data[at] if at < len(data) else 0
        number |= (byte & 0x7F) << 7 * place
        at += 1
        if byte < 128:
            break
    return number, at
