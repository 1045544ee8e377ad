"""A core banking system's own tables, without a mapping by hand."""

import json
import tempfile
from pathlib import Path

from tests.browser.window import browsing, serving, window
from tests.prove.command import GOLDEN, metrics, rows

LINE = (
    "`import ../shared/golden/fineract/m_*.csv --as-of 2026-11-24`: no mapping by hand; "
    "PAR30 0.146008, PAR1 0.376450; 144 active loans, principal 421,894.44; "
    "the 51 active loans without balance are one note; young_borrower_share 19 of 54; the page offers *first look*"
)
WANTED = {"par30": 0.146008, "par1": 0.376450, "young_borrower_share": 19 / 54}


def run() -> dict[str, object]:
    """Imports the tables, reads the figures back, and looks at the page."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        metrics("import", *sorted((GOLDEN / "fineract").glob("m_*.csv")), "--as-of", "2026-11-24", data=data)
        asked = ("values", "--as-of", "2026-11-24", "--by", "institution")
        values = {row["indicator"]: row for row in rows(*asked, data=data) if row["value"]}
        found = {name: float(values[name]["value"]) for name in WANTED}
        assert all(abs(found[name] - WANTED[name]) < 5e-7 for name in WANTED), found
        assert int(float(values["young_borrower_share"]["n"])) == 54
        landed = batch(rows("batches", data=data))
        offer = offered(data)
    return {name: round(value, 6) for name, value in found.items()} | landed | {"the page says": offer}


def batch(files: list[dict[str, str]]) -> dict[str, object]:
    """What the list of batches says of the loans."""
    loans = next(file for file in files if file["table_name"] == "loans")
    sums = json.loads(loans["sums"])
    assert sums["active_loans"] == 144, sums
    assert abs(sums["principal_outstanding"] - 421_894.44) < 0.005, sums
    notes = [note for note in loans["notes"].split(" | ") if note.startswith("51 ")]
    assert len(notes) == 1, loans["notes"]
    return {"active loans": 144, "principal": f"{sums['principal_outstanding']:,.2f}", "note": notes[0]}


def offered(data: Path) -> str:
    """The sentence of the Overview that offers the policy for short coverage."""
    with serving(data) as server, browsing() as browser, window(browser, server) as seen:
        seen.go("/")
        lines = seen.page.locator("[data-testid=stMain]").inner_text().splitlines()
    offers = [line for line in lines if "first look" in line.lower()]
    assert offers, lines[:12]
    return offers[0]
