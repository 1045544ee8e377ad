"""What the weight between two pillars decides: flips, limits crossed and safe ranges, in closed form.

A unit's balance is the power mean of its financial health f and its social health g with the weights
1 - s and s, s the social share. Its bent power is linear in s for every exponent, so two units swap at most
once, and exactly when one leads on f and the other on g (method: Foster, McGillivray and Seth's rank
robustness for two dimensions). All healths here are 0..1 with NaN for not known; all shares are 0..100.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from metrics.formula import Array, bend, log_up, power_mean, settled

Index = NDArray[np.intp]
STEEP = 600.0  # logarithms so far apart have no common scale
NEARLY_LOG = 0.5  # exponents so small bend nearly as the logarithm does


@dataclass(frozen=True)
class Range:
    """A range of the social share, 0..100, and the units of which it speaks."""

    low: float
    high: float
    units: tuple[int, ...]


def balance(f: ArrayLike, g: ArrayLike, social: float, exponent: float = 1.0, epsilon: float = 0.1) -> Array:
    """Balances 0..1 at a social share; NaN where a health that has weight is not known."""
    both = np.column_stack([_array(f), _array(g)])
    weights = np.array([100.0 - social, social])
    mean = power_mean(both, weights, exponent, epsilon)
    return np.where(np.isnan(both[:, weights > 0]).any(axis=1), np.nan, mean)


def flip(
    f_one: ArrayLike,
    g_one: ArrayLike,
    f_other: ArrayLike,
    g_other: ArrayLike,
    exponent: float = 1.0,
    epsilon: float = 0.1,
) -> Array:
    """Social share at which two units swap, element by element; NaN where they never do.

    They never swap where one is at least as good on both sides: a tie at one end only (equal on one side) is
    no flip. Neither do they where a weakest or strongest link, or a veto, makes the weight irrelevant.
    """
    f1, g1, f2, g2 = np.broadcast_arrays(*(_array(side) for side in (f_one, g_one, f_other, g_other)))
    if math.isinf(exponent):
        return np.full(f1.shape, np.nan)
    bent = _bent([f1, g1, f2, g2], exponent, epsilon)
    with np.errstate(invalid="ignore", divide="ignore"):
        financial, social = bent[0] - bent[2], bent[3] - bent[1]
        share = financial / (financial + social)
        apart = (f1 - f2) * (g1 - g2) < 0
        found = apart & np.isfinite(share) & np.isfinite(financial) & np.isfinite(social)
    return np.where(found, 100.0 * np.clip(share, 0.0, 1.0), np.nan)


def flips(f: ArrayLike, g: ArrayLike, exponent: float = 1.0, epsilon: float = 0.1) -> tuple[Index, Index, Array]:
    """Every pair of units that swaps: first unit, second unit, social share; shares rising.

    Their number is that of the pairs on which the two pillars disagree, for every exponent. Units without
    both healths are left out.

    Args:
        f: `(units,)` financial healths.
        g: `(units,)` social healths.
        exponent: of the root; with -inf or inf the weight decides nothing.
        epsilon: of the root.
    """
    financial, social = _array(f), _array(g)
    one, other = _discordant(financial, social)
    share = _swap(financial, social, one, other, exponent, epsilon)
    found = np.flatnonzero(~np.isnan(share))
    if len(found) < len(share):
        one, other, share = one[found], other[found], share[found]
    order = _rising(share, one, other)
    return one[order], other[order], share[order]


def bent(f: ArrayLike, g: ArrayLike, exponent: float, epsilon: float) -> tuple[Array, Array] | None:
    """Healths bent so that a balance is straight in the share: f + s (g - f) then rises with it, s from 0 to 1.

    They stand on a common scale, whatever it is. None where no scale holds them all: an infinite exponent, or one so
    steep that the least of them would vanish beside the greatest.
    """
    both = np.stack([_array(f), _array(g)])
    exponent = settled(exponent)
    if exponent == 1:
        return both[0], both[1]
    if math.isinf(exponent):
        return None
    steps = (exponent or 1.0) * log_up(both, epsilon)
    seen = steps[np.isfinite(steps)]
    if abs(exponent) < NEARLY_LOG:
        lines = steps if exponent == 0 else np.expm1(steps) / exponent
    elif len(seen) and np.ptp(seen) > STEEP:
        return None
    else:
        lines = np.exp(steps - np.max(seen, initial=-np.inf)) / exponent
    return lines[0], lines[1]


def crossing(f: ArrayLike, g: ArrayLike, threshold: float, exponent: float = 1.0, epsilon: float = 0.1) -> Array:
    """Social share at which each unit's balance crosses a limit (0..1); NaN where it never does."""
    financial, social = np.broadcast_arrays(_array(f), _array(g))
    if math.isinf(exponent):
        return np.full(financial.shape, np.nan)
    limit = np.full(financial.shape, float(threshold))
    bent = _bent([financial, social, limit], exponent, epsilon)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (bent[2] - bent[0]) / (bent[1] - bent[0])
        found = (financial - threshold) * (social - threshold) < 0
    return np.where(found & np.isfinite(share), 100.0 * np.clip(share, 0.0, 1.0), np.nan)


