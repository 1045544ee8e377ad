"""How firm an order is: exact acceptability over a range of weights, dominance, and ranks between bounds.

Arrays in, arrays out. Healths are 0..1 with NaN for not known, shares of weight are 0..100, as in `balance`.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from metrics.balance import Index, crossing, flips
from metrics.formula import Array


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
    if not len(known):
        return table
    here, there = financial[known], social[known]
    unit, at, step = _events(here, there, exponent, epsilon)
    # Each unit's own way through the ranks: from its rank at a share of 0 one step at each of its flips.
    first = np.append(np.searchsorted(unit, np.arange(len(known))), len(unit))
    rank = _start(here, there)[unit] + np.cumsum(step)
    rank -= np.repeat(np.concatenate([[0], np.cumsum(step)])[first[:-1]], np.diff(first))
    place = np.concatenate([unit, np.arange(len(known))])
    ranks = np.concatenate([rank, _start(here, there)]) - 1
    begun = np.clip(np.concatenate([at, np.zeros(len(known))]), low, high)
    ended = np.full(len(begun), float(high))
    last = np.diff(first) > 0
    ended[: len(at)][:-1] = np.where(unit[1:] == unit[:-1], np.clip(at[1:], low, high), high)
    ended[len(at) :][last] = np.clip(at[first[:-1][last]], low, high)
    part = np.bincount(place * len(known) + ranks, (ended - begun) / (high - low), len(known) ** 2)
    table[known] = 0.0
    table[np.ix_(known, np.arange(len(known)))] = part.reshape(len(known), len(known))
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
    one, other = np.triu_indices(int(known.sum()), 1)
    by_f, by_g = (side[known][one] - side[known][other] for side in (financial, social))
    return int(np.count_nonzero((by_f * by_g >= 0) & ((by_f != 0) | (by_g != 0))))


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
    """Ranks just above a social share of 0: by the financial side, where equal by the social one."""
    order = np.lexsort((-g, -f))
    same = np.append(False, (f[order][1:] == f[order][:-1]) & (g[order][1:] == g[order][:-1]))
    rank = np.empty(len(f), dtype=np.intp)
    rank[order] = np.maximum.accumulate(np.where(same, 0, np.arange(1, len(f) + 1)))
    return rank


def _events(f: Array, g: Array, exponent: float, epsilon: float) -> tuple[Index, Array, Index]:
    """Each unit's flips: unit, share and step of its rank, sorted by unit and then by share."""
    one, other, share = flips(f, g, exponent, epsilon)
    gains = g[one] > g[other]
    unit, at = np.concatenate([one, other]), np.concatenate([share, share])
    step = np.concatenate([np.where(gains, -1, 1), np.where(gains, 1, -1)])
    order = np.argsort(at, kind="stable")
    order = order[np.argsort(unit[order].astype(np.int32), kind="stable")]
    return unit[order], at[order], step[order]
