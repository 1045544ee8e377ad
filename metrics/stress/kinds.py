"""The shocks that there are: what each is measured in, how far it can go, and which figures it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

Need = tuple[str, str]


@dataclass(frozen=True)
class Shock:
    """One kind of shock on measures; `neutral` is the size at which nothing happens.

    `unit` is share, months or times. `reads` are the parts (relation, part) without which it cannot be computed, by
    the effect that each carries (key of words `effect_NAME`). `alone`: has an effect without any other shock.
    """

    name: str
    unit: str
    high: float
    step: float
    reads: Mapping[str, Need]
    neutral: float = 0.0
    alone: bool = True


LEDGER = {"capital": ("ledger", "equity"), "assets": ("ledger", "assets")}
SHOCKS = {
    shock.name: shock
    for shock in (
        Shock("late", "share", 1.0, 0.05, {"late": ("portfolio", "late_over_30")}),
        Shock("loss", "share", 1.0, 0.05, LEDGER, alone=False),
        Shock(
            "standstill", "months", 12.0, 1.0,
            {"revenue": ("ledger_12m", "revenue_from_loans"), "cash": ("ledger", "cash"),
             "debts": ("debt", "debt_due_90"), **LEDGER},
        ),
        Shock(
            "revenue", "share", 1.0, 0.05,
            {"revenue": ("ledger_12m", "revenue_from_loans"), "cash": ("ledger", "cash"), **LEDGER},
        ),
        Shock("funder", "share", 1.0, 0.05, {"funder": ("debt", "debt_largest_lender"), "cash": ("ledger", "cash")}),
        Shock("lending", "months", 12.0, 1.0, {"lending": ("portfolio", "recent_amount")}),
        Shock(
            "leave", "share", 0.9, 0.05,
            {"borrowers": ("portfolio", "active_borrowers"), "clients": ("clientele_12m", "named_clients")},
        ),
        Shock("complaints", "times", 20.0, 0.5, {"complaints": ("grievances_12m", "received")}, neutral=1.0),
        Shock("slower", "share", 1.0, 0.05, {"answers": ("grievances_12m", "closed_in_30")}),
        Shock("staff", "share", 0.9, 0.05, {"staff": ("workforce", "personnel")}),
        Shock("income", "share", 1.0, 0.05, {"burden": ("portfolio", "burden_known")}),
    )
}  # fmt: skip


def needs(sizes: Mapping[str, float]) -> dict[tuple[str, str], Need]:
    """The parts that shocks of some sizes need, by shock and effect; a shock that does nothing needs none."""
    return {
        (name, effect): need
        for name, size in sizes.items()
        if size != SHOCKS[name].neutral
        for effect, need in SHOCKS[name].reads.items()
    }
