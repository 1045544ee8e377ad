"""How sure an order is: what survey error and missing data leave open, and what the weight alone decides.

Arrays in, arrays out; healths 0..1 with NaN for not known, social shares 0..100, as in `balance`. Of two units at a
share the order is *too close to call* where their intervals overlap and one of them is wider than a rounding; else
*decided by the weight* where they swap at some share; else *settled*. The live component does the same in the browser.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from metrics.balance import balance, flip
from metrics.formula import Array, displayed, log_up, settled

SETTLED, DECIDED, CLOSE = 0, 1, 2
TIE = 1e-9  # two balances nearer than this are equal: rounding, not order

Flags = NDArray[np.bool_]
Classes = NDArray[np.int8]


@dataclass(frozen=True)
class Watch:
    """What can be said of the watch list at a share.

    Attributes:
        units: on it, worst first.
        decided: how many of them leave it at some share through swaps with units from which they are not too close.
        close: pairs of a unit on it and one off it that are too close to call.
        tied: the last unit on it and the first off it where both show the same balance, else None.
    """

    units: tuple[int, ...]
    decided: int
    close: int
    tied: tuple[int, int] | None


def shown_limit(limit: float, decimals: int = 0) -> float:
    """The least health (0..1) that is displayed as a limit (0..100) or more: colours go by what is displayed."""
    return (limit - 0.5 / 10.0**decimals) / 100.0


def rates(
    f: ArrayLike, g: ArrayLike, social: float, exponent: float = 1.0, epsilon: float = 0.1
) -> tuple[Array, Array]:
    """Derivatives of a balance by its financial and its social health at a share, `(units,)` each; 0 without one.

    dS/dv = weight x (up(v) / up(S))^(p - 1); a weakest or strongest link follows the side that is it.
    """
    sides = np.column_stack([np.asarray(side, dtype=np.float64) for side in (f, g)])
    weights = np.array([100.0 - social, social])
    whole = balance(f, g, social, exponent, epsilon)[:, None]
    counts = (weights > 0) & ~np.isnan(sides) & ~np.isnan(whole)
    if np.isinf(exponent):
        counts &= sides == whole
    shares = np.where(counts, weights, 0.0)
    total = shares.sum(axis=1, keepdims=True)
    shares = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    if exponent != 1 and not np.isinf(exponent):
        with np.errstate(invalid="ignore", over="ignore"):
            lift = np.exp((settled(exponent) - 1.0) * (log_up(sides, epsilon) - log_up(whole, epsilon)))
        shares = shares * np.where(counts & np.isfinite(lift), lift, 0.0)
    return shares[:, 0], shares[:, 1]


def intervals(
    social: float,
    healths: tuple[ArrayLike, ArrayLike],
    worst: tuple[ArrayLike, ArrayLike],
    best: tuple[ArrayLike, ArrayLike],
    down: tuple[ArrayLike, ArrayLike],
    up: tuple[ArrayLike, ArrayLike],
    exponent: float = 1.0,
    epsilon: float = 0.1,
) -> tuple[Array, Array]:
    """What missing data and survey error leave of each balance at a share, `(units,)` lower and upper ends, 0..1.

    [all that is missing worst, all that is missing best], widened at each end by the root of the sum of squares of
    (rate of a pillar x half-width of that pillar). NaN where a unit has no balance.

    Args:
        social: the share.
        healths: financial and social health, `(units,)` each; so are the others.
        worst: with all that is missing at 0.
        best: with all that is missing at 1.
        down: half-widths at 95 % towards the worse (`survey_error.halves`).
        up: towards the better.
        exponent: of the root.
        epsilon: of the root.
    """
    value = balance(*healths, social, exponent, epsilon)
    by = rates(*healths, social, exponent, epsilon)
    low, high = (balance(*ends, social, exponent, epsilon) for ends in (worst, best))
    below, above = (np.sqrt(sum((rate * np.nan_to_num(np.asarray(way, dtype=np.float64))) ** 2
                                for rate, way in zip(by, ways, strict=True))) for ways in (down, up))  # fmt: skip
    known = ~np.isnan(value)
    return (
        np.where(known, np.clip(np.fmin(low, value) - below, 0.0, 1.0), np.nan),
        np.where(known, np.clip(np.fmax(high, value) + above, 0.0, 1.0), np.nan),
    )


def overlaps(low: ArrayLike, high: ArrayLike) -> Flags:
    """Which pairs of units are too close to call, `(units, units)`; a unit is not compared with itself."""
    least, most = (np.asarray(side, dtype=np.float64) for side in (low, high))
    wide = most - least > TIE
    meet = (least[:, None] <= most) & (least <= most[:, None]) & (wide[:, None] | wide)
    np.fill_diagonal(meet, False)
    return meet


def classes(
    f: ArrayLike, g: ArrayLike, low: ArrayLike, high: ArrayLike, exponent: float = 1.0, epsilon: float = 0.1
) -> Classes:
    """SETTLED, DECIDED or CLOSE for each pair of units, `(units, units)`; -1 where one has no interval, and for itself.

    Args:
        f: `(units,)` financial healths.
        g: `(units,)` social healths.
        low: `(units,)` lower ends of the balances at the share, from `intervals`.
        high: upper ends.
        exponent: of the root.
        epsilon: of the root.
    """
    found = np.where(~np.isnan(_flips(f, g, exponent, epsilon)), DECIDED, SETTLED).astype(np.int8)
    found[overlaps(low, high)] = CLOSE
    unknown = np.isnan(np.asarray(low, dtype=np.float64))
    found[unknown | unknown[:, None]] = -1
    np.fill_diagonal(found, -1)
    return found


def watch(
    f: ArrayLike,
    g: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    social: float,
    count: int,
    exponent: float = 1.0,
    epsilon: float = 0.1,
    decimals: int = 0,
) -> Watch:
    """What the weight decides of the `count` units with the lowest balance at a share; see `classes` and `Watch`."""
    financial, other = (np.asarray(side, dtype=np.float64) for side in (f, g))
    value = balance(financial, other, social, exponent, epsilon)
    known = np.flatnonzero(~np.isnan(financial + other))
    order = known[np.lexsort((known, other[known], financial[known], value[known]))]
    close = overlaps(low, high)
    swaps = np.where(close, np.nan, _flips(financial, other, exponent, epsilon))
    at = {int(unit): place for place, unit in enumerate(order)}
    start = financial if not np.isinf(exponent) else balance(financial, other, 50.0, exponent, epsilon)
    first = {int(unit): place for place, unit in enumerate(known[np.lexsort((known, other[known], start[known]))])}
    on, off = order[:count], order[count:]
    decided = sum(_leaves(int(unit), at, first, close[unit], swaps[unit], other, count) for unit in on)
    tied = None
    if len(on) and len(off):
        pair = int(on[-1]), int(off[0])
        shown = displayed(100.0 * value[list(pair)], decimals)
        tied = pair if shown[0] == shown[1] else None
    return Watch(tuple(int(unit) for unit in on), decided, int(close[np.ix_(on, off)].sum()), tied)


def _leaves(
    unit: int, at: dict[int, int], first: dict[int, int], close: Flags, swaps: Array, social: Array, count: int
) -> bool:
    """Whether as many units as there are places stand below one at some share; those too close stay where they are."""
    others = [other for other in at if other != unit]
    under = sum(at[other] < at[unit] if close[other] else first[other] < first[unit] for other in others)
    if under >= count:
        return True
    events = sorted((float(swaps[other]), 1 if social[unit] > social[other] else -1)
                    for other in others if not np.isnan(swaps[other]))  # fmt: skip
    for place, (share, step) in enumerate(events):
        under += step
        same = place + 1 < len(events) and events[place + 1][0] <= share + TIE
        if not same and under >= count:
            return True
    return False


def _flips(f: ArrayLike, g: ArrayLike, exponent: float, epsilon: float) -> Array:
    """The share at which each pair swaps, `(units, units)`; NaN where it never does."""
    one, other = (np.asarray(side, dtype=np.float64) for side in (f, g))
    return flip(one[:, None], other[:, None], one, other, exponent, epsilon)
