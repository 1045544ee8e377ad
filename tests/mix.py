"""How our values agree with the ratios that MIX Market published."""

import csv
import math
from pathlib import Path

import pandas as pd

OTHER_NAMES = {"operating_expense_ratio": "opex_glp", "retention_rate": "borrower_retention"}
SAME_FORMULA = 0.95  # a formula that gives fewer of the published ratios than this is not MIX's own
LEFT_OUT = {
    "avg_loan_balance_gni": "GNI per capita of the year is not among the reported figures",
    "avg_salary_gni": "GNI per capita of the year is not among the reported figures",
    "yield_real": "inflation of the year is not among the reported figures",
    "deposits_to_loans": "deposits are not among the reported figures",
}


def read(file: Path) -> list[dict[str, str]]:
    """The rows of a table, column -> text."""
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def known(golden: Path) -> dict[str, tuple[float, float]]:
    """Indicator -> (share of all published ratios that its formula gives, half of the last printed digit).

    Args:
        golden: the folder of the published tables. Half a digit has a little slack for what was rounded twice.
    """
    ours = {published: name for name, published in OTHER_NAMES.items()}
    rows = read(golden / "formula_check.csv")
    return {
        ours.get(row["indicator"], row["indicator"]): (float(row["match_rate"]), float(row["tolerance"]))
        for row in rows
    }


def required(golden: Path) -> list[str]:
    """The indicators whose formula gives MIX's own ratio."""
    return sorted(name for name, (rate, _) in known(golden).items() if rate > SAME_FORMULA)


def agreement(frame: pd.DataFrame, golden: Path) -> dict[str, tuple[int, int, int]]:
    """Indicator -> rows equal to the last printed digit, rows that differ, rows whose inputs are missing.

    Args:
        frame: values by institution, of every period.
        golden: the folder of the published tables.
    """
    ours = {
        (unit, str(period)[:4], name): value
        for period, unit, name, value in frame[["period", "unit", "indicator", "value"]].itertuples(index=False)
    }
    published = read(golden / "mfi_years.csv")
    return {name: _compared(name, slack, published, ours) for name, (_, slack) in known(golden).items()}


def _compared(
    name: str, slack: float, published: list[dict[str, str]], ours: dict[tuple[str, str, str], float]
) -> tuple[int, int, int]:
    equal = differ = missing = 0
    column = "pub_" + OTHER_NAMES.get(name, name)
    for row in published:
        if not row[column]:
            continue
        value = ours.get((row["mfi_id"], row["fiscal_year"], name), math.nan)
        if math.isnan(value):
            missing += 1
        elif abs(value - float(row[column])) <= slack:
            equal += 1
        else:
            differ += 1
    return equal, differ, missing
