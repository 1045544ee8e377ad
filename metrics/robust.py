"""How firm an order is: exact acceptability over a range of weights, dominance, and ranks between bounds.

Arrays in, arrays out. Healths are 0..1 with NaN for not known, shares of weight are 0..100, as in `balance`.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from metrics.balance import Index, bent, crossing, flip
from metrics.formula import Array

BLOCK = 64  # so many units at a time stay in the processor's cache


def acceptability(
    f: ArrayLike, g: ArrayLike, low: float = 0.0, high: float = 100.0, exponent: float = 1.0, epsilon: float = 0.1
) -> Array:
    """Part of a range of social shares in which each unit holds each rank, exact; `(units, units)`.

    Every share of the range counts alike (stochastic multicriteria acceptability analysis, SMAA-2, in one
    dimension). A row adds up to 1; units without both healths have a row of NaN. Units equal on both sides
    share the better rank, as in `score.ranks`.

    Args:
        f: `(units,)` financial healths.
        g: `(units,)` social healths.
        low: lowest social share of the range.
        high: highest; above `low`.
        exponent: of the root.
        epsilon: of the root.
    """
    financial, social = _that_count(f, g, exponent, epsilon)
    known = np.flatnonzero(~np.isnan(financial + social))
    table = np.full((len(financial), len(financial)), np.nan)
    here, there = financial[known], social[known]
    lines = bent(here, there, exponent, epsilon)
    by = lines or (here, there)
    order = np.lexsort((-by[1], -by[0]))
    start, table[known] = _start(by[0][order], by[1][order]), 0.0
    for first in range(0, len(order), BLOCK):
        rows = order[first : first + BLOCK]
        if lines:
            cuts = _cuts(lines[0][rows, None], lines[1][rows, None], lines[0][order], lines[1][order])
        else:
            cuts = flip(here[rows, None], there[rows, None], here[order], there[order], exponent, epsilon) / 100.0
        table[known[rows], : len(order)] = _stays(cuts, first, start[first : first + BLOCK], low / 100.0, high / 100.0)
    return table


def below(
    f: ArrayLike,
    g: ArrayLike,
    threshold: float,
    low: float = 0.0,
    high: float = 100.0,
    exponent: float = 1.0,
    epsilon: float = 0.1,
) -> Array:
    """Part of a range of social shares in which each unit's balance is below a limit (0..1), exact; `(units,)`."""
    financial, social = _that_count(f, g, exponent, epsilon)
    at = crossing(financial, social, threshold, exponent, epsilon)
    cut = np.clip(at, low, high)
    part = np.where(financial < threshold, cut - low, high - cut) / (high - low)
    # Without a crossing it is on one side throughout; on the limit at one end only, where the other end is.
    whole = (np.fmin(financial, social) < threshold) & (np.fmax(financial, social) <= threshold)
    found = np.where(np.isnan(at), whole.astype(np.float64), part)
    return np.where(np.isnan(financial + social), np.nan, found)


def dominances(f: ArrayLike, g: ArrayLike) -> int:
    """Pairs of units of which one is at least as good on both sides and better on one: no weight turns them."""
    financial, social = (np.asarray(side, dtype=np.float64) for side in (f, g))
    known = ~np.isnan(financial + social)
    here, there = financial[known], social[known]
    behind = (here[:, None] <= here) & (there[:, None] <= there)
    # Who equals another on both sides is behind it and ahead of it, and so is each unit of itself.
    return int(np.count_nonzero(behind) - np.count_nonzero(behind & behind.T))


