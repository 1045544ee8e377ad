"""The Human Development Index 2022, value by value and rank by rank."""

import csv
import tempfile
from pathlib import Path

from tests.prove.command import GOLDEN, ROOT, rows, table

LINE = "`composite` on HDI 2022: 193 of 193 values at 3 decimals, 193 of 193 ranks"


def run() -> dict[str, object]:
    """Scores the inputs of the countries that UNDP ranks and compares with the published index."""
    published = [row for row in table(GOLDEN / "hdi" / "hdi_2022.csv") if row["hdi_rank_2022"]]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hdi.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, published[0])
            writer.writeheader()
            writer.writerows(published)
        policy = ROOT / "tests" / "policies" / "hdi.toml"
        scored = {row["unit"]: row for row in rows("composite", file, "--policy", policy) if row["node"] == ""}
    found = {unit: round(float(row["score"]), 1) / 100 for unit, row in scored.items()}
    values = sum(abs(found[row["iso3"]] - float(row["hdi"])) < 1e-9 for row in published)
    ranks = sum(float(scored[row["iso3"]]["rank"]) == float(row["hdi_rank_2022"]) for row in published)
    assert values == ranks == len(published) == 193, (values, ranks)
    return {"values": f"{values} of {len(published)}", "ranks": f"{ranks} of {len(published)}"}
