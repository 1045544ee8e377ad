"""What a loan in the simulated book is: its columns, its schedule, what is owed and how late it is."""

from dataclasses import dataclass, field

import numpy as np

from generator.branches import Branch
from generator.clock import Ints

INDIVIDUAL, SOLIDARITY, VILLAGE, AGRICULTURAL = range(4)
TERMS = ((12, 18, 24), (8, 10, 12), (8, 10, 10), (8, 10, 12))
GRACE = (0, 0, 0, 3)                                 # months before the first instalment: the harvest
TYPICAL = (4_270_000, 400_000, 440_000, 1_300_000)   # a first loan in FCFA; village banking: each member's part
RATE = (18.0, 21.0, 12.0, 19.0)                      # yearly nominal rate in percent
STEP = 5_000                                         # amounts are multiples of it

# `start` is the month from which instalments are counted, `paid` how many were met, `base` the principal at
# `start`, `part` the principal of an instalment, `lost` the principal written off, `post` the officer's post.
COLUMNS = (
    "loan", "borrower", "product", "cycle", "born", "day", "amount", "base", "part", "terms", "start", "paid",
    "renegotiated", "lost", "post", "members", "women",
)
Columns = dict[str, Ints]


@dataclass
class Book:
    """A branch's running loans (one array a column) and what the simulation has recorded of them."""

    branch: Branch
    rng: np.random.Generator
    loans: Columns
    persons: int = 0
    groups: int = 0
    next_loan: int = 0
    carry: dict[str, float] = field(default_factory=dict)
    snapshots: list[Columns] = field(default_factory=list)
    topped_up: list[int] = field(default_factory=list)

    def carried(self, name: str, amount: float) -> int:
        """A whole number of events; fractions add up over the months."""
        amount += self.carry.get(name, 0.0)
        whole = max(int(np.floor(amount + 1e-9)), 0)
        self.carry[name] = amount - whole
        return whole

    def keep(self, mask: np.ndarray) -> None:
        """Drop the loans that the mask does not mark."""
        self.loans = {name: column[mask] for name, column in self.loans.items()}


def balance(loans: Columns) -> Ints:
    """Principal still owed; nothing after a write-off."""
    owed = np.maximum(loans["base"] - loans["part"] * loans["paid"], 0)
    return np.where(loans["lost"] > 0, 0, owed)


def due(loans: Columns, month: int) -> Ints:
    """Instalments fallen due by the end of the month."""
    return np.clip(month - loans["start"], 0, loans["terms"])


def lag(loans: Columns, month: int) -> Ints:
    """Months since the oldest unpaid instalment: 0 not late, 1 up to 30 days late, from 2 more than 30 days."""
    return np.where(loans["paid"] < due(loans, month), month - loans["start"] - loans["paid"], 0)


def part_of(base: Ints, terms: Ints) -> Ints:
    """Principal of one instalment, rounded up to 25 FCFA."""
    return -(-base // terms // 25) * 25


def instalment(loans: Columns) -> Ints:
    """Principal and average interest of a month, in steps of 5 FCFA."""
    rate = np.array(RATE)[loans["product"]] / 1200
    share = np.where(loans["product"] == VILLAGE, 1.0, (loans["terms"] + 1) / (2 * loans["terms"]))
    return loans["part"] + (np.round(loans["base"] * rate * share / 5) * 5).astype(np.int64)
