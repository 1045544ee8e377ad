"""The Human Development Index 2022, value by value and rank by rank."""

from tests.prove.command import GOLDEN, ROOT, rows, table

LINE = "`composite` on HDI 2022: 193 of 193 values at 3 decimals, 193 of 193 ranks"


def run() -> dict[str, object]:
    """Scores the published inputs and compares with the published index."""
    golden = GOLDEN / "hdi" / "hdi_2022.csv"
    scored = {row["unit"]: row for row in rows("composite", golden, "--policy", policy()) if row["node"] == ""}
    published = [row for row in table(golden) if row["hdi_rank_2022"]]
    values = sum(
        abs(round(float(scored[row["iso3"]]["score"]), 1) / 100 - float(row["hdi"])) < 1e-9 for row in published
    )
    ranks = sum(int(float(scored[row["iso3"]]["rank"])) == int(float(row["hdi_rank_2022"])) for row in published)
    assert values == ranks == 193, (values, ranks)
    return {"values": f"{values} of {len(published)}", "ranks": f"{ranks} of {len(published)}"}


def policy() -> object:
    """The index's own goalposts and means, as a policy file of the tests."""
    return next((ROOT / "tests").rglob("hdi*.toml"))
