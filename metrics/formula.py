"""The one formula of all scores: goalposts, then power means. Arrays in, arrays out."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from metrics.errors import DefinitionError

Array = NDArray[np.float64]


def goalpost_fault(goalposts: Sequence[float], transform: str) -> str:
    """The key of what is wrong with goalposts, or an empty text."""
    if len(goalposts) not in (2, 4) or not all(math.isfinite(post) for post in goalposts):
        return "policy.goalposts_count"
    if transform == "log" and min(goalposts) <= 0:
        return "policy.goalposts_log"
    if len(goalposts) == 4:
        worst, best, last, end = goalposts
        return "" if worst < best <= last < end else "policy.goalposts_band"
    return "policy.goalposts_equal" if goalposts[0] == goalposts[1] else ""


def normalise(values: ArrayLike, goalposts: Sequence[float], transform: str = "linear") -> Array:
    """Values put on 0..1 between their goalposts, clamped; 1 is best.

    Args:
        values: any shape; NaN is missing and stays missing, infinity is clamped.
        goalposts: worst, best (worst > best: lower is better), or four rising values of a band (worst,
            best, best, worst), whose score is the lower of a rising and a falling goalpost.
        transform: `linear` or `log`; the logarithm of a value of 0 or less is missing.

    Raises:
        DefinitionError: goalposts that are equal, not 2 or 4, not rising, or not above 0 for `log`.
    """
    fault = goalpost_fault(goalposts, transform)
    if fault:
        raise DefinitionError(fault, file="normalise", key="goalposts", value=list(goalposts))
    x = np.asarray(values, dtype=np.float64)
    posts = np.asarray(goalposts, dtype=np.float64)
    if transform == "log":
        x, posts = np.log(np.where(x > 0, x, np.nan)), np.log(posts)
    z: Array = np.clip((x - posts[0]) / (posts[1] - posts[0]), 0.0, 1.0)
    if len(posts) == 4:
        z = np.minimum(z, np.clip((x - posts[3]) / (posts[2] - posts[3]), 0.0, 1.0))
    return z


def log_up(values: Array, epsilon: float) -> Array:
    """Logarithm of the shifted score: ln(epsilon + (1 - epsilon) y); -inf for 0 without a shift."""
    with np.errstate(divide="ignore"):
        lifted: Array = np.log(epsilon + (1.0 - epsilon) * values)
    return lifted


def settled(exponent: float) -> float:
    """The exponent to reckon with: exactly 0 where it is so near that a quotient by it would overflow."""
    return 0.0 if abs(exponent) < 1e-12 else exponent


def bend(logs: Array, exponent: float) -> Array:
    """The power of a mean on logarithms: (u^p - 1) / p, for p = 0 ln u.

    It rises with u for every exponent, is continuous in p, and keeps its precision for p near 0.
    """
    return logs if exponent == 0 else np.expm1(exponent * logs) / exponent


def power_mean(values: Array, weights: Array, exponent: float = 1.0, epsilon: float = 0.0, dual: bool = False) -> Array:
    """Weighted power mean of the scores of each row, over those present.

    up(y) = epsilon + (1 - epsilon) y; the mean of up(y)^p is taken and led back. Without a shift and with
    p <= 0 one zero gives 0.

    Args:
        values: `(rows, children)` scores 0..1; NaN is missing.
        weights: `(children,)`, not negative; a child without weight is left out.
        exponent: any number; -inf the least, inf the greatest.
        epsilon: 0 <= epsilon < 1.
        dual: the mean runs on 1 - y.

    Returns:
        `(rows,)` scores 0..1; NaN where nothing with weight is present.
    """
    if dual:
        return 1.0 - power_mean(1.0 - values, weights, exponent, epsilon)
    exponent = settled(exponent)
    x = values[:, weights > 0]
    if x.shape[1] == 0:
        return np.full(len(x), np.nan)
    least: Array = np.fmin.reduce(x, axis=1)
    most: Array = np.fmax.reduce(x, axis=1)
    if math.isinf(exponent):
        return least if exponent < 0 else most
    missing = np.isnan(x)
    shares = np.where(missing, 0.0, weights[weights > 0])
    with np.errstate(invalid="ignore"):
        shares = shares / shares.sum(axis=1, keepdims=True)
    if exponent == 1:
        mean = (shares * np.where(missing, 0.0, x)).sum(axis=1)
    else:
        mean = _bent_mean(x, shares, exponent, epsilon)
    # Rounding must not lift a mean over its greatest child, so that scores never leave 0..1.
    held: Array = np.minimum(np.maximum(mean, least), most)
    return held


def _bent_mean(x: Array, shares: Array, exponent: float, epsilon: float) -> Array:
    logs = log_up(x, epsilon)
    # Measured from the child that dominates, no power overflows whatever the exponent.
    reduce = np.fmin if exponent < 0 else np.fmax
    centre = reduce.reduce(logs, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        offset = logs - centre[:, None]
        bent = bend(np.where(np.isnan(offset), 0.0, offset), exponent)
        total = (shares * bent).sum(axis=1)
        rise = total if exponent == 0 else np.log1p(exponent * total) / exponent
        back: Array = (np.exp(centre + rise) - epsilon) / (1.0 - epsilon)
    return back


def displayed(values: ArrayLike, decimals: int) -> Array:
    """Values rounded half up as they are shown, with a tolerance of 1e-9 of the last place.

    Plain rounding turns 0.145 held as 0.14499999999999999 down; a published table has it up.
    """
    scale = 10.0**decimals
    shown: Array = np.floor(np.asarray(values, dtype=np.float64) * scale + 0.5 + 1e-9) / scale
    return shown
