"""What the shocks do to money: losses, revenue, cash and debts, on the lines of the ledger and of the return.

Losses and revenue that stays away come off equity, assets and tier 1 in full, before any tax.
"""

import numpy as np
import pandas as pd

from metrics.stress.cells import Array, Cells

Frame = pd.DataFrame
YEAR = 365.0


def lost(cells: Cells, newly: pd.Series) -> None:
    """A part of the newly late principal is lost: set aside at the expense of the result, and so of equity."""
    rates = np.array([variant.sizes.get("loss", 0.0) for variant in cells.variants])
    late_too = np.array([variant.sizes.get("late", 0.0) for variant in cells.variants])
    at = newly.index.get_level_values("variant")
    loss = (newly * rates[at]).where((rates * late_too)[at] != 0, 0.0)
    for relation in ("ledger", "ledger_12m"):
        frame = cells.frames.get(relation)
        if frame is not None and len(frame):
            _burden(cells, relation, placed(frame, loss))
    _capital(cells, loss.groupby(level="variant").sum(min_count=1), weighted=True)


def placed(frame: Frame, amounts: pd.Series) -> Array:
    """Amounts by variant and branch on the cells of a ledger: each on its branch's, what has none on the first."""
    found = np.zeros(len(frame))
    places: dict[tuple[int, object], int] = {}
    first: dict[int, int] = {}
    for at, (variant, branch) in enumerate(zip(frame["variant"].tolist(), frame["branch_id"].tolist(), strict=True)):
        places.setdefault((variant, branch), at)
        first.setdefault(variant, at)
    for (variant, branch), amount in zip(amounts.index.tolist(), amounts.tolist(), strict=True):
        cell = places.get((variant, branch), first.get(variant))
        if cell is not None:
            found[cell] += amount
    return found


def _burden(cells: Cells, relation: str, loss: Array) -> None:
    """Put losses on the lines of a ledger."""
    frame = cells.frames[relation]
    signs = {"allowance": 1, "assets": -1, "equity": -1}
    if relation.endswith("_12m"):
        signs |= {"net_impairment_loss": 1, "net_operating_income": -1}
    for part, sign in signs.items():
        cells.put("ledger", relation, part, frame[part].to_numpy() + sign * loss)


def _capital(cells: Cells, loss: pd.Series, weighted: bool) -> None:
    """Losses come off tier 1, and, where they are of loans, off the assets that capital is held against."""
    frame = cells.frames.get("prudence")
    if frame is not None and len(frame):
        lost = loss.reindex(frame["variant"]).to_numpy(dtype=float)
        frame["tier1"] = frame["tier1"] - lost
        if weighted:
            frame["risk_weighted_assets"] = frame["risk_weighted_assets"] - lost


def earned(cells: Cells) -> None:
    """Revenue that does not come in, and cash that pays costs and debts while no instalment does.

    A flow of fewer than twelve months counts for a year in proportion.
    """
    year = cells.frames.get("ledger_12m")
    if year is None or not len(year):
        return
    cut, stop = cells.size(year, "revenue"), np.minimum(cells.size(year, "standstill"), 12.0)
    revenue, a_year = year["revenue_from_loans"].to_numpy(), 12.0 / year["months"].to_numpy()
    less = _of(revenue, np.minimum(cut + stop / 12, 1.0))
    spent = _of(revenue * a_year, cut) + _outflow(cells, year, stop)
    for part in ("revenue_from_loans", "financial_revenue", "net_operating_income"):
        year[part] = year[part] - less
    keys = ["variant", "branch_id"]
    moved = year[keys].assign(less=_of(less, a_year), spent=spent).groupby(keys, dropna=False).sum(min_count=1)
    for relation in ("ledger", "ledger_12m"):
        frame = cells.frames[relation]
        if len(frame):
            for part, column in (("equity", "less"), ("assets", "less"), ("cash", "spent")):
                cells.put("ledger", relation, part, frame[part].to_numpy() - placed(frame, moved[column]))
    _capital(cells, moved["less"].groupby(level="variant").sum(min_count=1), weighted=False)


def _of(whole: Array, share: Array) -> Array:
    """A share of a whole; none of a whole that is missing is none."""
    return np.where((share == 0) | (whole == 0), 0.0, whole * share)


def _outflow(cells: Cells, year: Frame, months: Array) -> Array:
    """Costs and debts that fall due in so many months, by cell; debts stand with the first cell of a variant."""
    costs = (year["operating_expense"] + year["financial_expense"]).to_numpy() / year["months"].to_numpy()
    debt = cells.frames.get("debt")
    due = np.full(len(year), np.nan) if debt is None or not len(debt) else (
        debt.groupby("variant")["debt_due_90"].sum(min_count=1).reindex(year["variant"]).to_numpy(dtype=float)
    )  # fmt: skip
    first = (~year["variant"].duplicated()).to_numpy()
    a_month = costs + np.where(first, due / 90 * YEAR / 12, 0.0)
    return np.where(months == 0, 0.0, months * a_month)


def called(cells: Cells) -> None:
    """The largest lender calls a share of its loan: what was due later is due within 90 days."""
    debt = cells.frames.get("debt")
    if debt is None or not len(debt):
        return
    asked = cells.size(debt, "funder") * debt["debt_largest_lender"].to_numpy()
    whole, due = debt["debt"].to_numpy(), {part: debt[part].to_numpy() for part in ("debt_due_90", "debt_due_12m")}
    with np.errstate(divide="ignore", invalid="ignore"):
        sooner = {part: np.where(asked == 0, 0.0, asked * (1 - now / whole)) for part, now in due.items()}
    for part, more in sooner.items():
        debt[part] = debt[part] + more
    frame = cells.frames.get("prudence")
    if frame is not None and len(frame):
        later = pd.Series(sooner["debt_due_12m"]).groupby(debt["variant"].to_numpy()).sum(min_count=1)
        frame["due_in_12_months"] = frame["due_in_12_months"] + later.reindex(frame["variant"]).to_numpy(dtype=float)
