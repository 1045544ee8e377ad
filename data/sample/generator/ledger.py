"""The ledger of the whole institution: agrees with the loan book to the franc and balances every month."""

from dataclasses import dataclass

import numpy as np

from generator.clock import LAST, MONTHS, Ints, month_end
from generator.lending import Columns
from generator.tables import Table

YIELD = np.array([0.180, 0.208, 0.205, 0.188])     # a year's interest by outstanding principal, by product
FEES = 0.0125                                       # by amount disbursed
PENALTIES = 0.05                                    # a year, by principal more than 30 days late
GENERAL, SPECIFIC = 0.012, 0.58                     # impairment allowance by portfolio, and by portfolio at risk
DEPOSITS, OTHER_LIABILITIES = 0.34, 0.045           # by portfolio
CASH, FIXED, OTHER_ASSETS = 0.085, 0.030, 0.022     # by portfolio
LENDERS, SAVERS, PLACED = 0.072, 0.030, 0.020       # yearly rates on borrowings, deposits and cash
SALARY, ADMINISTRATION, DEPRECIATION = 745_000, 0.0400, 0.20
TAX = 0.25
GRANT, GRANT_MONTHS = 9_000_000, 3                  # each quarter, for financial education, spent in the same month
CAPITAL = 2_860_000_000
RETAINED = 905_000_000
RESULT = 140_000_000                                # of January to September 2024

ACCOUNTS = {
    "1010": ("Cash and banks", "cash"),
    "1201": ("Individual loans", "gross_loan_portfolio"),
    "1202": ("Solidarity loans", "gross_loan_portfolio"),
    "1203": ("Village banking loans", "gross_loan_portfolio"),
    "1204": ("Agricultural loans", "gross_loan_portfolio"),
    "1290": ("Impairment allowance", "impairment_allowance"),
    "1500": ("Fixed assets, net", "net_fixed_assets"),
    "1900": ("Other assets", "other_assets"),
    "2100": ("Clients' deposits", "deposits"),
    "2300": ("Borrowings", "borrowings"),
    "2900": ("Other liabilities", "other_liabilities"),
    "3100": ("Share capital", "equity"),
    "3200": ("Retained earnings", "equity"),
    "3300": ("Result of the year", "equity"),
    "7101": ("Interest on individual loans", "interest_income_on_loans"),
    "7102": ("Interest on solidarity loans", "interest_income_on_loans"),
    "7103": ("Interest on village banking loans", "interest_income_on_loans"),
    "7104": ("Interest on agricultural loans", "interest_income_on_loans"),
    "7200": ("Loan fees", "fee_income_on_loans"),
    "7300": ("Penalties", "penalty_income_on_loans"),
    "7400": ("Interest on placements", "other_financial_revenue"),
    "6100": ("Interest on borrowings and deposits", "financial_expense"),
    "6200": ("Net impairment loss", "net_impairment_loss"),
    "6300": ("Personnel", "personnel_expense"),
    "6400": ("Administration", "administrative_expense"),
    "6500": ("Depreciation", "depreciation"),
    "6900": ("Tax", "tax"),
    "8100": ("Grant for financial education", "donations"),
    "8200": ("Financial education", "non_operating_expense"),
}


@dataclass(frozen=True)
class Flows:
    """What the ledger takes from the other tables, a value a month (portfolio: months by products)."""

    portfolio: Ints
    at_risk: Ints
    late: Ints
    disbursed: Ints
    lost: Ints
    recovered: Ints
    staff: Ints


def ledger(flows: Flows) -> Table:
    """All accounts at all month-ends."""
    amounts = _income(flows) | _assets(flows)
    _expenses(flows, amounts)
    _close(amounts)
    codes = list(ACCOUNTS)
    return {
        "month": np.repeat(month_end(np.arange(MONTHS)), len(codes)),
        "account_code": codes * MONTHS,
        "account_name": [ACCOUNTS[code][0] for code in codes] * MONTHS,
        "mapped_line": [ACCOUNTS[code][1] for code in codes] * MONTHS,
        "amount": np.stack([amounts[code] for code in codes]).T.reshape(-1),
    }


