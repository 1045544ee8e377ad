"""What a workbook's sheets show and calamine does not tell: errors, formulas never computed, percent signs.

A streaming look at the XML of an .xlsx file. Without it `#REF!` reads as blank, an uncomputed formula as
nothing, and 5.2 % as 0.052.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.etree import ElementTree

from metrics.ingest.child.caps import MOST_MARKS
from metrics.ingest.child.cells import Fault

CHUNK = 1 << 22
ERROR_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*? t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
BARE_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
STYLED_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*? s="(\d+)"')
# A text's number in the list that is no number: calamine reads the first text of the list in its place.
LOST_TEXT = re.compile(rb' t="s"[^>]*><v>(?!\d{1,9}</v>)')
HIDDEN_ROW = re.compile(rb'<row r="(\d+)"[^>]*? hidden="(?:1|true)"')
BUILT_IN_PERCENT = (9, 10)

Marks = dict[tuple[int, int], str]


@dataclass
class Found:
    """What was found in a sheet: (row, column) from 0 -> mark, and the numbers of hidden rows from 0."""

    cells: Marks = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def of_workbook(archive: zipfile.ZipFile) -> dict[str, Found]:
    """Sheet name -> marks of its cells: `#REF!`, `=` (never computed), `%`, `0` x digits; and its hidden rows.

    Raises:
        Fault: more marks than a table of a sane size can have.
    """
    shown = _shown_styles(archive)
    return {name: _sheet(archive, part, shown) for name, part in _parts(archive) if part in archive.namelist()}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name of each sheet and where its XML stands in the archive."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    targets = links(archive, "xl/_rels/workbook.xml.rels")
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            yield sheet.get("name", ""), targets.get(link, "")


def links(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Name of each link of a workbook -> where in the archive it leads."""
    targets = {link.get("Id", ""): link.get("Target", "") for link in ElementTree.fromstring(archive.read(part))}
    return {
        name: target.lstrip("/") if target[:1] == "/" else normpath(join("xl", target))
        for name, target in targets.items()
    }


def _shown_styles(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """Index of each cell style that shows a percent sign or leading zeros -> its mark."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    formats = {
        item.get("numFmtId", ""): item.get("formatCode", "") for item in styles.iter() if item.tag.endswith("}numFmt")
    }
    formats |= {str(number): "0%" for number in BUILT_IN_PERCENT}
    shown = {}
    cells = next((item for item in styles.iter() if item.tag.endswith("}cellXfs")), ())
    for index, style in enumerate(cells):
        code = formats.get(style.get("numFmtId", ""), "")
        if re.fullmatch("0{2,15}", code):
            shown[str(index).encode()] = code
        elif "%" in re.sub(r'"[^"]*"|\\.', "", code):
            shown[str(index).encode()] = "%"
    return shown


def _sheet(archive: zipfile.ZipFile, part: str, shown: dict[bytes, str]) -> Found:
    found = Found()
    rest = b""
    with archive.open(part) as source:
        while chunk := source.read(CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"<c "), text.rfind(b"<row "))
            rest = text[cut:] if cut > 0 and len(text) - cut < CHUNK else b""
            _collect(text[: len(text) - len(rest)], shown, found)
        _collect(rest, shown, found)
    return found


def _collect(text: bytes, shown: dict[bytes, str], found: Found) -> None:
    """Add the marks of a stretch of XML: how a number shows, errors, formulas without a result, hidden rows.

    Raises:
        Fault: a text that leads nowhere; or more marks than a table of a sane size can have.
    """
    if LOST_TEXT.search(text):
        raise Fault("import.file_damaged")
    marks = found.cells
    found.hidden.update(int(row) - 1 for row in HIDDEN_ROW.findall(text) if b" hidden=" in text)
    styled = STYLED_CELL.findall(text) if shown else ()
    marks.update((_place(column, row), shown[style]) for column, row, style in styled if style in shown)
    errors = ERROR_CELL.findall(text) if b' t="e"' in text else ()
    marks.update((_place(column, row), error.decode("ascii", "replace")[:10]) for column, row, error in errors)
    formulas = BARE_FORMULA.findall(text) if b"<f" in text else ()
    marks.update((_place(column, row), "=") for column, row in formulas)
    if len(marks) > MOST_MARKS:
        raise Fault("import.too_large_for_memory")


def _place(column: bytes, row: bytes) -> tuple[int, int]:
    index = 0
    for letter in column:
        index = index * 26 + letter - 64
    return int(row) - 1, index - 1
