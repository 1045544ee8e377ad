"""The ratios that the World Bank's MIX Market published, from what the institutions reported."""

import tempfile
from pathlib import Path

from tests.prove.command import GOLDEN, ROOT, metrics, rows, table

LINE = (
    "`import mfi_years.csv --mapping tests/mappings/mix_golden.toml`, `values --all-periods`: for the 22 "
    "indicators that MIX publishes, every row that has the inputs equals `pub_*` to the last printed digit"
)
SAME = (
    "capital_asset_ratio debt_to_equity pct_female_borrowers roa roe oss profit_margin yield_nominal "
    "cost_per_borrower borrowers_per_loan_officer personnel_allocation par30 par90 write_off_ratio "
    "loan_loss_rate risk_coverage pct_female_staff staff_turnover pct_female_board pct_female_managers"
)
PUBLISHED = {name: name for name in SAME.split()} | {
    "operating_expense_ratio": "opex_glp",
    "retention_rate": "borrower_retention",
}
DIGIT = {"debt_to_equity": 0.01, "cost_per_borrower": 1.0, "borrowers_per_loan_officer": 1.0}  # else 0.0001
# Half a digit, and a fiftieth of it more: MIX rounded figures that it converted from local currency before.
EQUAL, EXACT = 0.51, 0.5


def run() -> dict[str, object]:
    """Imports the reported figures, computes the ratios and compares each with the published one."""
    golden = GOLDEN / "mix" / "mfi_years.csv"
    with tempfile.TemporaryDirectory() as folder:
        metrics("import", golden, "--mapping", ROOT / "tests/mappings/mix_golden.toml", data=Path(folder))
        found = computed(rows("values", "--all-periods", "--by", "institution", data=Path(folder)))
    off: dict[str, list[float]] = {name: [] for name in PUBLISHED}
    published = 0
    for row in table(golden):
        for name, column in PUBLISHED.items():
            ours = found.get((row["mfi_id"], row["fiscal_year"], name))
            published += bool(row[f"pub_{column}"])
            if row[f"pub_{column}"] and ours is not None:
                off[name].append(abs(ours - float(row[f"pub_{column}"])) / DIGIT.get(name, 0.0001))
    every = [gap for gaps in off.values() for gap in gaps]
    wrong = {name: sum(gap > EQUAL for gap in gaps) for name, gaps in off.items() if max(gaps) > EQUAL}
    assert not wrong, f"of {len(every)} differ: {wrong}"
    assert len(every) > 5_000, len(every)
    counts = {name: len(gaps) for name, gaps in off.items()}
    within = sum(gap <= EXACT + 1e-6 for gap in every)
    return {"indicators": len(off), "equal": len(every), "of these within half a digit": within} | {
        "published but without inputs": published - len(every), "by indicator": counts
    }  # fmt: skip


def computed(values: list[dict[str, str]]) -> dict[tuple[str, str, str], float]:
    """(institution, year, indicator) -> value, of those that have one."""
    return {(row["unit"], row["period"][:4], row["indicator"]): float(row["value"]) for row in values if row["value"]}
