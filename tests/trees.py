"""Small trees and scores to test the formula with."""

import math

import numpy as np

from metrics.formula import Array
from metrics.policy import Leaf, Node, Policy
from metrics.score import Scores, score_leaves

nan = math.nan
MIN, MAX = float("-inf"), float("inf")
EXPONENTS = [1.0, 0.0, -1.0, 0.5, 2.0, -3.0, 40.0, -40.0, 1e-9, MIN, MAX]


def scored(*rows: list[float], nodes: tuple[Node, ...] = (), weights: tuple[float, ...] = ()) -> Scores:
    """Scores of rows of leaf scores under one root: leaves a, b, c ..."""
    weights = weights or (1.0,) * len(rows[0])
    leaves = tuple(Leaf(chr(97 + place), weight) for place, weight in enumerate(weights))
    return score_leaves(rows, Policy("t", "t", nodes, leaves))


def root(exponent: float = 1.0, epsilon: float = 0.0, coverage: float = 0.0, dual: bool = False) -> Node:
    return Node("", 1.0, exponent, epsilon, coverage, dual)


def random_policy(rng: np.random.Generator, least: float = 0) -> Policy:
    """Two levels of nodes with mixed exponents, shifts, coverages and duals; leaves of `least` weight."""

    def node(path: str) -> Node:
        epsilon, coverage = rng.choice([0, 0.01, 0.1]), rng.choice([0, 0.5])
        return Node(
            path, rng.random() + 0.01, rng.choice(EXPONENTS), epsilon, coverage, bool(rng.random() < 0.2)
        )

    nodes, leaves = [Node("", 1, rng.choice(EXPONENTS), 0.1, 0.0)], []
    for a in range(rng.integers(1, 4)):
        nodes.append(node(f"n{a}"))
        for b in range(rng.integers(1, 3)):
            nodes.append(node(f"n{a}/m{b}"))
            for c in range(rng.integers(1, 4)):
                leaves.append(Leaf(f"n{a}/m{b}/l{c}", rng.choice([least, 1, 2, rng.random()]), (0, 1)))
    return Policy("t", "t", tuple(nodes), tuple(leaves))


def random_leaves(rng: np.random.Generator, units: int, mine: Policy) -> Array:
    """Leaf scores with gaps, ties and zeros."""
    z = np.round(rng.random((units, len(mine.leaves))), rng.integers(0, 4))
    z[rng.random(z.shape) < 0.2] = nan
    return z
