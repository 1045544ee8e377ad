"""Sixty more files made to harm, by seeded mutation: bytes that flip, counts that lie, one part of a table swollen."""

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.corpus import bombs, ods, xls, xlsb
from tests.corpus.xlsx import BOOK, MAIN, SHEET, STRINGS, STYLES, Parts, book, pack, parts, patched, typed, with_parts

END, TYPES, LINKS = bombs.END, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
SEED = 20261130
Made = tuple[str, bytes]
CSV = "loan_id,client_id,branch,disbursed_on,disbursed_amount,outstanding\n"
LINE = "00123,C1,Kolo,2025-01-03,1000.00,812.50\n"


def flipped(content: bytes, dice: random.Random, first: int = 0, times: int = 8) -> bytes:
    """Bytes of which some, from a place on, became others."""
    made = bytearray(content)
    for _ in range(times):
        made[dice.randrange(min(first, len(made) - 1), len(made))] = dice.randrange(256)
    return bytes(made)


def cut(content: bytes, dice: random.Random) -> bytes:
    """The beginning of a file."""
    return content[: dice.randrange(64, len(content))]


def flipped_part(part: str) -> Callable[[random.Random], bytes]:
    """A workbook, whole as an archive, one part of which has other letters here and there."""

    def made(dice: random.Random) -> bytes:
        found = parts()
        return pack({**found, part: flipped(found[part], dice, 60, 4)})

    return made


def after_rows(added: bytes) -> bytes:
    """A workbook with something more after its rows."""
    return patched(SHEET, {END: END + added})


def rows(added: bytes) -> bytes:
    """A workbook with more rows below its own."""
    return patched(SHEET, {END: added + END})


def heavy_cells() -> bytes:
    """One text of a thousand letters in half a million cells: a file of some kilobytes, a table of half a gigabyte."""
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 490 + b"</row>"
    sheet = b'<worksheet xmlns="' + MAIN.encode() + b'"><sheetData>' + row * 1000 + b"</sheetData></worksheet>"
    texts = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>{"x" * 999}</t></si></sst>'.encode()
    return with_parts({SHEET: sheet, STRINGS: texts})


def listed(times: int) -> bytes:
    """An archive whose directory names a hundred thousand parts in the same place."""
    made = pack({"a": b""})
    at, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    entry = made[at:end]
    body = made[:at] + entry * times
    numbers = struct.pack("<HHHHIIH", 0, 0, 65535, 65535, len(entry) * times, at, 0)
    return body + b"PK\x05\x06" + numbers


