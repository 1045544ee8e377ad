"""Error cells of OpenDocument workbooks, which calamine reads as blank where a formula came to them."""

import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from metrics.ingest.child.marks import Found

CONTENT = "content.xml"
SIGN = b'value-type="error"'
CHUNK = 1 << 22
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
ROW, CELL, COVERED = f"{TABLE}table-row", f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
MOST_REPEATED = 100


def of_ods(archive: zipfile.ZipFile) -> dict[str, Found]:
    """Sheet name -> its error cells; the content is taken apart only where it names an error at all."""
    if not _any(archive):
        return {}
    found: dict[str, Found] = {}
    with archive.open(CONTENT) as source:
        name, row = "", 0
        for event, item in ElementTree.iterparse(source, ("start", "end")):
            if event == "start" and item.tag == f"{TABLE}table":
                name, row = item.get(f"{TABLE}name", ""), 0
            elif event == "end" and item.tag == ROW:
                again = int(item.get(f"{TABLE}number-rows-repeated", "1"))
                for column, error in _errors(item):
                    for further in range(min(again, MOST_REPEATED)):
                        found.setdefault(name, Found()).cells[row + further, column] = error
                row += again
                item.clear()
    return found


def _any(archive: zipfile.ZipFile) -> bool:
    rest = b""
    with archive.open(CONTENT) as source:
        while chunk := source.read(CHUNK):
            if SIGN in rest + chunk:
                return True
            rest = chunk[-len(SIGN) :]
    return False


def _errors(row: ElementTree.Element) -> Iterator[tuple[int, str]]:
    """Column from 0 and name of each error in a row."""
    column = 0
    for cell in row:
        if cell.tag not in (CELL, COVERED):
            continue
        again = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        if any(key.endswith("}value-type") and value == "error" for key, value in cell.attrib.items()):
            said = "".join(cell.itertext()).strip()
            name = said if said.startswith("#") else "#VALUE!"
            yield from ((column + further, name) for further in range(min(again, MOST_REPEATED)))
        column += again
