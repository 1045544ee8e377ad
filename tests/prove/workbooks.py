"""Real workbooks that people upload: each sheet to its table, or a sentence; a French sheet of values lands."""

import hashlib
import re
import tempfile
from pathlib import Path

import duckdb
import openpyxl

from tests.prove.command import ROOT, SHARED, metrics, rows
from tests.prove.traps import tests

LINE = (
    "`../shared/workbooks`: metadata to institutions, 3,114 rows read; MIX social to practice_answers, 5,171 rows "
    "read, the 2 keys that stand 32 times each asked about; each other file a sentence for each sheet; a French sheet "
    "of ready values loads; nothing guessed"
)
METADATA = "mix-market-mfi-company-metadata.xlsx"
SOCIAL = next((SHARED / "workbooks").glob("*social*")).name
TEST = "tests/test_workbooks.py"
FRENCH = [
    ["Agence", "Encours", "PAR30 %", "Clients", "% femmes", "NPS"],
    ["Kolo", "1 250 000,50", "4,2", "812", "61,5", "34"],
    ["Nafara", "980 000", "7,9", "640", "48", "12"],
]
WANTED = {("Kolo", "par30"): 0.042, ("Nafara", "par30"): 0.079, ("Kolo", "pct_female_borrowers"): 0.615}


def run() -> dict[str, object]:
    """Imports each workbook into one data folder, then the French sheet into another."""
    others = sorted(path for path in (SHARED / "workbooks").glob("*.xls*") if path.name != METADATA)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        metrics("import", SHARED / "workbooks" / METADATA, data=data)
        landed = rows("batches", data=data)
        before = checksum(data)
        refusals = {path: metrics("import", path, data=data, fails=True) for path in others}
        assert checksum(data) == before, "a refused file changed the tables"
        metrics("import", SHARED / "workbooks" / SOCIAL, "--repeated", "first", data=data)
        social = [row for row in rows("batches", data=data) if row["table_name"] == "practice_answers"]
        french = ready_values(Path(folder))
    asked = refusals[SHARED / "workbooks" / SOCIAL]
    assert "64" in asked and "62" in asked and "--repeated" in asked, asked
    counts = ("rows_read", "accepted", "set_aside", "ignored")
    assert [tuple(int(row[name]) for name in counts) for row in social] == [(5171, 5109, 0, 62)], social
    by_sheet = tests(ROOT, TEST)
    passed = re.search(r"(\d+) passed", by_sheet.stdout)
    assert by_sheet.returncode == 0 and passed, by_sheet.stdout[-1500:]
    assert [(row["table_name"], row["rows_read"]) for row in landed] == [("institutions", "3114")], landed
    unnamed = [path.name for path, text in refusals.items() if not any(sheet in text for sheet in sheets(path))]
    assert not unnamed, unnamed
    assert not [text for text in refusals.values() if "Traceback" in text]
    named = sum(text.count("\n- ") or 1 for text in refusals.values())
    found = {"institutions": 3114, "social audits": 5171, "of them too many of two keys": 62}
    found |= {"other files": len(refusals) - 1, "sheets named": named, "tests of single sheets": int(passed[1])}
    return found | french


def sheets(path: Path) -> list[str]:
    """The names of a workbook's sheets."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).sheet_names


def checksum(data: Path) -> str:
    """A checksum over the rows of every table in the database."""
    with duckdb.connect(str(data / "evenkeel.duckdb"), read_only=True) as con:
        names = con.execute("SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
        sums = [con.execute(f'SELECT count(*), sum(hash(t)) FROM "{s}"."{t}" AS t').fetchall() for s, t in names]
    return hashlib.sha256(repr((names, sums)).encode()).hexdigest()


def ready_values(folder: Path) -> dict[str, object]:
    """Lands the French sheet; every figure is shown as reported."""
    book = openpyxl.Workbook()
    for row in FRENCH:
        book.active.append(row)
    book.save(folder / "agences.xlsx")
    metrics("import", folder / "agences.xlsx", "--as-of", "2026-09-30", data=folder / "french")
    found = {(row["unit"], row["indicator"]): row for row in rows("values", "--by", "branch", data=folder / "french")}
    for key, value in WANTED.items():
        assert found[key]["status"] == "as_reported", found[key]
        assert abs(float(found[key]["value"]) - value) < 1e-9, found[key]
    reported = sum(row["status"] == "as_reported" for row in found.values())
    return {"French sheet": f"{reported} values of {len(FRENCH) - 1} branches as reported"}
