"""What the weights mean: how much of one indicator makes up for one point of another, at the values of now."""

import math

import numpy as np

from metrics.formula import Array
from metrics.score import Scores
from metrics.slopes import slopes
from metrics.tree import Leaf


def rates(scores: Scores, values: Array, path: str = "") -> Array:
    """What one unit more of each indicator does to a node (0..1), `(units, leaves)`; NaN where that says nothing.

    That is so outside of the goalposts and at their ends, where a small move does not count, and for what is missing
    or has no weight.

    Args:
        scores: of some units.
        values: `(units, leaves)` of the same units.
        path: the node; the root without one.
    """
    steep = np.array([[_steepness(leaf, value) for leaf, value in zip(scores.policy.leaves, row, strict=True)]
                      for row in values])  # fmt: skip
    found: Array = slopes(scores, path) * steep
    return np.where(found == 0, np.nan, found)


def _steepness(leaf: Leaf, value: float) -> float:
    """Change of a leaf's score by one unit of its value, NaN at and beyond its goalposts and where nothing is known."""
    if math.isnan(value) or (leaf.transform == "log" and value <= 0):
        return math.nan
    posts = leaf.goalposts
    sides = (posts,) if len(posts) == 2 else (posts[:2], (posts[3], posts[2]))
    for worst, best in sides:
        if min(worst, best) < value < max(worst, best):
            if leaf.transform == "log":
                return 1.0 / (value * (math.log(best) - math.log(worst)))
            return 1.0 / (best - worst)
    return math.nan


def worth(rate: float, other: float) -> float:
    """Units of another indicator that make up for one unit of this one; the sign tells whether it falls or rises."""
    return rate / other
