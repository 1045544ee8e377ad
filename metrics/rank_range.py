"""The ranks that each unit can have over a range of weights and between the bounds of what is not known, exact."""

import numpy as np
from numpy.typing import ArrayLike

from metrics.balance import balance, flip
from metrics.formula import Array


def rank_range(
    f: tuple[ArrayLike, ArrayLike],
    g: tuple[ArrayLike, ArrayLike],
    low: float = 0.0,
    high: float = 100.0,
    exponent: float = 1.0,
    epsilon: float = 0.1,
) -> tuple[Array, Array]:
    """The best and the worst rank of each unit at any social share of a range, `(units,)` each.

    At one share the ranks between bounds are those of `robust.rank_bounds`: another unit is surely ahead where
    its least balance is above one's greatest. Balances of two units turn at most once (`balance.flip`), so the
    count of those ahead changes only there. Equal balances share the better rank.

    Args:
        f: least and greatest financial healths, `(units,)` each, 0..1; equal where all is known; NaN has no rank.
        g: the same, social.
        low: least social share of the range, 0..100.
        high: greatest; `low` itself for one share.
        exponent: of the root.
        epsilon: of the root.
    """
    (f_low, g_low), (f_high, g_high) = (_seen(f[end], g[end], exponent, epsilon) for end in (0, 1))
    known = ~np.isnan(f_low + g_low + f_high + g_high)
    least, most = (f_low[known], g_low[known]), (f_high[known], g_high[known])
    surely, _ = _ahead(least, most, low, high, exponent, epsilon)
    _, perhaps = _ahead(most, least, low, high, exponent, epsilon)
    best, worst = np.full(len(known), np.nan), np.full(len(known), np.nan)
    best[known], worst[known] = 1.0 + surely, 1.0 + perhaps
    return best, worst


def _ahead(
    theirs: tuple[Array, Array], mine: tuple[Array, Array], low: float, high: float, exponent: float, epsilon: float
) -> tuple[Array, Array]:
    """The least and the greatest number of others whose balance is above one's own within the range.

    Args:
        theirs: financial and social healths of the others, `(units,)` each.
        mine: of each unit itself.
    """
    (f_other, g_other), (f, g) = theirs, mine
    turn = flip(f[:, None], g[:, None], f_other[None], g_other[None], exponent, epsilon)
    by_f, by_g = f_other[None] - f[:, None], g_other[None] - g[:, None]
    # Above just over a share of 0: on the financial side, or level there and above on the social one.
    start = (by_f > 0) | ((by_f == 0) & (by_g > 0))
    np.fill_diagonal(start, False)
    np.fill_diagonal(turn, np.nan)
    inside = (turn > low) & (turn < high)
    begun = np.where(turn <= low, ~start, start)
    count = begun.sum(axis=1)
    step = np.where(inside, np.where(begun, -1, 1), 0)
    # Where several turn at one share they are level there: who falls back goes first, who comes ahead after.
    order = np.lexsort((step, np.where(inside, turn, np.inf)), axis=1)
    path = count[:, None] + np.cumsum(np.take_along_axis(step, order, axis=1), axis=1)
    return np.minimum(count, path.min(axis=1, initial=len(f))), np.maximum(count, path.max(axis=1, initial=0))


def _seen(f: ArrayLike, g: ArrayLike, exponent: float, epsilon: float) -> tuple[Array, Array]:
    """Healths as the order sees them: with a weakest link or a veto the weight has no say, one figure is left."""
    financial, social = (np.atleast_1d(np.asarray(side, dtype=np.float64)) for side in (f, g))
    middle = balance(financial, social, 50.0, exponent, epsilon)
    still = np.isinf(exponent) | (middle == 0)
    return np.where(still, middle, financial), np.where(still, middle, social)
