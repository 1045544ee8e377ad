"""Poverty scorecards: workbooks read unaided, every look-up cell, worked examples, the stale one refused."""

import tempfile
from pathlib import Path

from metrics import ppi
from metrics.ppi import example
from tests.prove.command import GOLDEN, SHARED, metrics, table
from tests.scorecards import published, rebuilt
from tests.test_ppi_sampling import WORKED

LINE = (
    "8,888 of 8,888 look-up cells of five countries; three workbooks read unaided, two rebuilt from the published "
    "tables; every worked example as printed, the TRAP row refused; the command `ppi` lands a workbook"
)
COUNTRIES = ("benin2022", "bolivia2023", "ghana2019", "honduras2023", "philippines2023")
LAST_DIGIT = 1e-15  # a percentage as the sheet shows it, and the fraction behind it


def run() -> dict[str, object]:
    """Reads each country's workbook, compares every cell, works every example, lands one workbook."""
    with tempfile.TemporaryDirectory() as folder:
        books = {name: ppi.read(place(name, Path(folder))) for name in COUNTRIES}
        metrics("ppi", SHARED / "workbooks" / "ghana2019.xlsx", data=Path(folder) / "data")
        refused = metrics("ppi", SHARED / "workbooks" / "mpesa_mixed.xls", data=Path(folder) / "data", fails=True)
    cells = {name: compared(name, book) for name, book in books.items()}
    total, equal = (sum(pair[at] for pair in cells.values()) for at in (1, 0))
    assert (equal, total) == (8888, 8888), cells
    unaided = sum((SHARED / "workbooks" / f"{name}.xlsx").exists() for name in COUNTRIES)
    assert unaided == 3
    assert "mpesa_mixed.xls" in refused and "Traceback" not in refused
    right, trap = worked(books)
    return {"look-up cells equal": f"{equal:,} of {total:,}", "workbooks read unaided": unaided} | {
        "points cells read": sum(len(r.points) for b in books.values() for v in b.variants for r in v.responses),
        "worked examples as printed": right, "TRAP row": trap,
    }  # fmt: skip


def place(name: str, folder: Path) -> Path:
    """The official workbook, or the one made again from the published tables."""
    official = SHARED / "workbooks" / f"{name}.xlsx"
    return official if official.exists() else rebuilt(folder, name)


def compared(name: str, book: ppi.Workbook) -> tuple[int, int]:
    """How many look-up cells of a country are the published ones, and how many are published."""
    equal = total = 0
    by_sheet = {variant.lookup_sheet: variant for variant in book.variants}
    for sheet, rows in published(name).items():
        ours = [x for score in by_sheet[sheet].likelihoods for x in score]
        total += len(rows)
        equal += sum(abs(x - float(row["likelihood"])) <= LAST_DIGIT for x, row in zip(ours, rows, strict=True))
    return equal, total


def worked(books: dict[str, ppi.Workbook]) -> tuple[str, str]:
    """How many of the published examples come out as printed, and what became of the stale one."""
    right, rows, trap = 0, table(GOLDEN / "ppi" / "worked_examples.csv"), ""
    for row in rows:
        printed = float(row["published_value"])
        if row["case_id"] in WORKED:
            figure, half_a_digit = WORKED[row["case_id"]]
            right += abs(figure() - printed) <= half_a_digit + 1e-9
            continue
        variant = books[row["table"]].variants[0]
        likelihood = variant.likelihood(row["poverty_line"], int(row["score_or_points"]))
        if row["matches_table"] == "yes":
            right += example.agrees(printed, likelihood)
            continue
        notes = [note.key for note in books[row["table"]].notes]
        assert not example.agrees(printed, likelihood) and "ppi.note_example_stale" in notes, notes
        trap = f"refused: prints {printed} %, the table gives {100 * likelihood:.3f} %"
    assert right == len(rows) - 1, f"{right} of {len(rows) - 1} examples come out as printed"
    return f"{right} of {len(rows) - 1}", trap
