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
HALF_DIGIT = {"debt_to_equity": 0.005, "cost_per_borrower": 0.5, "borrowers_per_loan_officer": 0.5}


def run() -> dict[str, object]:
    """Imports the reported figures, computes the ratios and compares each with the published one."""
    golden = GOLDEN / "mix" / "mfi_years.csv"
    with tempfile.TemporaryDirectory() as folder:
        metrics("import", golden, "--mapping", ROOT / "tests/mappings/mix_golden.toml", data=Path(folder))
        found = computed(rows("values", "--all-periods", "--by", "institution", data=Path(folder)))
    counts, wrong = {}, []
    for name, column in PUBLISHED.items():
        pairs = [
            (row, found.get((row["mfi_id"], row["fiscal_year"], name))) for row in table(golden) if row[f"pub_{column}"]
        ]
        counts[name] = sum(value is not None for _, value in pairs)
        wrong += [
            f"{name} {row['mfi_name']} {row['fiscal_year']}: {value} against {row['pub_' + column]}"
            for row, value in pairs
            if value is not None and abs(value - float(row[f"pub_{column}"])) > HALF_DIGIT.get(name, 0.00005) * 1.0001
        ]
    assert not wrong, f"{len(wrong)} of {sum(counts.values())} differ: {wrong[:5]}"
    assert sum(counts.values()) > 5_000, counts
    return {"indicators": len(counts), "values equal": sum(counts.values())} | counts


def computed(values: list[dict[str, str]]) -> dict[tuple[str, str, str], float]:
    """(institution, year, indicator) -> value, of those that have one."""
    return {(row["unit"], row["period"][:4], row["indicator"]): float(row["value"]) for row in values if row["value"]}