def frontier(f: ArrayLike, g: ArrayLike) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether each unit is on the Pareto frontier: nobody is at least as good on both sides and better on one."""
    financial, social = (np.asarray(side, dtype=np.float64) for side in (f, g))
    found = np.zeros(len(financial), dtype=np.bool_)
    known = np.flatnonzero(~np.isnan(financial + social))
    order = known[np.lexsort((-social[known], -financial[known]))]
    best = np.maximum.accumulate(np.append(-np.inf, social[order]))
    found[order] = social[order] > best[:-1]
    # Who equals the unit before on both sides is on it as well.
    for here, before in zip(order[1:], order[:-1], strict=True):
        if (financial[here], social[here]) == (financial[before], social[before]):
            found[here] = found[before]
    return found


def rank_bounds(low: ArrayLike, high: ArrayLike) -> tuple[Array, Array]:
    """The best and the worst rank that each unit can have where its score lies anywhere between two bounds.

    Args:
        low: `(units,)` least scores; NaN where the unit has none and takes no rank.
        high: the same, greatest.
    """
    least, most = (np.asarray(side, dtype=np.float64) for side in (low, high))
    known = ~np.isnan(least + most)
    floor, ceiling = np.sort(least[known]), np.sort(most[known])
    best = 1.0 + len(floor) - np.searchsorted(floor, most, side="right")
    worst = 0.0 + len(ceiling) - np.searchsorted(ceiling, least, side="left")
    return np.where(known, best, np.nan), np.where(known, worst, np.nan)


def _that_count(f: ArrayLike, g: ArrayLike, exponent: float, epsilon: float) -> tuple[Array, Array]:
    """Healths as the order between the ends of the range sees them: a weakest link or a veto leaves one."""
    financial, social = (np.atleast_1d(np.asarray(side, dtype=np.float64)) for side in (f, g))
    if math.isinf(exponent):
        one = np.minimum(financial, social) if exponent < 0 else np.maximum(financial, social)
        return one, one
    if exponent <= 0 and epsilon == 0:
        vetoed = (financial == 0) | (social == 0)
        return np.where(vetoed & ~np.isnan(financial), 0.0, financial), np.where(
            vetoed & ~np.isnan(social), 0.0, social
        )
    return financial, social


def _start(f: Array, g: Array) -> Index:
    """Ranks from 0 just above a social share of 0 of units that are sorted: by f, where equal by g, both falling."""
    same = np.append(False, (f[1:] == f[:-1]) & (g[1:] == g[:-1]))[: len(f)]
    rank: Index = np.maximum.accumulate(np.where(same, 0, np.arange(len(f))))
    return rank


def _cuts(f: Array, g: Array, fs: Array, gs: Array) -> Array:
    """Share, 0..1, at which units swap with each other one, all bent; over 1, NaN or not over 0 where they never do."""
    with np.errstate(invalid="ignore", divide="ignore"):
        lead = f - fs
        share: Array = lead / (lead + (gs - g))
    return share


def _stays(cuts: Array, first: int, start: Index, low: float, high: float) -> Array:
    """Part of the range that each unit of a block spends at each rank, `(block, units)`.

    Each unit's own way through the ranks: from its rank at a share of 0 one step at each of its cuts, up with the units
    that stand before it, down with those behind. Which of both it is goes with the cut through the sorting, in the last
    bit of the number.

    Args:
        cuts: `(block, units)` shares 0..1 at which the units of the block swap with all, who are sorted; changed.
        first: the place of the block's first unit among all.
        start: ranks of the block's units, from 0.
        low: lowest share.
        high: highest.
    """
    block, units = cuts.shape
    np.copyto(cuts, np.inf, where=~(cuts > 0))
    ends = np.array([low, high])
    np.clip(cuts, low, high, out=cuts)
    bits = cuts.view(np.int64)
    bits &= -2
    bits |= np.arange(first, first + block)[:, None] > np.arange(units)
    ends.view(np.int64)[:] &= -2
    cuts.sort(axis=1)
    inside = int((cuts < ends[1]).sum(axis=1).max())
    cuts = np.ascontiguousarray(cuts[:, : inside + 1])
    bits = cuts.view(np.int64)
    up = np.cumsum(bits & 1, axis=1)
    bits &= -2
    rank = start[:, None] + np.arange(1, cuts.shape[1] + 1) - 2 * up
    rank = np.clip(rank, 0, units - 1) + np.arange(block)[:, None] * units
    spent = np.diff(cuts, axis=1, append=ends[1])
    whole = np.bincount(rank.ravel(), spent.ravel(), block * units).reshape(block, units)
    whole[np.arange(block), start] += cuts[:, 0] - ends[0]
    parts: Array = whole / (ends[1] - ends[0])
    return parts
