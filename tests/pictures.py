"""Pictures for tests of sentences and charts: a few units with round healths."""

import datetime
from dataclasses import replace
from typing import Any

from metrics.picture import Picture
from metrics.policy import load
from metrics.units import Driver, Unit

DAY, BEFORE = datetime.date(2026, 9, 30), datetime.date(2026, 6, 30)
SCORES: Any = None  # sentences and charts read healths, never the arrays behind them
TWELVE = {
    "Madina Sud": (76, 70), "Sirandé": (82, 54), "Wélia": (58, 81), "Nafara": (71, 57), "Bantako": (62, 67),
    "Yorobé": (57, 66), "Kassiri": (66, 52), "Tambali": (59, 52), "Baro": (42, 58), "Tensa": (51, 39),
    "Kolo": (63, 23), "Doukoro": (34, 32),
}  # fmt: skip


def unit(name: str, financial: float | None, social: float | None, **changed: Any) -> Unit:
    """A unit with two healths; balance, status and missed follow from them."""
    known = [health for health in (financial, social) if health is not None]
    worst = min(known, default=None)
    status = "none" if worst is None else "critical" if worst < 35 else "below" if worst < 50 else "within"
    both = financial is not None and social is not None
    made = Unit(
        id=name.lower(), name=name, manager="", financial=financial, social=social,
        balance=(financial + social) / 2 if both else None,
        low=0.0, high=100.0, financial_range=(0.0, 100.0), social_range=(0.0, 100.0), coverage=1.0, rank=None,
        status=status, cause="", glp=1e6, loans=100, before=None, since=None, drivers=(), too_few=False,
        missed=status in ("below", "critical") and financial is not None and financial >= 50,
    )  # fmt: skip
    return replace(made, **changed)


def driver(indicator: str = "par30", value: float | None = 0.12, **changed: Any) -> Driver:
    """A driver, red unless said otherwise."""
    made = Driver(indicator, value, 0.1, "red", 100, "ok", 10.0, "financial", None)
    return replace(made, **changed)


def picture(*units: Unit, whole: Unit | None = None, **changed: Any) -> Picture:
    """A picture of units, worst first as given; the whole is 63 and 51 unless said otherwise."""
    made = Picture(
        as_of=DAY, before_period=None, periods=(DAY,), by="branch", whole=whole or unit("Demo", 63.0, 51.0),
        units=units, policy=load("equal"), social=50.0, exponent=1.0, epsilon=0.1, currency="XOF",
        institution_name="Demo", coverage=1.0, leaves={"financial": 8, "social": 8}, only_institution=0,
        limits_default=22, limits_approved=0, mover=None, limits={}, scores=SCORES, scored=(),
    )  # fmt: skip
    return replace(made, **changed)


def twelve(**changed: Any) -> Picture:
    """The twelve branches of the reference screens."""
    units = [unit(name, float(financial), float(social)) for name, (financial, social) in TWELVE.items()]
    return picture(*sorted(units, key=lambda one: one.balance or 0.0), **changed)
