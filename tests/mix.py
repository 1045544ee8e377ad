"""How our values agree with the ratios that MIX Market published."""

import csv
import math
from pathlib import Path

import pandas as pd

from metrics import catalogue

OTHER_NAMES = {"operating_expense_ratio": "opex_glp", "retention_rate": "borrower_retention"}
# Half of the last printed digit, with the slack of `formula_check.csv` for what was rounded twice.
TOLERANCE = {"cost_per_borrower": 0.51, "borrowers_per_loan_officer": 0.51, "debt_to_equity": 0.0051}
PUBLISHED = {
    "borrowers_per_loan_officer", "capital_asset_ratio", "cost_per_borrower", "debt_to_equity", "loan_loss_rate",
    "operating_expense_ratio", "oss", "par30", "par90", "pct_female_board", "pct_female_borrowers",
    "pct_female_managers", "pct_female_staff", "personnel_allocation", "profit_margin", "retention_rate",
    "risk_coverage", "roa", "roe", "staff_turnover", "write_off_ratio", "yield_nominal",
}  # fmt: skip


def agreement(frame: pd.DataFrame, file: Path) -> dict[str, tuple[int, int, int]]:
    """Indicator -> rows equal to the last printed digit, rows that differ, rows whose inputs are missing.

    Args:
        frame: values by institution, of every period.
        file: the published table.
    """
    ours = {
        (unit, str(period)[:4], name): value
        for period, unit, name, value in frame[["period", "unit", "indicator", "value"]].itertuples(index=False)
    }
    with file.open(encoding="utf-8", newline="") as opened:
        published = list(csv.DictReader(opened))
    found = {}
    for name in catalogue.indicators():
        column = "pub_" + OTHER_NAMES.get(name, name)
        if column in published[0]:
            found[name] = _compared(name, column, published, ours)
    return found


def _compared(
    name: str, column: str, published: list[dict[str, str]], ours: dict[tuple[str, str, str], float]
) -> tuple[int, int, int]:
    equal = differ = missing = 0
    for row in published:
        if not row[column]:
            continue
        value = ours[row["mfi_id"], row["fiscal_year"], name]
        if math.isnan(value):
            missing += 1
        elif abs(value - float(row[column])) <= TOLERANCE.get(name, 0.000051):
            equal += 1
        else:
            differ += 1
    return equal, differ, missing