def leader_range(
    f: ArrayLike, g: ArrayLike, social: float, exponent: float = 1.0, epsilon: float = 0.1
) -> Range | None:
    """The unit that leads at a social share, and the range of shares in which it goes on leading.

    Where several lead together the first is taken. None where no unit has both healths.
    """
    order = _order(f, g, social, exponent, epsilon)
    if not len(order):
        return None
    low, high = _ahead(_array(f), _array(g), order[:1], order[1:], exponent, epsilon)
    return Range(low, high, (int(order[0]),))


def safe_range(
    f: ArrayLike, g: ArrayLike, social: float, exponent: float = 1.0, epsilon: float = 0.1
) -> tuple[float, float]:
    """The range of social shares in which the present leader stays first; NaN where there is none."""
    found = leader_range(f, g, social, exponent, epsilon)
    return (found.low, found.high) if found else (math.nan, math.nan)


def watch_range(
    f: ArrayLike, g: ArrayLike, social: float, count: int, exponent: float = 1.0, epsilon: float = 0.1
) -> Range | None:
    """The `count` units with the lowest balance, worst first, and the range in which they stay those.

    None where no unit has both healths.
    """
    order = _order(f, g, social, exponent, epsilon)
    if not len(order):
        return None
    front, back = order[: max(len(order) - count, 0)], order[max(len(order) - count, 0) :]
    low, high = _ahead(_array(f), _array(g), front, back, exponent, epsilon)
    return Range(low, high, tuple(int(unit) for unit in back[::-1]))


def _order(f: ArrayLike, g: ArrayLike, social: float, exponent: float, epsilon: float) -> Index:
    """Units with both healths, best balance first; equal ones as they come."""
    known = np.flatnonzero(~np.isnan(_array(f) + _array(g)))
    score = balance(_array(f)[known], _array(g)[known], social, exponent, epsilon)
    return known[np.argsort(-score, kind="stable")]


def _ahead(f: Array, g: Array, front: Index, back: Index, exponent: float, epsilon: float) -> tuple[float, float]:
    """The range in which every unit of the front stays before every unit of the back."""
    one, other = np.repeat(front, len(back)), np.tile(back, len(front))
    apart = (f[one] - f[other]) * (g[one] - g[other]) < 0
    one, other = one[apart], other[apart]
    share = _swap(f, g, one, other, exponent, epsilon)
    # A unit of the front that leads on the social side is ahead from the flip on, otherwise up to it.
    social = g[one] > g[other]
    low = np.max(share[social & ~np.isnan(share)], initial=0.0)
    high = np.min(share[~social & ~np.isnan(share)], initial=100.0)
    return float(low), float(high)


def _discordant(f: Array, g: Array) -> tuple[Index, Index]:
    """Every pair of which one unit leads on f and the other on g, once, the unit that comes first before the other."""
    found = np.flatnonzero((f[:, None] < f) & (g[:, None] > g))
    behind = found // max(len(f), 1)
    ahead = found - behind * len(f)
    return np.minimum(behind, ahead), np.maximum(behind, ahead)


def _swap(f: Array, g: Array, one: Index, other: Index, exponent: float, epsilon: float) -> Array:
    """Share at which two units of each discordant pair swap, as in `flip`; each unit is bent only once."""
    lines = bent(f, g, exponent, epsilon)
    if lines is None:
        return flip(f[one], g[one], f[other], g[other], exponent, epsilon)
    with np.errstate(invalid="ignore", divide="ignore"):
        financial = lines[0][one] - lines[0][other]
        both = financial + (lines[1][other] - lines[1][one])
        share = np.clip(financial / both, 0.0, 1.0)
    return np.where(np.isfinite(both), 100.0 * share, np.nan)


def _rising(share: Array, one: Index, other: Index) -> Index:
    """The order of rising shares, equal ones by their pair: two sortings by 16 bits, then what these leave equal."""
    key = (share * (2**32 / 100.0 * (1 - 1e-9))).astype(np.uint32)
    order = np.argsort(key.astype(np.uint16), kind="stable")
    order = order[np.argsort((key >> 16).astype(np.uint16)[order], kind="stable")]
    rising = key[order]
    same = rising[1:] == rising[:-1]
    loose = np.flatnonzero(np.append(same, False) | np.append(False, same))
    if len(loose):
        here = order[loose]
        order[loose] = here[np.lexsort((other[here], one[here], share[here]))]
    return order


def _bent(sides: list[Array], exponent: float, epsilon: float) -> list[Array]:
    """Powers of some healths, measured from the dominating one of each place so that none overflows."""
    exponent = settled(exponent)
    logs = [log_up(side, epsilon) for side in sides]
    reduce = np.fmin if exponent < 0 else np.fmax
    centre = reduce.reduce(np.stack(logs), axis=0)
    with np.errstate(invalid="ignore"):
        return [bend(log - centre, exponent) for log in logs]


def _array(values: ArrayLike) -> Array:
    return np.atleast_1d(np.asarray(values, dtype=np.float64))
