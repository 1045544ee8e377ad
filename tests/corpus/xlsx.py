"""Workbooks as bytes: written by openpyxl, then packed anew so that the same bytes come out each time."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.base import FIVE, HEAD

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, BOOK, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
INLINE = re.compile(rb't="inlineStr"><is><t>([^<]*)</t></is>')
LINK = b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
Change = Callable[[Worksheet], object]
Parts = dict[str, bytes]


def typed() -> list[list[Any]]:
    """The headings and the five loans as a workbook holds them: ids as text, dates as dates, figures as numbers."""
    return [
        list(HEAD),
        *([*row[:4], datetime.date.fromisoformat(row[4]), float(row[5]), float(row[6]), int(row[7])] for row in FIVE),
    ]


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of parts, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parts_of(workbook: Workbook) -> Parts:
    """The parts of a workbook as openpyxl writes it, its texts in a list as Excel keeps them."""
    out = io.BytesIO()
    workbook.save(out)
    with zipfile.ZipFile(out) as archive:
        found = {name: MADE.sub(rb"\g<1>2025-01-01T00:00:00Z", archive.read(name)) for name in archive.namelist()}
    return shared(found)


def shared(found: Parts) -> Parts:
    """The parts with the texts of cells in a list of their own, as Excel keeps them."""
    texts: dict[bytes, int] = {}

    def place(match: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v>' % texts.setdefault(match[1], len(texts))

    sheets = {name: INLINE.sub(place, found[name]) for name in found if name.startswith("xl/worksheets/sheet")}
    items = b"".join(b'<si><t xml:space="preserve">' + text + b"</t></si>" for text in texts)
    head = f'<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">'.encode()
    links, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    link = LINK + b'Target="sharedStrings.xml" Id="rIdTexts" /></Relationships>'
    kind = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + KIND + b'" /></Types>'
    return {
        **found, **sheets, STRINGS: head + items + b"</sst>",
        links: found[links].replace(b"</Relationships>", link), types: found[types].replace(b"</Types>", kind),
    }  # fmt: skip


def parts(lines: Sequence[Sequence[Any]] | None = None, change: Change | None = None) -> Parts:
    """The parts of a workbook of one sheet; `change` may do more to the sheet."""
    workbook = openpyxl.Workbook()
    fill(workbook.active, typed() if lines is None else lines)
    if change:
        change(workbook.active)
    return parts_of(workbook)


def fill(sheet: Worksheet, lines: Sequence[Sequence[Any]]) -> None:
    """Write rows into a sheet."""
    for line in lines:
        sheet.append(list(line))


def book(lines: Sequence[Sequence[Any]] | None = None, change: Change | None = None) -> bytes:
    """A workbook of one sheet."""
    return pack(parts(lines, change))


def several(sheets: Mapping[str, Sequence[Sequence[Any]]], change: Callable[[Workbook], object] | None = None) -> bytes:
    """A workbook of several sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, lines in sheets.items():
        fill(workbook.create_sheet(name), lines)
    if change:
        change(workbook)
    return pack(parts_of(workbook))


def patched(part: str, changes: Mapping[bytes, bytes], lines: Sequence[Sequence[Any]] | None = None) -> bytes:
    """A workbook with texts of one part replaced, each of which must stand there."""
    found = parts(lines)
    for old, new in changes.items():
        assert old in found[part], f"{part} has no {old!r}"
        found[part] = found[part].replace(old, new)
    return pack(found)


def with_parts(added: Mapping[str, bytes]) -> bytes:
    """A workbook with parts added, or put in the place of its own."""
    return pack({**parts(), **added})
