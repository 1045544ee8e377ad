"""The error of figures from samples, carried from the leaves to nodes and ranks.

The errors of two indicators are taken as independent, and a node as straight between the ends of each interval: a
linearisation by the node's slopes (propagation of error, ISO/IEC Guide 98-3). A weakest link is not straight where
two children are nearly equal: there the interval of the one that is the weakest now is carried alone.
"""

import datetime
from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.formula import Array, normalise
from metrics.policy import Leaf, Policy
from metrics.robust import rank_bounds
from metrics.score import Scores, score_leaves
from metrics.slopes import slopes

LEAST = np.nextafter(0.0, 1.0)  # under a logarithm, the end of an interval that reaches 0 or less


def halves(scores: Scores, low: Array, high: Array, path: str = "") -> tuple[Array, Array]:
    """How far the survey error of its leaves takes a node down and up at 95 %, `(units,)` each, on 0..1.

    Down is the root of the sum of (slope of the leaf x (its score - its score at the lower end)) squared; up likewise.

    Args:
        scores: of some units.
        low: `(units, leaves)` score 0..1 of each leaf at the worse end of its 95 % interval; NaN: no survey error.
        high: the same at the better end.
        path: the node; the root without a path.

    Returns:
        Down and up; 0 where no leaf below the node has a survey error, NaN where the node has no score.

    Raises:
        DefinitionError: no such node.
    """
    rates = slopes(scores, path)
    ways = (scores.z - np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64) - scores.z)
    down, up = (np.sqrt((np.where(np.isnan(way), 0.0, rates * way) ** 2).sum(axis=1)) for way in ways)
    known = ~np.isnan(scores.node(path))
    return np.where(known, down, np.nan), np.where(known, up, np.nan)


def spans(scores: Scores, low: Array, high: Array, path: str = "") -> tuple[Array, Array]:
    """Least and greatest score of a node with missing data and survey error together, `(units,)` each, on 0..1.

    The exact interval [all that is missing worst, all that is missing best], made longer at each end by the survey
    error as it is there or as it is now, whichever is greater. Every unit has one, also where the node has no score.

    Args:
        scores: of some units.
        low: `(units, leaves)` as in `halves`.
        high: the same.
        path: the node.

    Raises:
        DefinitionError: no such node.
    """
    place = scores.place(path)
    ends = (score_leaves(np.where(np.isnan(scores.z), end, scores.z), scores.policy) for end in (0.0, 1.0))
    now, worst, best = (halves(state, low, high, path) for state in (scores, *ends))
    down, up = (np.nan_to_num(np.fmax(here, there)) for here, there in ((now[0], worst[0]), (now[1], best[1])))
    return np.clip(scores.low[:, place] - down, 0.0, 1.0), np.clip(scores.high[:, place] + up, 0.0, 1.0)


def rank_spans(scores: Scores, low: Array, high: Array, path: str = "") -> tuple[Array, Array]:
    """Best and worst rank of each unit with missing data and survey error together, `(units,)` each.

    NaN where the node has no score: it takes no rank. Arguments and errors as in `spans`.
    """
    known = ~np.isnan(scores.node(path))
    least, most = (np.where(known, side, np.nan) for side in spans(scores, low, high, path))
    return rank_bounds(least, most)


def leaf_ends(frame: pd.DataFrame, rows: Sequence[tuple[datetime.date, str]], scores: Scores) -> tuple[Array, Array]:
    """Scores of the leaves at the worse and the better end of their 95 % intervals, `(units, leaves)` each.

    Args:
        frame: as `values.values` gives it: period, unit, indicator, and `low` and `high` of figures from samples.
        rows: the (period, unit) of each row of the scores.
        scores: of those values.

    Returns:
        NaN where a figure is not from a sample, or has no score.
    """
    wanted = [leaf.indicator for leaf in scores.policy.leaves]
    index = pd.MultiIndex.from_tuples(rows, names=["period", "unit"])
    low, high = (
        frame.pivot(index=["period", "unit"], columns="indicator", values=side).reindex(index=index, columns=wanted)
        for side in ("low", "high")
    )
    least, most = score_ends(low.to_numpy(dtype=float), high.to_numpy(dtype=float), scores.policy)
    # The value itself lies in its interval; rounding must not put its score outside.
    return np.where(np.isnan(scores.z), np.nan, np.minimum(least, scores.z)), np.where(
        np.isnan(scores.z), np.nan, np.maximum(most, scores.z)
    )


def score_ends(low: Array, high: Array, policy: Policy) -> tuple[Array, Array]:
    """The least and the greatest score that each leaf has between two values, `(units, leaves)` each, on 0..1.

    Where lower is better the higher value gives the least score; in a band the best may lie between the two.

    Args:
        low: `(units, leaves)` lower values; NaN: not from a sample.
        high: the same, higher.
        policy: with goalposts for every leaf.
    """
    least, most = np.full(np.shape(low), np.nan), np.full(np.shape(low), np.nan)
    for column, leaf in enumerate(policy.leaves):
        seen = np.array([_scored(at, leaf) for at in _met(low[:, column], high[:, column], leaf)])
        least[:, column], most[:, column] = seen.min(axis=0), seen.max(axis=0)
    return least, most


def _met(low: Array, high: Array, leaf: Leaf) -> list[Array]:
    """Both ends of each interval; of a band also the value in between that comes nearest to its best."""
    return [low, high, np.clip(leaf.goalposts[1], low, high)] if len(leaf.goalposts) == 4 else [low, high]


def _scored(values: Array, leaf: Leaf) -> Array:
    held = np.maximum(values, LEAST) if leaf.transform == "log" else values
    return normalise(held, leaf.goalposts, leaf.transform)
