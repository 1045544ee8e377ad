"""What each leaf adds to a score or to its change."""

import math

import numpy as np
import pytest

from metrics.errors import DefinitionError
from metrics.formula import Array
from metrics.policy import Leaf, Node, Policy
from metrics.score import contributions, score_leaves
from tests.trees import MIN, nan, random_leaves, random_policy, root, scored


def gap(parts: Array, change: Array) -> float:
    """How far parts are from adding up, and whether exactly the known changes have parts."""
    assert np.array_equal(np.isnan(parts.sum(axis=1)), np.isnan(change))
    return float(np.nanmax(np.abs(parts.sum(axis=1) - change), initial=0.0))


@pytest.mark.parametrize("seed", range(100))
def test_contributions_add_up_for_every_formula(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mine = random_policy(rng)
    other = mine.with_theme_weights({node.path: rng.random() + 0.1 for node in mine.nodes if node.path})
    old = score_leaves(random_leaves(rng, 20, mine), mine)
    later = np.where(rng.random(old.z.shape) < 0.5, old.z, random_leaves(rng, 20, mine))
    for new in (score_leaves(later, mine), score_leaves(later, other)):
        assert gap(contributions(new, old), new.node() - old.node()) < 1e-12
        assert gap(contributions(new), new.node()) < 1e-12


def test_contributions_under_arithmetic_means_are_weight_times_score() -> None:
    mine = Policy("t", "t", (Node("a", 3),), (Leaf("a/x", 2), Leaf("a/y", 1), Leaf("b", 1)))
    result = score_leaves([[0.2, 0.8, 0.6]], mine)
    assert contributions(result)[0] == pytest.approx([0.75 * 2 / 3 * 0.2, 0.75 / 3 * 0.8, 0.25 * 0.6])


def test_a_change_under_arithmetic_means_is_weight_times_change() -> None:
    old, new = scored([0.2, 0.8], weights=(3, 1)), scored([0.4, 0.5], weights=(3, 1))
    assert contributions(new, old)[0] == pytest.approx([0.75 * 0.2, -0.25 * 0.3])


def test_a_geometric_change_is_split_by_the_logarithmic_mean() -> None:
    old, new = scored([0.2, 0.8], nodes=(root(0),)), scored([0.4, 0.5], nodes=(root(0),))
    change = new.node()[0] - old.node()[0]
    mean = change / math.log(new.node()[0] / old.node()[0])
    assert contributions(new, old)[0] == pytest.approx([mean / 2 * math.log(2), mean / 2 * math.log(5 / 8)])


def test_a_change_of_the_weakest_link_is_due_to_the_weakest() -> None:
    old, new = scored([0.2, 0.8], nodes=(root(MIN),)), scored([0.6, 0.9], nodes=(root(MIN),))
    assert contributions(new, old)[0] == pytest.approx([0.4, 0])


def test_a_lifted_veto_is_due_to_the_child_that_was_zero() -> None:
    old, new = scored([0.0, 0.4], nodes=(root(0),)), scored([0.5, 0.8], nodes=(root(0),))
    assert contributions(new, old)[0] == pytest.approx([new.node()[0], 0])


def test_leaves_that_move_against_each_other_show_below_a_still_theme() -> None:
    mine = Policy("t", "t", (root(0), Node("a")), (Leaf("a/x"), Leaf("a/y"), Leaf("b")))
    old, new = score_leaves([[0.3, 0.5, 0.4]], mine), score_leaves([[0.5, 0.3, 0.4]], mine)
    parts = contributions(new, old)[0]
    assert parts[0] == pytest.approx(0.05, rel=1e-6)
    assert parts.tolist() == [pytest.approx(parts[0]), pytest.approx(-parts[0]), 0]


def test_a_weak_leaf_that_disappears_lifts_the_score_by_its_own_part() -> None:
    old, new = scored([0.2, 0.8], nodes=(root(),)), scored([nan, 0.8], nodes=(root(),))
    parts = contributions(new, old)[0]
    assert (parts.sum(), parts[0] > 0) == (pytest.approx(0.3), True)


def test_two_different_trees_cannot_be_compared() -> None:
    with pytest.raises(DefinitionError, match="different trees"):
        contributions(scored([0.5, 0.5], nodes=(root(0),)), scored([0.5, 0.5], nodes=(root(1),)))
