"""Two groups compared on arrays: intervals of a difference, tests, and corrections for many looks.

NaN in, NaN out. Shares may be means of likelihoods: such a mean varies less than a share of yes and no of the same
size, so that its interval is wide enough and its test slow enough.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from metrics.intervals import Z, wilson

Floats = NDArray[np.float64]


def newcombe(share: ArrayLike, n: ArrayLike, other: ArrayLike, m: ArrayLike, z: float = Z) -> tuple[Floats, Floats]:
    """Lower and upper end of the interval of share - other, by the hybrid of two Wilson intervals.

    Args:
        share: observed share of the first group, 0..1.
        n: its (effective) number.
        other: observed share of the second group, 0..1.
        m: its (effective) number.

    Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17 (1998), method 10.
    """
    one, two = _floats(share), _floats(other)
    (low, high), (below, above) = wilson(one, _floats(n), z), wilson(two, _floats(m), z)
    gap = one - two
    down, up = np.hypot(one - low, above - two), np.hypot(high - one, two - below)
    return np.maximum(gap - down, -1.0), np.minimum(gap + up, 1.0)


def two_shares(share: ArrayLike, n: ArrayLike, other: ArrayLike, m: ArrayLike) -> Floats:
    """Two-sided chance of a difference at least as great if both groups were alike: the score test, pooled.

    1 where both shares are all or nothing alike.
    """
    one, count, two, others = _floats(share), _floats(n), _floats(other), _floats(m)
    pooled = (one * count + two * others) / (count + others)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (one - two) / np.sqrt(pooled * (1 - pooled) * (1 / count + 1 / others))
    alike = (one == two) & ~np.isnan(pooled)
    return np.where(alike, 1.0, _beyond(score))


def more_than_chance(hits: ArrayLike, n: ArrayLike, all_hits: ArrayLike, total: ArrayLike) -> Floats:
    """Chance that a part of a whole has at least so many hits if they fell at random: Fisher's exact test, one-sided.

    Args:
        hits: within the part.
        n: of the part.
        all_hits: of the whole, the part included.
        total: of the whole.

    Exact for every n, so that a correction for many looks keeps its promise for rare answers too.
    """
    rows = [np.atleast_1d(np.asarray(given, dtype=np.int64)) for given in (hits, n, all_hits, total)]
    x, part, marked, whole = np.broadcast_arrays(*rows)
    facts = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, int(whole.max(initial=0)) + 1)))])
    return np.array([_tail(facts, *row) for row in zip(x, part, marked, whole, strict=True)], dtype=np.float64)


def _tail(facts: Floats, x: int, n: int, marked: int, total: int) -> float:
    """Upper tail of the hypergeometric distribution from x on; `facts` are logarithms of factorials."""
    if x <= max(0, n + marked - total):
        return 1.0
    k = np.arange(x, min(n, marked) + 1)
    least = facts[marked] - facts[k] - facts[marked - k]
    rest = facts[total - marked] - facts[n - k] - facts[total - marked - n + k]
    whole = facts[total] - facts[n] - facts[total - n]
    return float(min(np.exp(least + rest - whole).sum(), 1.0))


def welch(
    mean: ArrayLike, variance: ArrayLike, n: ArrayLike, other: ArrayLike, spread: ArrayLike, m: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Lower and upper end of the 95 % interval of mean - other, and the two-sided chance if both were alike.

    Args:
        mean: of the first group, of logarithms where amounts are meant.
        variance: of one value of it (sum of squared deviations over n - 1).
        n: its number; below 2 there is no interval.
        other: mean of the second group.
        spread: variance of the second group.
        m: number of the second group.

    Source: B. L. Welch, "The generalization of 'Student's' problem", Biometrika 34 (1947); degrees of freedom by
    Welch and Satterthwaite.
    """
    one, two = _floats(variance) / _floats(n), _floats(spread) / _floats(m)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(one + two)
        freedom = (one + two) ** 2 / (one**2 / (_floats(n) - 1) + two**2 / (_floats(m) - 1))
        gap = _floats(mean) - _floats(other)
        ratio = gap / error
    half = student(freedom) * error
    return gap - half, gap + half, _beyond(_as_normal(ratio, freedom))


def student(freedom: ArrayLike, z: float = Z) -> Floats:
    """Quantile of Student's distribution where the normal's is z; right to three digits from 10 degrees on.

    Source: D. L. Wallace, "Bounds on normal approximations to Student's and the chi-square distributions", Annals of
    Mathematical Statistics 30 (1959), turned round.
    """
    v = _floats(freedom)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.sqrt(v * np.expm1((z * (8 * v + 3) / (8 * v + 1)) ** 2 / v))


def _as_normal(t: Floats, freedom: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return (8 * freedom + 1) / (8 * freedom + 3) * np.sqrt(freedom * np.log1p(t**2 / freedom)) * np.sign(t)


def _beyond(score: Floats) -> Floats:
    """Two-sided tail of the normal distribution."""
    return np.vectorize(math.erfc, otypes=[np.float64])(np.abs(score) / math.sqrt(2)) if score.size else score


def holm(chances: ArrayLike) -> Floats:
    """Chances corrected so that in all looks together hardly one is wrong (family-wise). NaN is no look.

    Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6 (1979).
    """
    known, order, found = _ordered(chances)
    steps = np.maximum.accumulate(known[order] * np.arange(len(known), 0, -1))
    return _back(found, order, steps)


def benjamini_hochberg(chances: ArrayLike) -> Floats:
    """Chances corrected so that among what is found few are wrong (false discovery rate). NaN is no look.

    Source: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995).
    """
    known, order, found = _ordered(chances)
    steps = known[order] * len(known) / np.arange(1, len(known) + 1)
    return _back(found, order, np.minimum.accumulate(steps[::-1])[::-1])


def _ordered(chances: ArrayLike) -> tuple[Floats, NDArray[np.intp], Floats]:
    found = _floats(chances)
    known = found[~np.isnan(found)]
    return known, np.argsort(known, kind="stable"), found


def _back(found: Floats, order: NDArray[np.intp], steps: Floats) -> Floats:
    """The corrected chances in the order in which they came."""
    placed = np.empty(len(order))
    placed[order] = np.minimum(steps, 1.0)
    out = np.full(found.shape, np.nan)
    out[~np.isnan(found)] = placed
    return out


def _floats(given: ArrayLike) -> Floats:
    return np.asarray(given, dtype=np.float64)
