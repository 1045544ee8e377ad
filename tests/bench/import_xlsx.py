"""A loan book of 100,000 rows and 25 columns as a workbook: read and checked as far as the preview."""

import datetime
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from tests.bench import Figure, apart

HEADINGS = (
    "loan_id", "client_id", "branch", "product", "officer", "disbursed_on", "disbursed_amount",
    "principal_outstanding", "days_past_due", "status", "gender", "birth_date", "cycle_no", "interest_rate_pct",
    "maturity_on", "principal_overdue", "sector", "location", "household_income_month", "term_months",
    "Remarks", "Village", "Phone", "Guarantor", "Printed",
)  # fmt: skip
PARTS = {
    "[Content_Types].xml": """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
<Override PartName="/xl/sharedStrings.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>""",
    "_rels/.rels": """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/workbook.xml": """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
<sheet name="Loans" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
 Target="styles.xml"/><Relationship Id="rId3"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>
</Relationships>""",
    "xl/styles.xml": """<?xml version="1.0" encoding="UTF-8"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts>
<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>""",
}
LATE = (0, 0, 0, 0, 5, 40, 120)
EPOCH = datetime.date(1899, 12, 30)


def bench() -> list[Figure]:
    """Time against pandas reading the same workbook alone, and the greatest memory of all processes."""
    found = run()
    ratio = found["pandas_seconds"] / found["seconds"]
    what = "loan workbook of 100,000 rows x 25 columns, to the preview"
    return [
        Figure(what, found["seconds"], 10.0, "s", "pandas.read_excel, reading alone", ratio),
        Figure("the same, greatest memory of all its processes", found["peak_mb"], 1500.0, "MB"),
    ]


def run(rows: int = 100_000) -> dict[str, float]:
    """Seconds and MB for a workbook of so many rows, in a process of its own; the child that reads is counted in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write(path, rows)
        found = apart("tests.bench.import_xlsx", path, Path(folder) / "data")
        assert found["rows"] == rows
        read = "import pandas, sys; print(len(pandas.read_excel(sys.argv[1])))"
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", read, str(path)], capture_output=True, text=True, check=True)
        return found | {"pandas_seconds": time.perf_counter() - start}


def write(path: Path, rows: int) -> None:
    """A seeded workbook as Excel writes it: texts shared, dates as numbers with a date format."""
    shared: dict[str, int] = {}
    chance = random.Random(1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        for name, content in PARTS.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            sheet.write(head.encode())
            sheet.write(_row(1, list(HEADINGS), shared))
            for no in range(rows):
                sheet.write(_row(no + 2, _loan(no, chance), shared))
            sheet.write(b"</sheetData></worksheet>")
        texts = "".join(f"<si><t>{text}</t></si>" for text in shared)
        sst = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1">{texts}</sst>'
        book.writestr("xl/sharedStrings.xml", sst)


def _loan(no: int, chance: random.Random) -> list[object]:
    """One loan in the order of the headings."""
    amount, start = chance.randint(50, 5000) * 100, datetime.date(2024, 1, 1) + datetime.timedelta(no % 900)
    born = datetime.date(1960, 1, 1) + datetime.timedelta(no * 37 % 15_000)
    late = chance.choice(LATE)
    left = round(amount * chance.random(), 2)
    return [
        f"{no:08d}", f"C{no:07d}", f"Branch {no % 40:02d}", f"P{no % 5}", f"O{no % 300:03d}", start, amount, left, late,
        "active", "FM"[no % 2], born, no % 7 + 1, 24, start + datetime.timedelta(1000), left / 10 if late else 0,
        "Trade", ("Rural", "Urban")[no % 2], 120 + no % 400, 12, f"note {no % 50}", f"Village {no % 900}",
        f"+999 {no:07d}", f"Somebody {no % 5000}", "yes",
    ]  # fmt: skip


def _row(no: int, values: list[object], shared: dict[str, int]) -> bytes:
    """One row of the sheet's XML."""
    cells = []
    for value in values:
        if isinstance(value, str):
            cells.append(f'<c t="s"><v>{shared.setdefault(value, len(shared))}</v></c>')
        elif isinstance(value, datetime.date):
            cells.append(f'<c s="1"><v>{(value - EPOCH).days}</v></c>')
        else:
            cells.append(f"<c><v>{value}</v></c>")
    return f'<row r="{no}">{"".join(cells)}</row>'.encode()


def measure(path: Path, data: Path) -> dict[str, float]:
    """Preview one workbook against an empty data folder, in this process."""
    from metrics import ingest
    from metrics.store import Store

    start = time.perf_counter()
    store = Store.open(data)
    preview = ingest.preview(store, [path], ingest.Options(as_of=datetime.date(2026, 6, 30), likely="take"))
    end = time.perf_counter()
    rows = sum(sheet.accepted for sheet in preview.sheets)
    store.close()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"rows": rows, "seconds": end - start, "peak_mb": own + child}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
