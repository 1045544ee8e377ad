"""Poverty rates from samples of likelihoods: rate, interval, change, and how many households a sample needs.

Source: M. Schreiner, "A Simple Poverty Scorecard for Nicaragua" (2013), sections 6 and 7. `alpha` is the ratio
of a scorecard's standard error to that of direct measurement: 1 where the scorecard's documentation gives none.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from metrics.errors import InputError
from metrics.intervals import Z

Design = Literal["rate", "change", "panel"]
DESIGNS: tuple[Design, ...] = ("rate", "change", "panel")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A poverty rate, 0..1, with the ends of its interval and the effective number of answers."""

    rate: float
    low: float
    high: float
    effective_n: float


def mean_likelihood(likelihoods: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """The poverty rate of a group, 0..1: the weighted mean of its likelihoods, never the likelihood of a mean score.

    Args:
        likelihoods: one for each household, 0..1.
        weights: survey weights give the rate of households; those times household size, the rate of persons.

    Raises:
        InputError: no household, or weights that do not add up to more than 0.
    """
    given = np.asarray(likelihoods, dtype=float)
    share = np.ones_like(given) if weights is None else np.asarray(weights, dtype=float)
    if given.size == 0 or given.shape != share.shape or not share.sum() > 0 or (share < 0).any():
        raise InputError("ppi.no_sample")
    return float((given * share).sum() / share.sum())


def half_width(p: float, n: float, z: float = Z, alpha: float = 1.0, population: float | None = None) -> float:
    """Half of the interval's width of a rate p from n households: z × α × √(p (1 − p) / n) × finite population.

    Args:
        population: number of households that the sample stands for; None takes it to be far larger than n.
    """
    left = 1.0 if population is None else math.sqrt(max(population - n, 0) / max(population - 1, 1))
    return z * alpha * math.sqrt(p * (1 - p) / n) * left


def estimate(
    likelihoods: Sequence[float],
    weights: Sequence[float] | None = None,
    z: float = Z,
    alpha: float = 1.0,
    bias: float = 0.0,
) -> Estimate:
    """The rate of a sample less the scorecard's known bias (as a fraction), with its interval."""
    share = np.ones(len(likelihoods)) if weights is None else np.asarray(weights, dtype=float)
    rate = mean_likelihood(likelihoods, weights) - bias
    effective = float(share.sum() ** 2 / (share**2).sum())
    half = half_width(min(max(rate, 0.0), 1.0), effective, z, alpha)
    return Estimate(rate, max(rate - half, 0.0), min(rate + half, 1.0), effective)


def change(before: Estimate, after: Estimate, z: float = Z, alpha: float = 1.0) -> tuple[float, float, float]:
    """Change of the rate between two independent samples, with the ends of its interval (fractions)."""
    variance = sum(e.rate * (1 - e.rate) / e.effective_n for e in (before, after))
    half = z * alpha * math.sqrt(variance)
    difference = after.rate - before.rate
    return difference, difference - half, difference + half


def net_share(before: float, after: float) -> float:
    """Share of those who were poor that has crossed the line, net of those who fell below it.

    Raises:
        InputError: nobody was poor before.
    """
    if not before > 0:
        raise InputError("ppi.nobody_poor")
    return (before - after) / before


def sample_size(
    c: float,
    p: float,
    design: Design = "rate",
    population: float | None = None,
    z: float = Z,
    alpha: float = 1.0,
    years: float = 3.0,
) -> int:
    """How many households to ask for an interval of ± c around a rate near p.

    Args:
        c: half of the interval wished for, as a fraction (0.02 = 2 percentage points).
        p: the rate expected; 0.5 asks for the most.
        design: `rate`; `change` between two independent samples (each of this size); `panel`, one sample twice.
        population: households in all; corrects a `rate` for asking a large part of them.
        years: between the two rounds of a panel.

    Raises:
        InputError: a wish that no sample can meet.
    """
    if not (0 < c < 1 and 0 < p < 1 and z > 0 and alpha > 0 and years >= 0 and (population is None or population >= 1)):
        raise InputError("ppi.bad_plan")
    unlimited = (alpha * z / c) ** 2 * p * (1 - p)
    if design == "change":
        return _whole(2 * unlimited)
    if design == "panel":
        return _whole(2 * (alpha * z / c) ** 2 * crossing(p, years))
    if population is None:
        return _whole(unlimited)
    # n = N z²α²pq / (z²α²pq + c² (N − 1))
    return _whole(population * unlimited / (unlimited + population - 1))


def crossing(p: float, years: float) -> float:
    """Share of a panel expected to cross the line in a number of years, either way, from a rate p."""
    return max(-0.02 + 0.016 * years + 0.47 * p * (1 - p), 0.001)


def _whole(households: float) -> int:
    # A hair below a whole number is that number: 240.0000001 comes of rounding.
    return max(math.ceil(households - 1e-9), 1)
