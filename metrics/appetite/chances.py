"""Chances behind a test: tails of the beta, the binomial and Student's t, in plain Python."""

import math

TINY, CLOSE, MOST = 1e-300, 1e-12, 300


def beta_tail(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), 0..1; a and b above 0.

    Source: continued fraction 26.5.8 of Abramowitz and Stegun, by the method of Lentz.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_tail(1.0 - x, b, a)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return min(1.0, math.exp(front) * _fraction(x, a, b) / a)


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 / _off_zero(1.0 - (a + b) * x / (a + 1.0))
    found = d
    for m in range(1, MOST):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 / _off_zero(1.0 + term * d)
            c = _off_zero(1.0 + term / c)
            found *= c * d
        if abs(c * d - 1.0) < CLOSE:
            break
    return found


def _off_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def binomial_tail(hits: float, trials: float, share: float) -> float:
    """The chance of at least so many hits; counts need not be whole, as where they were divided by a dispersion."""
    if hits <= 0:
        return 1.0
    return beta_tail(share, hits, trials - hits + 1.0)


def student_tail(t: float, df: float) -> float:
    """The chance that Student's t with so many degrees of freedom is at least t."""
    half = 0.5 * beta_tail(df / (df + t * t), df / 2.0, 0.5)
    return half if t >= 0 else 1.0 - half
