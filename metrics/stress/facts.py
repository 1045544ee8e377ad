"""What money and what people lose under a scenario, each as a number before and after, or with what would tell it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from metrics.measures import needed
from metrics.stress.cells import WHOLE, Cells
from metrics.stress.kinds import SHOCKS, Need
from metrics.stress.library import Scenario


@dataclass(frozen=True)
class Fact:
    """One consequence: `side` is financial or social, `unit` money, count, share, days or ratio.

    `before` and `after` are None where `needs` (table.column) is not there to tell.
    """

    name: str
    side: str
    unit: str
    before: float | None
    after: float | None
    needs: str = ""


Sums = tuple[Need, ...]
RATIOS: dict[str, tuple[str, str, Sums, Sums]] = {
    "equity": ("financial", "money", (("ledger", "equity"),), ()),
    "capital_ratio": ("financial", "share", (("ledger", "equity"),), (("ledger", "assets"),)),
    "car": ("financial", "share", (("prudence", "tier1"), ("prudence", "tier2")),
            (("prudence", "risk_weighted_assets"),)),
    "cash": ("financial", "money", (("ledger", "cash"),), ()),
    "late": ("financial", "money", (("portfolio", "late_over_30"),), ()),
    "revenue": ("financial", "money", (("ledger_12m", "revenue_from_loans"),), ()),
    "due": ("financial", "money", (("debt", "debt_due_90"),), ()),
    "borrowers": ("social", "count", (("portfolio", "active_borrowers"),), ()),
    "left": ("social", "count", (("clientele_12m", "clients_left"),), ()),
    "burdened": ("social", "count", (("portfolio", "burden_over_50"),), ()),
    "staff": ("social", "count", (("workforce", "personnel"),), ()),
    "caseload": ("social", "ratio", (("portfolio", "active_borrowers"),), (("workforce", "loan_officers"),)),
    "complaints": ("social", "count", (("grievances_12m", "received"),), ()),
    "answered": ("social", "share", (("grievances_12m", "closed_in_30"),), (("grievances_12m", "due_30"),)),
}  # fmt: skip
OPTIONAL = {("prudence", "tier2")}


def facts(cells: Cells, scenario: Scenario, place: int) -> tuple[Fact, ...]:
    """The consequences of a variant that the scenario moves, or that cannot be told; money's before people's."""
    found = [_runway(cells, place), _cannot_repay(cells, place)]
    for name, (side, unit, above, below) in RATIOS.items():
        told = partial(_ratio, cells, above, below)
        found.append(_fact(cells, place, name, side, unit, told, (*above, *below)))
    shocks = [shock for shock, size in scenario.sizes.items() if size != SHOCKS[shock].neutral]
    struck = {effect for shock in shocks for effect in SHOWN[shock]}
    moved = [one for one in found if one.name in struck and (one.needs or one.before != one.after)]
    return tuple(sorted(moved, key=lambda one: (one.side, ORDER.index(one.name))))


CAPITAL = ("equity", "capital_ratio", "car")
SHOWN: dict[str, tuple[str, ...]] = {
    "late": ("late", "cannot_repay"),
    "loss": CAPITAL,
    "standstill": (*CAPITAL, "revenue", "cash", "runway"),
    "revenue": (*CAPITAL, "revenue", "cash", "runway"),
    "funder": ("due", "runway"),
    "lending": ("borrowers", "caseload"),
    "leave": ("borrowers", "left"),
    "complaints": ("complaints", "answered"),
    "slower": ("answered",),
    "staff": ("staff", "caseload"),
    "income": ("burdened",),
}
ORDER = (
    "late", "equity", "capital_ratio", "car", "revenue", "due", "cash", "runway",
    "cannot_repay", "borrowers", "left", "burdened", "staff", "caseload", "complaints", "answered",
)  # fmt: skip


def _fact(
    cells: Cells, place: int, name: str, side: str, unit: str, told: Callable[[int], float | None], parts: Sums
) -> Fact:
    lacking = next((part for part in parts if not cells.has(part) and part not in OPTIONAL), None)
    if lacking is not None:
        return Fact(name, side, unit, None, None, str(needed(*lacking) or ".".join(lacking)))
    return Fact(name, side, unit, told(0), told(place))


def _ratio(cells: Cells, above: Sums, below: Sums, at: int) -> float | None:
    top = [cells.total(part, at) for part in above if cells.has(part)]
    bottom = [cells.total(part, at) for part in below]
    if None in top or None in bottom:
        return None
    under = sum(one for one in bottom if one is not None) if below else 1.0
    return sum(one for one in top if one is not None) / under if under else None


def _runway(cells: Cells, place: int) -> Fact:
    """Days that cash pays costs and debts for, as the indicator of that name has it."""
    flows: Sums = (("ledger_12m", "operating_expense"), ("ledger_12m", "financial_expense"))
    parts: Sums = (("ledger", "cash"), *flows, ("debt", "debt_due_90"))

    def told(at: int) -> float | None:
        cash, cost, due = (_ratio(cells, above, (), at) for above in ((parts[0],), flows, (parts[3],)))
        year = cells.frames["ledger_12m"]
        months = float(year.loc[year["variant"] == at, "months"].max())
        if cash is None or cost is None or due is None or np.isnan(months):
            return None
        a_day = cost / (months * 365 / 12) + due / 90
        return cash / a_day if a_day else None

    return _fact(cells, place, "runway", "financial", "days", told, parts)


def _cannot_repay(cells: Cells, place: int) -> Fact:
    """Borrowers who fall behind: as many of a branch's as of its principal, before any client leaves."""

    def told(at: int) -> float | None:
        book = cells.frames["portfolio"]
        whole = book[book["cut"].isin(WHOLE)]
        now, then = (whole[whole["variant"] == one].groupby("branch_id", dropna=False)[
            ["glp", "late_over_30", "active_borrowers"]].sum() for one in (0, at))  # fmt: skip
        newly = (then["late_over_30"] - now["late_over_30"]).clip(lower=0)
        share = newly.div(now["glp"].where(now["glp"] > 0)).fillna(0.0)
        return float((share * now["active_borrowers"]).sum())

    return _fact(cells, place, "cannot_repay", "social", "count", told,
                 (("portfolio", "late_over_30"), ("portfolio", "active_borrowers")))  # fmt: skip