def flows(rows: Columns, money: dict[str, Ints], staff: Ints) -> Flows:
    """Sums of the loan book by month; `money` holds the transactions' sums by month and kind."""
    portfolio = np.zeros((MONTHS, len(YIELD)), np.int64)
    np.add.at(portfolio, (rows["month"], rows["product"]), rows["balance"])
    late, eased = np.zeros(MONTHS, np.int64), np.zeros(MONTHS, np.int64)
    np.add.at(late, rows["month"], np.where(rows["lag"] >= 2, rows["balance"], 0))
    np.add.at(eased, rows["month"], np.where((rows["lag"] < 2) & (rows["renegotiated"] > 0), rows["balance"], 0))
    return Flows(portfolio, late + eased, late, money["disbursement"], money["write_off"], money["recovery"], staff)


def _round(values: np.ndarray) -> Ints:
    return np.round(values).astype(np.int64)


def _before(values: np.ndarray) -> np.ndarray:
    """The values a month earlier; the first month stands for the one before it."""
    return np.concatenate([values[:1], values[:-1]])


def _income(flows: Flows) -> dict[str, Ints]:
    total = flows.portfolio.sum(axis=1)
    average = (flows.portfolio + _before(flows.portfolio)) / 2
    paying = 1 - flows.late / total
    interest = _round(average * YIELD / 12 * paying[:, None])
    return {f"710{i + 1}": interest[:, i] for i in range(len(YIELD))} | {
        "7200": _round(flows.disbursed * FEES),
        "7300": _round(flows.late * PENALTIES / 12),
        "7400": _round(total * CASH * PLACED / 12),
    }


def _assets(flows: Flows) -> dict[str, Ints]:
    total = flows.portfolio.sum(axis=1)
    season = 1 + 0.06 * np.sin(np.arange(MONTHS) * 1.7)
    return {f"120{i + 1}": flows.portfolio[:, i] for i in range(len(YIELD))} | {
        "1010": _round(total * CASH * season),
        "1290": _round(total * GENERAL + flows.at_risk * SPECIFIC),
        "1500": _round(total.mean() * FIXED * (1 + 0.004 * np.arange(MONTHS))),
        "1900": _round(total * OTHER_ASSETS),
        "2100": _round(total * DEPOSITS * (1 + 0.03 * np.cos(np.arange(MONTHS) / 2.0))),
        "2900": _round(total * OTHER_LIABILITIES),
    }


def _expenses(flows: Flows, amounts: dict[str, Ints]) -> None:
    total = flows.portfolio.sum(axis=1)
    allowance = amounts["1290"]
    amounts["6200"] = allowance - _before(allowance) + flows.lost - flows.recovered
    amounts["6300"] = _round(flows.staff * SALARY * 1.0035 ** np.arange(MONTHS))
    amounts["6400"] = _round(total * ADMINISTRATION / 12)
    amounts["6500"] = _round(amounts["1500"] * DEPRECIATION / 12)
    amounts["8100"] = np.where(np.arange(MONTHS) % GRANT_MONTHS == GRANT_MONTHS - 1, GRANT, 0)
    amounts["8200"] = amounts["8100"].copy()


def _close(amounts: dict[str, Ints]) -> None:
    """Month by month: borrowings close the balance sheet, their cost and the tax give the result."""
    names = ("2300", "3100", "3200", "3300", "6100", "6900")
    closed = {name: np.zeros(MONTHS, np.int64) for name in names}
    retained, result = RETAINED, RESULT
    assets = sum(amounts[code] for code in ("1010", "1201", "1202", "1203", "1204", "1500", "1900")) - amounts["1290"]
    income = sum(amounts[code] for code in amounts if code.startswith("7"))
    spent = sum(amounts[code] for code in ("6200", "6300", "6400", "6500"))
    borrowed = assets[0] - amounts["2100"][0] - amounts["2900"][0] - CAPITAL - retained - result
    for month in range(LAST + 1):
        if month % 12 == 3:                              # January: the year's result is carried forward
            retained, result = retained + result, 0
        cost = round((borrowed * LENDERS + amounts["2100"][month] * SAVERS) / 12)
        before_tax = int(income[month] - spent[month]) - cost
        tax = max(round(before_tax * TAX), 0)
        result += before_tax - tax
        borrowed = assets[month] - amounts["2100"][month] - amounts["2900"][month] - CAPITAL - retained - result
        for name, value in zip(names, (borrowed, CAPITAL, retained, result, cost, tax), strict=True):
            closed[name][month] = value
    amounts |= closed
