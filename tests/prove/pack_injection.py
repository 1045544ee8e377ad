"""Payloads in every text of a pack: no formula and no link in the workbook, the slides, the CSV."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from metrics.excel import Sheet
from metrics.packs.model import Chart, Column, Pack, Section, Series, Table, Text
from metrics.packs.slides import pptx
from metrics.packs.workbook import xlsx
from pages.ui import excel
from tests import office, packing
from tests.packs.decks import harmless
from tests.payloads import PAYLOADS

LINE = "formula injection: 17 payloads and more x CSV, XLSX, PPTX: 0 formulas, 0 links, also as LibreOffice opens them"


def spoiled(payload: str) -> Pack:
    """A pack with the payload wherever a text of data can stand."""
    columns = (Column(payload), Column(payload))
    table = Table("t", payload, columns, ((payload, payload), (payload, "x")), payload)
    series = (Series(payload, (0.1, 0.2)),)
    chart = Chart("c", payload, "bars", (payload, payload + " "), series, "%", payload, replace(table, id="u"))
    section = Section("s", "table", payload, payload, (Text(payload, "plain", payload), table, chart), payload)
    return replace(packing.pack(), sections=(section,), definitions=(), institution=payload, title=payload)


def run() -> dict[str, object]:
    """Writes each payload in each form, and opens the workbooks and CSVs in LibreOffice."""
    formulas = written = 0
    with TemporaryDirectory() as folder:
        files = []
        for number, payload in enumerate(PAYLOADS):
            pack = spoiled(payload)
            harmless(pptx(pack))
            book = xlsx(pack)
            with zipfile.ZipFile(io.BytesIO(book)) as parts:
                whole = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets" in name)
            formulas += len(re.findall(r"<f[ >]|hyperlink", whole))
            rows = excel.csv([Sheet(payload, [payload], [[payload]], [payload])], [payload])
            for row in csv.reader(io.StringIO(rows.decode("utf-8-sig"))):
                formulas += sum(cell.lstrip(" \ufeff\xa0").startswith(tuple("=+@\t\r＝＋＠")) for cell in row)
            for ending, data in (("xlsx", book), ("csv", rows)):
                files.append(Path(folder) / f"{number}_{ending}.{ending}")
                files[-1].write_bytes(data)
            written += 3
        for made in office.converted(files, "fods", Path(folder)):
            found = made.read_text(encoding="utf-8")
            formulas += len(re.findall(r"table:formula=|xlink:href=\"http", found))
    assert formulas == 0, formulas
    return {"payloads": len(PAYLOADS), "files": written, "formulas and links": formulas}
