"""The slope of a score by each leaf equals what a small step of that leaf does."""

import math

import numpy as np
import pytest

from metrics.policy import Leaf, Node, Policy
from metrics.score import score_leaves
from metrics.slopes import slopes
from tests.trees import scored

STEP = 1e-6


@pytest.mark.parametrize("exponent", [1.0, 0.0, -1.0, 0.5, 2.0, -3.0])
@pytest.mark.parametrize("dual", [False, True])
def test_slope_is_the_limit_of_small_steps(exponent: float, dual: bool) -> None:
    rng = np.random.default_rng(7)
    nodes = (Node("", 1, exponent, 0.1, 0.0), Node("a", 2, -exponent, 0.1, 0.0, dual), Node("b", 1, exponent, 0.2, 0.0))
    leaves = (Leaf("a/x", 1), Leaf("a/y", 3), Leaf("b/u", 2), Leaf("b/v", 0), Leaf("b/t", 1))
    policy, z = Policy("t", "t", nodes, leaves), rng.uniform(0.1, 0.9, (5, 5))
    z[2, 4] = math.nan
    found = slopes(score_leaves(z, policy))
    for leaf in range(5):
        ends = []
        for sign in (-1, 1):
            moved = z.copy()
            moved[:, leaf] += sign * STEP
            ends.append(score_leaves(moved, policy).node())
        expected = np.where(np.isnan(z[:, leaf]), 0.0, (ends[1] - ends[0]) / (2 * STEP))
        assert found[:, leaf] == pytest.approx(expected, abs=1e-6)


def test_the_weakest_link_alone_moves_its_node_and_a_node_without_a_score_has_no_slope() -> None:
    weakest = Node("", 1.0, -math.inf, 0.0, 0.0)
    assert slopes(scored([0.2, 0.5, 0.2], nodes=(weakest,), weights=(1, 1, 3)))[0] == pytest.approx([0.25, 0, 0.75])
    assert np.isnan(slopes(scored([math.nan, math.nan]))).all()


def test_a_node_below_the_root_moves_with_its_own_leaves_only() -> None:
    leaves = (Leaf("a/x", 1), Leaf("a/y", 3), Leaf("b/u", 1))
    scores = score_leaves([[0.1, 0.2, 0.3]], Policy("t", "t", (Node("a", 1, 1.0, 0.1, 0.0),), leaves))
    assert slopes(scores, "a")[0] == pytest.approx([0.25, 0.75, 0])
    assert slopes(scores)[0] == pytest.approx([0.125, 0.375, 0.5])
