"""95 % intervals of figures from samples, on arrays; NaN in, NaN out."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Z = 1.959963984540054  # 97.5th percentile of the normal distribution


def wilson(share: Floats, n: Floats, z: float = Z) -> tuple[Floats, Floats]:
    """Lower and upper end of the interval of a share by Wilson's score method.

    Args:
        share: observed shares, 0..1.
        n: effective number of answers, (sum of weights)² / sum of squared weights.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 1.0 + z**2 / n
        middle = (share + z**2 / (2 * n)) / scale
        half = z / scale * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # At 0 and 1 rounding may pass the observed share by an ulp, which must stay inside.
    return np.minimum(np.maximum(middle - half, 0.0), share), np.maximum(np.minimum(middle + half, 1.0), share)


def normal(value: Floats, variance: Floats, n: Floats, z: float = Z) -> tuple[Floats, Floats]:
    """Lower and upper end of the interval of a mean, by the normal approximation.

    Args:
        variance: of one answer.
        n: effective number of answers; below 2 there is no interval.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        half = np.where(n >= 2, z * np.sqrt(variance / n), np.nan)
    return value - half, value + half


def interval(value: Floats, n: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """The interval of each value: of a share where no variance is given, of a mean where one is."""
    low, high = wilson(value, n)
    mean_low, mean_high = normal(value, variance, n)
    is_mean = ~np.isnan(variance)
    return np.where(is_mean, mean_low, low), np.where(is_mean, mean_high, high)


def student(freedom: int, z: float = Z) -> float:
    """The quantile of Student's t that goes with a normal quantile; from 6 degrees of freedom right to 3 digits.

    Source: M. Abramowitz and I. Stegun, "Handbook of mathematical functions" (1964), formula 26.7.5.
    """
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + float(sum(term / freedom**power for power, term in enumerate(terms, start=1)))
