"""Goal-seek for several leaves: targets hit and refused, and no grid of choices finds less effort."""

import math
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from metrics.policy import Leaf, Node, Policy
from metrics.score import Scores, score_leaves
from metrics.seeking import seek
from metrics.together import together
from tests.trees import MAX, MIN, nan, random_leaves, random_policy, root, scored

TREES = 20  # the acceptance lines try 300
BENDING = [1.0, 0.0, -1.0, 0.5, -3.0, -40.0, 1e-9, MIN]  # exponents under which a part of a rise adds most at first
GRIDS = {2: 2001, 3: 61}  # values tried of each leaf but the last, which the closed form gives


def with_leaves(scores: Scores, leaves: list[int], z: np.ndarray) -> Scores:
    moved = scores.z.copy()
    moved[:, leaves] = np.where(np.isnan(z), moved[:, leaves], z)
    return score_leaves(moved, scores.policy)


def choice(rng: np.random.Generator, count: int) -> list[int]:
    return [int(leaf) for leaf in rng.choice(count, int(rng.integers(1, min(5, count) + 1)), replace=False)]


def tried(seed: int) -> tuple[int, int]:
    """Targets hit and refused of one random tree; what the leaves reach is asked of the formula itself."""
    rng = np.random.default_rng(seed)
    policy = random_policy(rng)
    scores = score_leaves(random_leaves(rng, 6, policy), policy)
    leaves, target = choice(rng, len(policy.leaves)), float(rng.uniform(0.05, 0.95))
    effort = rng.uniform(0.2, 3, len(leaves))
    found = together(scores, target, leaves, effort.tolist())
    start = np.nan_to_num(scores.z[:, leaves])
    now, most = (with_leaves(scores, leaves, z).node() for z in (start, np.ones_like(start)))
    got, rise = with_leaves(scores, leaves, found.needed).node(), np.nan_to_num(found.needed) - start
    refused = np.isnan(found.effort)
    assert np.isnan(found.needed[refused]).all(), seed
    # A leaf without weight on its way to the root is left missing, so that the root may be as it was.
    moved = ~np.isnan(found.needed).any(axis=1) & ~refused
    assert found.reach[moved] == pytest.approx(most[moved], abs=1e-12)
    assert (most[refused & moved] < target).all()
    assert ((found.reach < target) | np.isnan(found.reach))[refused].all(), seed
    hit = moved & (now < target)
    assert got[hit] == pytest.approx(np.full(hit.sum(), target), abs=1e-9), seed
    assert (found.effort[moved & (now >= target)] == 0).all(), seed
    assert (rise[hit] >= 0).all() and (found.needed[hit] <= 1).all(), seed
    assert found.effort[hit] == pytest.approx(rise[hit] @ effort, abs=1e-12), seed
    return int(hit.sum()), int(refused.sum())


def test_every_target_in_reach_is_hit_and_every_other_refused_on_random_trees() -> None:
    counts = np.array([tried(seed) for seed in range(TREES)]).sum(axis=0)
    assert counts.min() > TREES / 2, counts


def dearer(seed: int) -> float | None:
    """By how much our choice for two or three leaves is dearer than the best of a fine grid; None: nothing to ask."""
    rng = np.random.default_rng(seed)
    policy = random_policy(rng, least=1)
    nodes = [replace(node, dual=False, exponent=float(rng.choice(BENDING))) for node in policy.nodes]
    policy = replace(policy, nodes=tuple(nodes))
    if len(policy.leaves) < 2:
        return None
    count = int(rng.integers(2, min(3, len(policy.leaves)) + 1))
    leaves = [int(leaf) for leaf in rng.choice(len(policy.leaves), count, replace=False)]
    z = random_leaves(rng, 1, policy)
    z[:, leaves] = np.nan_to_num(z[:, leaves])
    low, high = (score_leaves(one, policy).node()[0] for one in (z, with_ones(z, leaves)))
    if not high - low > 1e-3:
        return None
    target, effort = float(low + (high - low) * rng.uniform(0.05, 0.98)), rng.uniform(0.2, 3, count)
    found = together(score_leaves(z, policy), target, leaves, effort.tolist())
    axes = [np.linspace(z[0, leaf], 1, GRIDS[count]) for leaf in leaves[:-1]]
    grid = np.array(np.meshgrid(*axes, indexing="ij")).reshape(count - 1, -1).T
    many = np.repeat(z, len(grid), axis=0)
    many[:, leaves[:-1]] = grid
    last = np.maximum(seek(score_leaves(many, policy), target).needed[:, leaves[-1]], z[0, leaves[-1]])
    cost = (np.column_stack([grid, last]) - z[0, leaves]) @ effort
    return float(found.effort[0] - np.nanmin(cost))


def with_ones(z: np.ndarray, leaves: list[int]) -> np.ndarray:
    moved = z.copy()
    moved[:, leaves] = 1.0
    return moved


def test_no_grid_of_choices_finds_less_effort() -> None:
    gaps = [gap for seed in range(TREES) if (gap := dearer(seed)) is not None]
    assert len(gaps) > TREES / 2 and max(gaps) < 1e-6


