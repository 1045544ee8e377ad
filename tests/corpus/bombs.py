"""Files made to harm whoever reads them, b01 to b22: small on disk, huge once unpacked, or lying about themselves."""

import struct
import zlib
from collections.abc import Callable, Iterator

from tests.corpus.xlsx import BOOK, MAIN, SHEET, STRINGS, pack, parts, patched, with_parts

BLOCK = 16 << 20
LAUGHS = "".join(f'<!ENTITY l{no} "{f"&l{no - 1};" * 10}">' for no in range(1, 10))
LAUGH = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'.encode()
QUADRATIC = b'<!DOCTYPE x [<!ENTITY q "' + b"a" * 50_000 + b'">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
SST = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>'.encode()
LIST = f'<sst xmlns="{MAIN}" count="1" uniqueCount="4294967295"><si><t>x</t></si></sst>'.encode()
END = b"</sheetData>"


def swollen(parts_before: dict[str, bytes], name: str, start: bytes, block: bytes, times: int, end: bytes) -> bytes:
    """A zip archive of parts and one more: `start`, then a block again and again, then `end`.

    The block is packed once and copied, so that two gigabytes take as long as sixteen megabytes.
    """
    packed, checksum, size = _repeated(start, block, times, end)
    archive = pack({key: value for key, value in parts_before.items() if key != name})
    directory = archive.rindex(b"PK\x05\x06")
    count, _, length, at = struct.unpack_from("<HHII", archive, directory + 8)
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, checksum, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + fields + name.encode() + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, at) + name.encode()
    body = archive[:at] + local + archive[at : at + length] + central
    numbers = (0, 0, count + 1, count + 1, length + len(central), at + len(local), 0)
    return body + b"PK\x05\x06" + struct.pack("<HHHHIIH", *numbers)


def _repeated(start: bytes, block: bytes, times: int, end: bytes) -> tuple[bytes, int, int]:
    """The packed bytes, the checksum and the size of a start, many blocks and an end."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(end) + packer.flush(zlib.Z_FINISH)
    checksum = zlib.crc32(start)
    for _ in range(times):
        checksum = zlib.crc32(block, checksum)
    return first + middle * times + last, zlib.crc32(end, checksum), len(start) + len(block) * times + len(end)


def inside(part: str, before: bytes, doctype: bytes, use: bytes = b"") -> bytes:
    """A workbook with a document type before the root of one part, and perhaps a use of it."""
    found = parts()
    found[part] = found[part].replace(before, doctype + before, 1)
    if use:
        found[part] = found[part].replace(b">Kolo<", b">" + use + b"<")
    return pack(found)


def many_sheets() -> bytes:
    """Twenty thousand sheets."""
    return with_parts({f"xl/worksheets/sheet{no}.xml": b"<x/>" for no in range(2, 20_001)})


def lying(content: bytes) -> bytes:
    """An archive whose directory says that a huge part is small."""
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", 5000) + content[at + 28 :]


def twice() -> bytes:
    """An archive that holds one name twice: two readers would see two tables."""
    made = bytearray(pack({**parts(), "xl/worksheets/sheet9.xml": b"<x/>"}))
    while (at := made.find(b"xl/worksheets/sheet9.xml")) >= 0:
        made[at : at + 24] = SHEET.encode()
    return bytes(made)


def gzipped(block: bytes, times: int) -> bytes:
    """A packed file that unpacks to many blocks."""
    packed, checksum, size = _repeated(b"", block, times, b"")
    return b"\x1f\x8b\x08" + b"\0" * 6 + b"\xff" + packed + struct.pack("<II", checksum, size & 0xFFFFFFFF)


def cells() -> Iterator[bytes]:
    """Ten thousand rows of thirty cells."""
    row = "<row>" + '<c t="n"><v>1</v></c>' * 30 + "</row>"
    yield row.encode() * 10_000


def all_cells() -> bytes:
    """Thirty million cells."""
    start = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    return swollen(parts(), SHEET, start, b"".join(cells()), 100, b"</sheetData></worksheet>")


FILES: dict[str, Callable[[], bytes]] = {
    "b01": lambda: swollen(parts(), SHEET, b"<worksheet>", b" " * BLOCK, 125, b"</worksheet>"),
    "b02": all_cells,
    "b03": lambda: swollen(parts(), STRINGS, SST, b"x" * BLOCK, 63, b"</t></si></sst>"),
    "b04": lambda: inside(STRINGS, b"<sst", LAUGH, b"&l9;"),
    "b05": lambda: inside(SHEET, b"<worksheet", LAUGH),
    "b06": lambda: inside(BOOK, b"<workbook ", LAUGH),
    "b07": lambda: inside(STRINGS, b"<sst", QUADRATIC, b"&q;" * 50_000),
    "b08": lambda: inside(STRINGS, b"<sst", OUTSIDE, b"&e;"),
    "b09": lambda: patched(SHEET, {END: b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + END}),
    "b10": lambda: with_parts({STRINGS: LIST}),
    "b11": lambda: patched(SHEET, {END: END + b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'}),
    "b12": lambda: swollen(parts(), SHEET, b"<worksheet>", b"<a>" * 1_000_000, 20, b"</worksheet>"),
    "b13": lambda: patched(SHEET, {b'r="6"': b'r="4294967295"', b'r="A6"': b'r="A4294967295"'}),
    "b14": many_sheets,
    "b15": lambda: with_parts({"../../evil.xml": b"<x/>"}),
    "b16": lambda: patched(SHEET, {END: b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'
                                   + END}),
    "b17": lambda: patched(SHEET, {b'<c r="A2" t="s"><v>8</v>': b'<c r="A2" t="s"><v>99999</v>'}),
    "b18": twice,
    "b19": lambda: lying(swollen(parts(), "xl/zz.xml", b"<x>", b" " * BLOCK, 125, b"</x>")),
    "b20": lambda: gzipped(b"1,2,3\n" * 1_000_000, 700),
    "b21": lambda: pack({"loans.csv": b"loan_id,outstanding\n1,2\n", "inner.zip": pack({"a.csv": b"loan_id\n1\n"})}),
    "b22": lambda: b"<html><body><table><tr><td>loan_id</td><td>outstanding</td></tr><tr>" + b"<td><table>" * 200_000,
}  # fmt: skip
