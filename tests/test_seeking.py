"""Goal-seek: every target that one leaf can reach is hit, every other is refused with the best reach."""

import math

import numpy as np
import pytest

from metrics import seeking
from metrics.policy import Leaf, Node
from metrics.score import score_leaves
from metrics.seeking import applied, seek, value_at
from tests.trees import random_leaves, random_policy, scored

TREES = 25  # the acceptance lines try 300
nan = math.nan


def tried(seed: int) -> tuple[int, int]:
    """Targets hit and refused of one random tree; what a leaf reaches is asked of the formula itself."""
    rng = np.random.default_rng(seed)
    policy = random_policy(rng)
    z = random_leaves(rng, 6, policy)
    scores, target = score_leaves(z, policy), float(rng.uniform(0.05, 0.95))
    found, hits, refused = seek(scores, target), 0, 0
    for leaf in range(len(policy.leaves)):
        ends = []
        for end in (0.0, 1.0):
            moved = z.copy()
            moved[:, leaf] = end
            ends.append(score_leaves(moved, policy).node())
        got = applied(scores, leaf, found.needed[:, leaf]).node()
        for unit in range(len(z)):
            least, most, need = ends[0][unit], ends[1][unit], found.needed[unit, leaf]
            if math.isnan(need):
                weight = not math.isnan(found.reach[unit, leaf])
                assert math.isnan(most) or not weight or most < target, (seed, leaf, unit)
                assert not weight or found.reach[unit, leaf] == pytest.approx(most, abs=1e-12)
                refused += 1
            elif least > target + 1e-9:
                assert need == pytest.approx(0, abs=1e-9), (seed, leaf, unit)
            else:
                assert got[unit] == pytest.approx(target, abs=1e-9), (seed, leaf, unit, need)
                hits += 1
    return hits, refused


def test_every_target_in_reach_is_hit_and_every_other_refused_on_random_trees() -> None:
    counts = np.array([tried(seed) for seed in range(TREES)]).sum(axis=0)
    assert counts.min() > 100, counts


def test_by_hand() -> None:
    # The mean of 0.2 and 0.6 is 0.4; 0.5 needs 0.4 of the first or 0.8 of the second; 0.9 neither reaches.
    scores = scored([0.2, 0.6])
    assert seek(scores, 0.5).needed[0] == pytest.approx([0.4, 0.8])
    beyond = seek(scores, 0.9)
    assert np.isnan(beyond.needed).all()
    assert beyond.reach[0] == pytest.approx([0.8, 0.6])


@pytest.mark.parametrize("exponent", [1.0, 0.0, -1.0, 0.5])
def test_under_usual_means_the_closed_form_needs_no_halving(exponent: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeking, "HALVINGS", 0)
    z = np.random.default_rng(6).uniform(0.2, 0.8, (20, 4))
    scores = scored(*z.tolist(), nodes=(Node("", exponent=exponent, coverage=0.0),), weights=(1.0, 2.0, 3.0, 4.0))
    found = seek(scores, 0.5)
    for leaf in range(4):
        there = (found.needed[:, leaf] > 0) & (found.needed[:, leaf] < 1)
        assert there.sum() > 3
        assert applied(scores, leaf, found.needed[:, leaf]).node()[there] == pytest.approx(0.5, abs=1e-12)
        # Halving nothing answers 1, which no closed form gives where less is enough.
        assert (found.reach[found.needed[:, leaf] == 1, leaf] <= 0.5 + 1e-9).all()


def test_the_weakest_link_is_lifted_only_as_far_as_the_next_one() -> None:
    scores = scored([0.2, 0.6], nodes=(Node("", exponent=float("-inf"), coverage=0.0),))
    found = seek(scores, 0.5)
    assert found.needed[0, 0] == pytest.approx(0.5) and math.isnan(found.needed[0, 1])
    assert found.reach[0].tolist() == [0.6, 0.2]


def test_a_missing_leaf_counts_from_then_on() -> None:
    found = seek(scored([0.5, nan], nodes=(Node("", coverage=0.0),)), 0.6)
    assert found.needed[0] == pytest.approx([0.6, 0.7])


def test_a_leaf_outside_the_node_reaches_nothing() -> None:
    policy = random_policy(np.random.default_rng(4))
    scores = score_leaves(np.full((1, len(policy.leaves)), 0.5), policy)
    path = policy.nodes[1].path
    inside = [leaf.path.startswith(path + "/") for leaf in policy.leaves]
    assert all(
        math.isnan(one) for one, under in zip(seek(scores, 0.6, path).reach[0], inside, strict=True) if not under
    )


@pytest.mark.parametrize(
    ("leaf", "z", "value"),
    [
        (Leaf("a", goalposts=(20.0, 5.0)), 0.5, 12.5),
        (Leaf("a", goalposts=(1.0, 100.0), transform="log"), 0.5, 10.0),
        (Leaf("a", goalposts=(0.0, 10.0, 20.0, 40.0)), 0.5, 5.0),
    ],
)
def test_a_score_is_led_back_to_its_value(leaf: Leaf, z: float, value: float) -> None:
    assert value_at(leaf, z) == pytest.approx(value)
