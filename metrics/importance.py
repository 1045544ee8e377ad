"""What each indicator does to the differences between units: its share of them, its doubles, a ranking without it.

Paruolo, Saisana and Saltelli 2013 (J. R. Statist. Soc. A 176): the weight of an indicator is not its importance,
which depends on how much the indicator varies and what it varies with.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.formula import Array, displayed
from metrics.score import Scores, contributions, score_leaves

FEWEST = 3  # units below which nothing varies with anything
FLAT = 1e-12  # a standard deviation below it is rounding
LEVELS = ("within", "below", "critical")


@dataclass(frozen=True, eq=False)
class Removal:
    """The ranking without one leaf.

    Attributes:
        leaf: its place in the policy's leaves.
        ranks: `(units,)` ranks without it; NaN where there is then no balance.
        shifts: `(units,)` places moved, above 0 = down; NaN where a rank is lacking.
        levels: `(units,)` places in `LEVELS` without it; -1 where nothing can be said.
    """

    leaf: int
    ranks: Array
    shifts: Array
    levels: Array

    @property
    def largest(self) -> float:
        """The largest number of places that a unit moves; 0 where none has a rank."""
        moved = np.abs(self.shifts)
        return float(np.nanmax(moved)) if np.any(~np.isnan(moved)) else 0.0


def importance(scores: Scores) -> tuple[Array, Array]:
    """Each leaf's share of the variance of the balance between units, and what it alone goes with.

    Returns:
        `(leaves,)` shares: covariance of the leaf's contribution with the balance over its variance. They add up
        to 1 exactly for every exponent; below 0 the leaf evens differences out. `(leaves,)` squared correlations
        of leaf score and balance, 0..1 (the linear main effect), NaN where the leaf does not vary. All NaN
        with fewer than 3 units, or where the balance does not vary.
    """
    known = ~np.isnan(scores.node())
    balances, parts = scores.node()[known], np.nan_to_num(contributions(scores)[known])
    nothing = np.full(scores.z.shape[1], np.nan)
    if known.sum() < FEWEST or balances.std() < FLAT:
        return nothing, nothing
    apart = balances - balances.mean()
    shares = apart @ (parts - parts.mean(axis=0)) / (apart @ apart)
    alone = correlations(np.column_stack([balances, scores.z[known]]))[0, 1:] ** 2
    return shares, alone


def correlations(columns: ArrayLike) -> Array:
    """Pearson's correlation of every two columns over the rows that have both, `(columns, columns)`.

    NaN where fewer than 3 rows have both, or one of the two does not vary over them.
    """
    x = np.asarray(columns, dtype=np.float64)
    there = ~np.isnan(x)
    both = there.T.astype(np.float64) @ there
    with np.errstate(invalid="ignore", divide="ignore"):
        # From each column's mean, so that large numbers lose no digits.
        filled = np.where(there, x - np.where(there, x, 0.0).sum(axis=0) / there.sum(axis=0), 0.0)
        sums, squares = filled.T @ there, (filled**2).T @ there
        cross = filled.T @ filled - sums * sums.T / both
        spread = squares - sums**2 / both
        deviation = np.sqrt(np.clip(spread, 0.0, None) / both)
        flat = (deviation < FLAT) | (deviation.T < FLAT) | (both < FEWEST)
        found = cross / np.sqrt(spread * spread.T)
    return np.where(flat, np.nan, np.clip(found, -1.0, 1.0))


def strongest(table: Array) -> tuple[int, int] | None:
    """The pair of columns that goes together most closely (the greatest correlation, not the most negative)."""
    one, other = np.triu_indices(len(table), 1)
    found = table[one, other]
    if not np.any(~np.isnan(found)):
        return None
    place = int(np.nanargmax(found))
    return int(one[place]), int(other[place])


def removals(scores: Scores) -> list[Removal]:
    """The ranking without each leaf that has weight, in the order of the leaves; a leaf's theme goes with it."""
    before, policy = scores.rank(), scores.policy
    found = []
    for place in np.flatnonzero(scores.tree.shares()[0] > 0):
        rest = policy.without([policy.leaves[place].path])
        left = score_leaves(np.delete(scores.z, place, axis=1), rest)
        after = left.rank()
        found.append(Removal(int(place), after, after - before, levels(left)))
    return found


def levels(scores: Scores) -> Array:
    """Status of each unit by the worst of its pillars and its balance as displayed: a place in `LEVELS`, or -1."""
    policy = scores.policy
    pillars = [cell for cell in range(scores.tree.count) if scores.tree.parent[cell] <= 0]
    healths = displayed(100.0 * scores.cells[:, pillars], policy.decimals)
    worst: Array = np.fmin.reduce(healths, axis=1)
    found = np.where(worst < policy.health_critical, 2.0, np.where(worst < policy.health_limit, 1.0, 0.0))
    return np.where(np.isnan(worst), -1.0, found)
