"""A core banking system's own tables, without a mapping by hand."""

import json
import tempfile
from pathlib import Path

from tests.prove.command import GOLDEN, metrics, rows

LINE = (
    "`import ../shared/golden/fineract/m_*.csv --as-of 2026-11-24`: no mapping by hand; "
    "PAR30 0.146008, PAR1 0.376450; 144 active loans, principal 421,894.44; "
    "the 51 active loans without balance are one note; young_borrower_share 19 of 54; the page offers *first look*"
)
WANTED = {"par30": 0.146008, "par1": 0.376450, "young_borrower_share": 19 / 54}


def run() -> dict[str, object]:
    """Imports the tables and reads the figures back."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        metrics("import", *sorted((GOLDEN / "fineract").glob("m_*.csv")), "--as-of", "2026-11-24", data=data)
        values = {
            row["indicator"]: row
            for row in rows("values", "--as-of", "2026-11-24", "--by", "institution", data=data)
            if row["value"]
        }
        found = {name: float(values[name]["value"]) for name in WANTED}
        assert all(abs(found[name] - WANTED[name]) < 5e-7 for name in WANTED), found
        assert int(float(values["young_borrower_share"]["n"])) == 54
        return {name: round(value, 6) for name, value in found.items()} | batch(rows("batches", data=data))


def batch(files: list[dict[str, str]]) -> dict[str, object]:
    """What the list of batches says of the loans."""
    loans = next(file for file in files if file["table_name"] == "loans")
    sums, notes = json.loads(loans["sums"]), json.loads(loans["notes"])
    principal = sums["principal_outstanding"]
    assert abs(principal - 421_894.44) < 0.005, sums
    assert sum("51" in note for note in map(str, notes)) == 1, notes
    assert any("144" in str(part) for part in [*sums.values(), *notes]), (sums, notes)
    return {"active loans": 144, "principal": f"{principal:,.2f}", "notes on 51 loans": 1}
