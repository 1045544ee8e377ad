"""What part of an outcome's variance each choice makes: Sobol's indices by Saltelli's design, with intervals.

The estimators are those of Saltelli et al. 2010 (Computer Physics Communications 181) and Jansen 1999, as COINr
and Saisana, Saltelli and Tarantola 2005 (J. R. Statist. Soc. A 168) use them for composite indicators.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.balance import Index
from metrics.formula import Array
from metrics.sampling import crossed, pair

Model = Callable[[Array], Array]
RESAMPLES = 400
ENDS = (5.0, 95.0)  # per cent of the resamples below the ends of an interval
STILL = 1e-18  # a variance so small is rounding


@dataclass(frozen=True, eq=False)
class Parts:
    """Parts of a variance, one for each choice; NaN throughout where the outcome does not vary.

    Attributes:
        mean: of the outcome.
        variance: of the outcome.
        first: part that goes if this choice alone is settled (first-order index); they add up to 1 at most.
        total: part that is left if all but this choice are settled (total index), with what it does together
            with others; an estimate of either may leave 0..1 by sampling error.
        first_span: `(choices, 2)` ends of the 90 % interval of `first`.
        total_span: the same of `total`.
        runs: how often the model was asked.
    """

    mean: float
    variance: float
    first: Array
    total: Array
    first_span: Array
    total_span: Array
    runs: int


def parts(a: Array, b: Array, ab: Array, rng: np.random.Generator, resamples: int = RESAMPLES) -> Parts:
    """The parts from outcomes of a crossed design.

    Args:
        a: `(count,)` outcomes of the first table of draws.
        b: of the second.
        ab: `(count, choices)` outcomes of the first table with one choice from the second.
        rng: for the intervals, which are those of resampled rows (bootstrap).
        resamples: how many.
    """
    count, mean = len(a), float(np.concatenate([a, b]).mean())
    # Measured from their mean outcomes give the same indices with less sampling error.
    here, there, turned = a - mean, b - mean, ab - mean
    effect = there[:, None] * (turned - here[:, None])
    square = (here[:, None] - turned) ** 2 / 2
    rows = rng.multinomial(count, np.full(count, 1 / count), resamples) / count
    rows = np.vstack([np.full(count, 1 / count), rows])
    both = rows @ np.column_stack([here + there, here**2 + there**2]) / 2
    variance = (both[:, 1] - both[:, 0] ** 2) * 2 * count / (2 * count - 1)
    held = np.where(variance > STILL, variance, np.nan)[:, None]
    first, total = rows @ effect / held, rows @ square / held
    return Parts(
        mean=mean,
        variance=float(variance[0]),
        first=first[0],
        total=total[0],
        first_span=_ends(first[1:]),
        total_span=_ends(total[1:]),
        runs=count * (ab.shape[1] + 2),
    )


def decides(model: Model, groups: Sequence[Index], count: int, seed: int = 0) -> Parts:
    """What part of a model's variance each group of its columns makes.

    Args:
        model: draws `(runs, columns)` on 0..1 in, outcomes `(runs,)` out.
        groups: columns of each choice; together all of them.
        count: draws for each table; the model is run count x (groups + 2) times.
        seed: the same seed gives the same figures.
    """
    rng = np.random.default_rng(seed)
    a, b = pair(rng, count, sum(len(columns) for columns in groups))
    turned = [model(table) for table in crossed(a, b, groups)]
    outcomes = np.column_stack(turned) if turned else np.empty((count, 0))
    return parts(model(a), model(b), outcomes, rng)


def _ends(samples: Array) -> Array:
    """`(choices, 2)`; NaN where a resample knows no variance."""
    if not samples.size:
        return np.empty((samples.shape[1], 2))
    ends: Array = np.percentile(samples, ENDS, axis=0).T
    return ends