def test_by_hand() -> None:
    # The mean of 0.2 and 0.6, weights 3 : 1, must rise from 0.3 to 0.6. A point of a lifts by 0.75 and costs 2, a
    # point of b by 0.25 and costs 1: a goes first, and alone to 0.6. With a at 5 b goes first to its end, for 0.1.
    scores = scored([0.2, 0.6], weights=(3, 1))
    cheap, dear = together(scores, 0.6, [0, 1], [2, 1]), together(scores, 0.6, [0, 1], [5, 1])
    assert cheap.needed[0] == pytest.approx([0.6, 0.6], abs=1e-12) and cheap.effort[0] == pytest.approx(0.8)
    assert dear.needed[0] == pytest.approx([0.2 + 0.2 / 0.75, 1], abs=1e-12)
    assert dear.effort[0] == pytest.approx(5 * 0.2 / 0.75 + 0.4)


def test_under_arithmetic_means_no_other_order_of_the_leaves_is_cheaper() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        policy = Policy("t", "t", (Node("p", 2, coverage=0.0),), (Leaf("p/a", 2), Leaf("p/b", 1), Leaf("c", 1)))
        z, effort = rng.random((1, 3)), rng.uniform(0.5, 2, 3)
        scores, weight = score_leaves(z, policy), np.array([4 / 9, 2 / 9, 1 / 3])
        target = float(z[0] @ weight + rng.random() * (1 - z[0] @ weight))
        costs = []
        for order in permutations(range(3)):
            left, cost = target - float(z[0] @ weight), 0.0
            for leaf in order:
                rise = min(1 - z[0, leaf], max(left, 0) / weight[leaf])
                left, cost = left - rise * weight[leaf], cost + rise * effort[leaf]
            costs.append(cost)
        assert together(scores, target, [0, 1, 2], effort.tolist()).effort[0] == pytest.approx(min(costs), abs=1e-12)


def test_under_a_geometric_mean_equal_leaves_rise_together() -> None:
    found = together(scored([0.2, 0.3, 0.9], nodes=(root(0, 0.1),)), 0.6, [0, 1, 2])
    assert found.needed[0, 0] == pytest.approx(found.needed[0, 1], abs=1e-4) and found.needed[0, 2] == 0.9


def test_the_weakest_links_rise_together() -> None:
    found = together(scored([0.2, 0.3, 0.9], nodes=(root(MIN),)), 0.6, [0, 1, 2])
    assert found.needed[0] == pytest.approx([0.6, 0.6, 0.9]) and found.effort[0] == pytest.approx(0.7)
    beyond = together(scored([0.2, 0.3, 0.4], nodes=(root(MIN),)), 0.6, [0, 1])
    assert np.isnan(beyond.effort[0]) and beyond.reach[0] == pytest.approx(0.4)


def test_one_leaf_alone_needs_what_goal_seek_says() -> None:
    rng = np.random.default_rng(9)
    policy = random_policy(rng, 1)
    scores = score_leaves(rng.uniform(0.1, 0.9, (8, len(policy.leaves))), policy)
    target = float(scores.node().mean())
    for leaf in range(len(policy.leaves)):
        alone, found = seek(scores, target).needed[:, leaf], together(scores, target, [leaf]).needed[:, 0]
        low = scores.node() < target
        assert found[low] == pytest.approx(alone[low], abs=1e-9, nan_ok=True)


def test_a_missing_leaf_starts_at_nothing_and_counts_from_then_on() -> None:
    found = together(scored([0.5, nan], nodes=(root(),)), 0.6, [1], [2.0])
    assert found.needed[0] == pytest.approx([0.7]) and found.effort[0] == pytest.approx(1.4)


def test_a_target_that_is_there_costs_nothing_and_moves_nothing() -> None:
    found = together(scored([0.5, 0.9]), 0.6, [0, 1])
    assert found.needed[0].tolist() == [0.5, 0.9] and found.effort[0] == 0 and found.reach[0] == 1


def test_a_veto_is_lifted_from_both_leaves_at_once() -> None:
    found = together(scored([0.0, 0.0], nodes=(root(0, 0.0),)), 0.1, [0, 1])
    assert found.needed[0] == pytest.approx([0.1, 0.1], abs=1e-4)


def test_a_node_is_led_to_its_target_by_its_own_leaves_and_another_unit_by_none() -> None:
    policy = Policy("t", "t", (Node("a"), Node("b")), (Leaf("a/x"), Leaf("a/y"), Leaf("b/z")))
    scores = score_leaves([[0.2, 0.4, 0.3], [0.8, 0.9, 0.3]], policy)
    found = together(scores, 0.5, [0, 2], path="a")
    assert found.needed.tolist() == [[pytest.approx(0.6), 0.3], [0.8, 0.3]]
    assert found.effort.tolist() == [pytest.approx(0.4), 0]
    nothing = together(scores, 0.5, [2], path="a")
    assert math.isnan(nothing.effort[0]) and nothing.reach[0] == pytest.approx(0.3)


def test_a_leaf_whose_theme_has_not_enough_data_stays_where_it_is() -> None:
    policy = Policy(
        "t", "t", (Node("", coverage=0.0), Node("a", coverage=0.65)), (Leaf("a/x"), Leaf("a/y", 3), Leaf("b"))
    )
    found = together(score_leaves([[0.3, nan, 0.2]], policy), 0.6, [0, 2])
    assert found.needed[0] == pytest.approx([0.3, 0.6]) and found.effort[0] == pytest.approx(0.4)


def test_a_strongest_link_is_lifted_alone() -> None:
    found = together(scored([0.2, 0.5], nodes=(root(MAX),)), 0.8, [0, 1])
    assert found.needed[0] == pytest.approx([0.2, 0.8]) and found.effort[0] == pytest.approx(0.3)