def overlapping() -> bytes:
    """Many parts that are one and the same swollen stretch of the file."""
    made = bombs.swollen(parts(), "xl/a.xml", b"<x>", b" " * (1 << 20), 9, b"</x>")
    at, end = made.rindex(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    entry, length = made[at:end], struct.unpack_from("<I", made, end + 12)[0]
    more = b"".join(entry.replace(b"xl/a.xml", f"xl/{no:x}.xml".encode()[:8].ljust(8, b"x")) for no in range(10, 200))
    count = struct.unpack_from("<H", made, end + 10)[0] + 190
    numbers = struct.pack("<HHHHIIH", 0, 0, count, count, length + len(more), end - length, 0)
    return made[:end] + more + b"PK\x05\x06" + numbers


def nested(depth: int) -> bytes:
    """A table in an archive in an archive, and so on."""
    made = pack({"loans.csv": (CSV + LINE).encode()})
    for number in range(depth):
        made = pack({f"{number}.zip": made})
    return made


def many_gz(times: int) -> bytes:
    """A packed file of many members, one after the other."""
    return gzip.compress((CSV + LINE).encode(), mtime=0) * times


def near(ratio: int) -> bytes:
    """A packed text that unpacks to almost as much as may be."""
    block = random.Random(SEED).randbytes(1 << 16).hex().encode() + b"\n"
    return gzip.compress(CSV.encode() + block + LINE.encode() * (ratio * 1500), mtime=0)


def chained(at: int, value: int) -> bytes:
    """An old workbook whose chain of sectors leads somewhere else, or back to itself."""
    made = bytearray(xls.book(typed()))
    struct.pack_into("<I", made, at, value)
    return bytes(made)


def repeated(content: bytes, old: bytes, new: bytes) -> bytes:
    """An OpenDocument workbook with the first of a text in its content replaced."""
    return _with(content, "content.xml", lambda text: text.replace(old, new, 1))


def _with(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    return pack({**found, part: change(found[part])})


def _utf16(content: bytes, mark: bytes = b"") -> bytes:
    return mark + content.decode().encode("utf-16-le")


def _binary(change: Callable[[bytes], bytes]) -> bytes:
    return _with(xlsb.book(typed()), "xl/worksheets/sheet1.bin", change)


def _dtd_in_utf16() -> bytes:
    found: Parts = parts()
    text = found[STRINGS].replace(b"<sst", bombs.LAUGH + b"<sst", 1)
    return pack({**found, STRINGS: _utf16(text.replace(b'encoding="UTF-8"', b'encoding="UTF-16"'), b"\xff\xfe")})


ROW = b'<row r="%d"><c r="%s"><v>1</v></c></row>'
CELLS: Mapping[str, Callable[[random.Random], bytes]] = {
    "heavy_cells": lambda _: heavy_cells(),
    "millions_of_blank_texts": lambda _: with_parts(
        {STRINGS: f'<sst xmlns="{MAIN}" count="1" uniqueCount="1">'.encode() + b"<si/>" * 1_500_000 + b"</sst>"}),
    "runs_of_one_text": lambda _: patched(STRINGS, {b"</sst>": b"<si>" + b"<r><t>x</t></r>" * 200_000
    + b"</si></sst>"}),
    "index_below_zero": lambda _: patched(SHEET, {b't="s"><v>8<': b't="s"><v>-1<'}),
    "index_beyond": lambda _: patched(SHEET, {b't="s"><v>8<': b't="s"><v>99999999999999999999<'}),
    "merged_apart": lambda _: after_rows(b"<mergeCells>" + b"".join(
        b'<mergeCell ref="A%d:H%d"/>' % (no * 2 + 10, no * 2 + 11) for no in range(60_000)) + b"</mergeCells>"),
    "merged_over_each_other": lambda _: after_rows(
        b"<mergeCells>" + b'<mergeCell ref="A1:H900000"/>' * 2000 + b"</mergeCells>"),
    "merged_backwards": lambda _: after_rows(b'<mergeCells><mergeCell ref="Z9:A1"/></mergeCells>'),
    "merged_nowhere": lambda _: after_rows(b'<mergeCells><mergeCell ref="A0:XFE9999999999"/></mergeCells>'),
    "styles_by_the_thousand": lambda _: patched(STYLES, {b"</cellXfs>": b'<xf numFmtId="9"/>' * 300_000
    + b"</cellXfs>"}),
    "style_of_a_megabyte": lambda _: patched(
        STYLES, {b"<fonts": b'<numFmts><numFmt numFmtId="200" formatCode="' + b'"%' * 600_000
            + b'"/></numFmts><fonts'}),
    "formula_in_brackets": lambda _: patched(
        SHEET, {END: ROW.replace(b"<v>", b"<f>" + b"(" * 8000 + b"1" + b")" * 8000 + b"</f><v>") % (7, b"A7") + END}),
    "formulas_without_result": lambda _: rows(b"".join(
        b'<row r="%d"><c r="G%d"><f>A1</f></c></row>' % (no, no) for no in range(7, 60_000))),
    "shared_formula_everywhere": lambda _: patched(
        SHEET, {END: b'<row r="7"><c r="G7"><f t="shared" ref="A1:XFD1048576" si="0">A1</f><v>1</v></c></row>' + END}),
    "days_beyond_time": lambda _: rows(b"".join(
        b'<row r="%d"><c r="E%d" s="1"><v>%s</v></c></row>' % (no, no, value) for no, value in enumerate(
            (b"1e308", b"-1e300", b"NaN", b"INF", b"99999999999999999999", b"-0", b"2958466", b"1e-320"), start=7))),
    "days_as_text": lambda _: rows(b'<row r="7"><c r="E7" t="d"><v>+999999999-13-99T99:99</v></c></row>' * 50),
    "hyperlinks": lambda _: after_rows(
        b"<hyperlinks>" + b'<hyperlink ref="A1" location="file:///etc/passwd"/>' * 200_000 + b"</hyperlinks>"),
    "comments": lambda _: with_parts({"xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>'.encode()
        + b'<comment ref="A1"><text><t>x</t></text></comment>' * 150_000 + b"</commentList></comments>"}),
    "calculation_chain": lambda _: with_parts({"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}">'.encode()
        + b'<c r="XFD1048576" i="1"/>' * 400_000 + b"</calcChain>"}),
    "names_defined": lambda _: patched(BOOK, {b"</sheets>": b"</sheets><definedNames>"
        + b'<definedName name="a">Sheet!$A$1:$XFD$1048576</definedName>' * 100_000 + b"</definedNames>"}),
    "name_of_a_sheet": lambda _: patched(BOOK, {b'name="Sheet"': b'name="' + b"S" * 9_000_000 + b'"'}),
    "size_that_lies": lambda _: patched(SHEET, {b"<sheetData>": b'<dimension ref="A1:XFD1048576"/><sheetData>'}),
    "cells_out_of_order": lambda dice: rows(b"".join(
        ROW % (no, b"%c%d" % (dice.randrange(65, 91), no)) for no in (dice.randrange(1, 5000) for _ in range(3000)))),
    "cells_nowhere": lambda _: rows(b"".join(ROW % (no, ref) for no, ref in enumerate(
        (b"A0", b"AAAA9", b"a7", b"9", b"", b"A-1", b"ZZZ1048577", b"\xc3\xa9"), start=7))),
    "cells_far_right": lambda _: rows(b"".join(ROW % (no, b"XFD%d" % no) for no in range(7, 3000))),
    "letters_in_two_bytes": lambda _: _dtd_in_utf16(),
    "tags_in_tags": lambda _: patched(SHEET, {END: b"<a>" * 300_000 + END}),
}  # fmt: skip
ARCHIVES: Mapping[str, Callable[[random.Random], bytes]] = {
    **{f"directory_flipped_{no}": lambda dice: flipped(made := book(), dice, made.index(b"PK\x01\x02")) for no in (1,
        2)},
    **{f"bytes_flipped_{no}": lambda dice: flipped(book(), dice, 4, 40) for no in (1, 2)},
    **{f"flipped_{part.rsplit('/')[-1]}": flipped_part(part) for part in (SHEET, BOOK, STRINGS, STYLES, LINKS, TYPES)},
    "half": lambda dice: cut(book(), dice),
    "directory_of_many": lambda _: listed(250_000),
    "one_place_for_all": lambda _: overlapping(),
    "no_part_of_a_workbook": lambda _: pack({BOOK: b""}),
    "not_xml": lambda dice: with_parts({SHEET: dice.randbytes(200_000)}),
    "links_in_a_circle": lambda _: patched(LINKS, {b"worksheets/sheet1.xml": b"_rels/workbook.xml.rels"}),
}  # fmt: skip
TEXTS: Mapping[str, tuple[str, Callable[[random.Random], bytes]]] = {
    "one_long_line": (".csv", lambda _: CSV.encode() + b"x" * (20 << 20)),
    "only_quotes": (".csv", lambda _: CSV.encode() + b'"' * 999_999 + b"\n" + b'"\n' * 300_000),
    "only_commas": (".csv", lambda _: (b"," * 490 + b"\n") * 60_000),
    "zeros_between": (".csv", lambda _: (CSV + LINE).encode().replace(b",", b"\0,") * 500),
    "half_a_letter": (".csv", lambda _: _utf16((CSV + LINE * 99).encode(), b"\xff\xfe") + b"\xd8"),
    "order_in_the_middle": (".csv", lambda _: _utf16((CSV + LINE).encode(), b"\xff\xfe") * 99),
    "not_a_letter": (".csv", lambda dice: CSV.encode() + dice.randbytes(100_000).replace(b"\0", b"1")),
    "tables_in_tables": (".xls", lambda _: b"<html><table><tr><td>" + b"<table><tr><td>x" * 150_000),
    "wide_cells": (".xls", lambda _: b"<html><table>" + b'<tr><td colspan="1000" rowspan="1000">x' * 20_000),
    "entities": (".xls", lambda _: b"<html><table><tr><td>" + b"&amp;&#x110000;&#99999999999;" * 200_000),
    "script_without_end": (".xls", lambda _: b"<html><script><table><tr><td>" + b"x<" * 2_000_000),
    "gz_cut": (".csv.gz", lambda dice: cut(gzip.compress((CSV + LINE * 5000).encode(), mtime=0), dice)),
    "gz_of_many": (".csv.gz", lambda _: many_gz(20_000)),
    "gz_almost_too_much": (".csv.gz", lambda _: near(190)),
    "gz_in_gz": (".csv.gz", lambda _: gzip.compress(gzip.compress(zlib.compress(b"x" * 999), mtime=0), mtime=0)),
    "zip_in_zip": (".zip", lambda _: nested(20)),
    "xls_flipped": (".xls", lambda dice: flipped(xls.book(typed()), dice, 512, 30)),
    "xls_in_a_circle": (".xls", lambda _: chained(512 + 8, 2)),
    "xls_directory_in_a_circle": (".xls", lambda _: chained(48, 0)),
    "ods_flipped": (".ods", lambda dice: flipped(ods.book(typed()), dice, 100, 20)),
    "ods_rows_repeated": (".ods", lambda _: repeated(ods.book(typed()), b"<table:table-row>",
        b'<table:table-row table:number-rows-repeated="2147483647">')),
    "ods_cells_repeated": (".ods", lambda _: repeated(ods.book(typed()), b"<table:table-cell ",
        b'<table:table-cell table:number-columns-repeated="4294967295" ')),
    "xlsb_flipped": (".xlsb", lambda dice: _binary(lambda data: flipped(data, dice, 10, 10))),
    "xlsb_size_that_lies": (".xlsb", lambda _: _binary(lambda data: data[:20] + b"\x07\xff\xff\xff\x7f" + data[20:])),
    "xlsb_row_beyond": (".xlsb", lambda _: _binary(lambda data: data.replace(
        struct.pack("<I", 3) + b"\0" * 13, struct.pack("<I", 0xFFFFFFFF) + b"\0" * 13))),
}  # fmt: skip


def names() -> list[str]:
    """The names of all mutations."""
    return [*CELLS, *ARCHIVES, *TEXTS]


def mutated(name: str, seed: int = SEED) -> Made:
    """The name of the file and its bytes: the same each time."""
    dice = random.Random(f"{seed} {name}")
    ending, make = TEXTS.get(name) or (".xlsx", {**CELLS, **ARCHIVES}[name])
    return f"{name}{ending}", make(dice)
