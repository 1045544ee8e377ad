"""Exact acceptability beside 20,000 draws of the weight."""

import math

import numpy as np

from metrics.balance import balance
from metrics.robust import acceptability

LINE = "Exact acceptability against 20,000 draws of the social share: within sampling error"
DRAWS, UNITS, LOW, HIGH = 20_000, 20, 40.0, 60.0
EXPONENTS = (1.0, 0.0, -1.0, 0.5)


def run() -> dict[str, object]:
    """Compares the part of the range at each rank, unit by unit, for four exponents."""
    rng = np.random.default_rng(2026)
    greatest = 0.0
    for exponent in EXPONENTS:
        f, g = rng.random((2, UNITS))
        drawn = np.zeros((UNITS, UNITS))
        for share in rng.uniform(LOW, HIGH, DRAWS):
            drawn[np.argsort(-balance(f, g, share, exponent)), np.arange(UNITS)] += 1 / DRAWS
        greatest = max(greatest, float(np.abs(acceptability(f, g, LOW, HIGH, exponent) - drawn).max()))
    error = math.sqrt(0.25 / DRAWS)
    assert greatest < 5 * error, greatest
    return {
        "draws": DRAWS, "units": UNITS, "exponents": len(EXPONENTS), "greatest difference": f"{greatest:.4f}",
        "standard error of a draw, at most": f"{error:.4f}",
    }  # fmt: skip
