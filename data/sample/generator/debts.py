"""Lenders, covenants, the prudential return, incidents and audit findings: what the ledger alone does not tell."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from generator import registers
from generator.clock import MONTHS, Dates, Ints, day, month_end, path
from generator.tables import Table

# Lender: facility, currency, share of all borrowings by month, months of its instalments, instalments still to come.
LENDERS = {
    "Banque Solaya": ("BS-2022", "XOF", ((0, 0.36), (14, 0.39), (23, 0.465)), (3, 6, 9, 12), 8),
    "Fonds Miréva": ("FM-2021", "EUR", ((0, 0.15), (23, 0.125)), (6, 12), 4),
    "Orvel Impact Fund": ("OIF-07", "USD", ((0, 0.22), (23, 0.18)), (5, 11), 5),
    "Caisse Tiéla": ("CT-118", "XOF", (), (2, 5, 8, 11), 10),
}
HEDGED = ("USD",)
SWAPPED = 0.95  # of the gap in a hedged currency
ABROAD = {"EUR": 0.36, "USD": 0.04}  # assets in the currency by what is owed in it
QUARTERS = np.arange(2, MONTHS, 3)
SIGHT, TERM = 0.45, 0.70  # deposits at sight; part of the others due within a year
PLACED = 0.60  # of the other assets: placements that can be sold at once
RUN_OFF = 0.78  # of the portfolio falls due within a year
DEDUCTED, GENERAL, LIQUID_WEIGHT = 0.02, 0.012, 0.20


def tables(seen: Mapping[str, pa.Table]) -> dict[str, Table]:
    """Debt, currencies, covenants and the prudential return from the ledger; registers of incidents and findings."""
    books = _lines(seen["financials_monthly"])
    owed = _owed(books["borrowings"])
    schedule = _schedule(owed)
    return {
        "debt_schedule": schedule,
        "currency_positions": _positions(owed),
        "covenants": _covenants(books, _at_risk(seen["loans"])),
        "prudential": _prudential(books, schedule),
        "incidents": registers.incidents(),
        "audit_findings": registers.findings(),
        "parameters": _parameters(seen["parameters"]),
    }


def _lines(ledger: pa.Table) -> dict[str, Ints]:
    """Amount of each line of the statements at each month."""
    month = _month(ledger["month"])
    line, amount = ledger["mapped_line"].to_numpy(zero_copy_only=False), ledger["amount"].to_numpy()
    found = {}
    for name in np.unique(line.astype(str)).tolist():
        found[name] = np.zeros(MONTHS, np.int64)
        np.add.at(found[name], month[line == name], amount[line == name])
    return found


def _month(column: pa.ChunkedArray) -> Ints:
    months = column.to_numpy().astype("datetime64[M]")
    return (months - np.datetime64("2024-10", "M")).astype(np.int64)


def _owed(borrowings: Ints) -> dict[str, Ints]:
    """What is owed to each lender at each month-end; the last one closes the sum."""
    found: dict[str, Ints] = {}
    for name, (_, _, share, _, _) in LENDERS.items():
        rest = borrowings - sum(found.values(), np.zeros(MONTHS, np.int64))
        part = path(share, np.arange(MONTHS)) if share else np.ones(MONTHS)
        found[name] = np.round(borrowings * part).astype(np.int64) if share else rest
    return found


def _schedule(owed: Mapping[str, Ints]) -> Table:
    rows: list[tuple[object, ...]] = []
    for month in range(MONTHS):
        for lender, (facility, currency, _, due_in, count) in LENDERS.items():
            days = _due(month, due_in, count)
            even = int(owed[lender][month]) // count
            amounts = [int(owed[lender][month]) - even * (count - 1)] + [even] * (count - 1)
            for on, amount in zip(days, amounts, strict=True):
                rows.append((month_end(month), lender, facility, on, amount, currency, currency in HEDGED))
    names = ("as_of", "lender", "facility_id", "due_on", "amount", "currency", "hedged")
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def _due(month: int, due_in: tuple[int, ...], count: int) -> list[np.datetime64]:
    """The next days of payment after a month-end: the 15th of some calendar months."""
    following = [month + ahead for ahead in range(1, 12 * count)]
    return [day(m, 15) for m in following if (m + 9) % 12 + 1 in due_in][:count]


def _positions(owed: Mapping[str, Ints]) -> Table:
    foreign = [(lender, currency) for lender, (_, currency, *_) in LENDERS.items() if currency != "XOF"]
    liabilities = np.stack([owed[lender] for lender, _ in foreign], axis=1)
    assets = np.round(liabilities * [ABROAD[currency] for _, currency in foreign]).astype(np.int64)
    swapped = [SWAPPED if currency in HEDGED else 0.0 for _, currency in foreign]
    return {
        "as_of": np.repeat(month_end(np.arange(MONTHS)), len(foreign)),
        "currency": [currency for _, currency in foreign] * MONTHS,
        "assets": assets.reshape(-1),
        "liabilities": liabilities.reshape(-1),
        "hedged": np.round((liabilities - assets) * swapped).astype(np.int64).reshape(-1),
    }


def _at_risk(loans: pa.Table) -> np.ndarray:
    """Portfolio at risk over 30 days with renegotiated loans, at each month-end."""
    month, balance = _month(loans["as_of"]), loans["principal_outstanding"].to_numpy().astype(np.int64)
    active = loans["status"].to_numpy(zero_copy_only=False) == "active"
    bad = (loans["days_past_due"].to_numpy() > 30) | loans["is_renegotiated"].to_numpy(zero_copy_only=False)
    total = np.bincount(month[active], balance[active], MONTHS)
    return np.bincount(month[active & bad], balance[active & bad], MONTHS) / total


def _covenants(books: Mapping[str, Ints], at_risk: np.ndarray) -> Table:
    assets = _assets(books)
    year = [slice(max(month - 11, 0), month + 1) for month in QUARTERS]
    income = sum(books[name] for name in books if "_income_on_loans" in name) + books["other_financial_revenue"]
    names = ("financial_expense", "net_impairment_loss", "personnel_expense", "administrative_expense", "depreciation")
    costs = sum(books[name] for name in names)
    tested = (
        ("Banque Solaya", "PAR30", "lower", 0.09, at_risk[QUARTERS]),
        ("Banque Solaya", "Equity over assets", "higher", 0.15, (books["equity"] / assets)[QUARTERS]),
        ("Fonds Miréva", "PAR30", "lower", 0.10, at_risk[QUARTERS]),
        ("Orvel Impact Fund", "OSS", "higher", 1.05, np.array([income[s].sum() / costs[s].sum() for s in year])),
        ("Orvel Impact Fund", "Debt over equity", "lower", 5.0, (assets / books["equity"])[QUARTERS] - 1),
    )
    return {
        "as_of": np.repeat(month_end(QUARTERS), len(tested)),
        "lender": [lender for lender, *_ in tested] * len(QUARTERS),
        "covenant": [name for _, name, *_ in tested] * len(QUARTERS),
        "better": [better for _, _, better, *_ in tested] * len(QUARTERS),
        "limit_value": [limit for *_, limit, _ in tested] * len(QUARTERS),
        "actual_value": np.stack([np.round(actual, 4) for *_, actual in tested], axis=1).reshape(-1),
    }


def _assets(books: Mapping[str, Ints]) -> Ints:
    held = sum(books[name] for name in ("cash", "gross_loan_portfolio", "net_fixed_assets", "other_assets"))
    return held - books["impairment_allowance"]


def _prudential(books: Mapping[str, Ints], schedule: Table) -> Table:
    loans, deposits, cash = books["gross_loan_portfolio"], books["deposits"], books["cash"]
    sight = SIGHT * deposits
    soon = TERM * (deposits - sight) + _due_within_a_year(schedule)
    items = {
        "tier1": books["equity"] * (1 - DEDUCTED),
        "tier2": loans * GENERAL,
        "risk_weighted_assets": _assets(books) - (1 - LIQUID_WEIGHT) * cash,
        "demand_deposits": sight,
        "due_in_12_months": soon,
        "trade_investments": books["other_assets"] * PLACED,
        "assets_maturing_12m": loans * RUN_OFF + cash + books["other_assets"] * PLACED,
        "liabilities_maturing_12m": sight + soon,
    }
    amounts = np.stack([np.round(amount[QUARTERS]).astype(np.int64) for amount in items.values()], axis=1)
    return {
        "as_of": np.repeat(month_end(QUARTERS), len(items)),
        "item": list(items) * len(QUARTERS),
        "amount": amounts.reshape(-1),
    }


def _due_within_a_year(schedule: Table) -> np.ndarray:
    as_of, due = np.array(schedule["as_of"]), np.array(schedule["due_on"])
    soon = due <= _year_after(as_of)
    month = (as_of.astype("datetime64[M]") - np.datetime64("2024-10", "M")).astype(np.int64)
    return np.bincount(month[soon], np.array(schedule["amount"])[soon], MONTHS)


def _year_after(days: Dates) -> Dates:
    return (days.astype("datetime64[M]") + 13).astype("datetime64[D]") - 1


def _parameters(seen: pa.Table) -> Table:
    """What the institution would pay more at market prices, besides the parameters that are there already."""
    own = {
        "subsidy_adjustment": 96_000_000.0,  # the two foreign funds lend below the market
        "inflation_adjustment": 61_000_000.0,  # equity less fixed assets, at prices that rise by 1.5 %
        "provisioning_adjustment": 0.0,
    }
    rows = [(r["parameter"], r["value"], np.datetime64(r["valid_from"]), r["source"]) for r in seen.to_pylist()]
    rows += [(name, value, np.datetime64("2024-10-01"), "Invented for the sample") for name, value in own.items()]
    names = ("parameter", "value", "valid_from", "source")
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
