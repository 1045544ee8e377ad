"""A change between two dates and two policies: data, weights and goalposts add up to it, each by its own meaning."""

from dataclasses import replace

import numpy as np
import pytest

from metrics.errors import DefinitionError
from metrics.formula import Array
from metrics.parted import Parts, parted
from metrics.policy import Leaf, Node, Policy
from metrics.score import contributions, score
from tests.trees import EXPONENTS, nan, random_leaves, random_policy

TREES = 60  # the acceptance lines try 300
CAUSES = ("data", "weights", "goalposts")


def other(rng: np.random.Generator, policy: Policy) -> Policy:
    """The same leaves with other goalposts, weights and, in some trees, formulas; in another order."""
    nodes = [replace(node, weight=rng.random() + 0.1) if node.path else node for node in policy.nodes]
    if rng.random() < 0.3:
        nodes = [replace(node, exponent=rng.choice(EXPONENTS), dual=bool(rng.random() < 0.2)) for node in nodes]
    leaves = [replace(leaf, weight=rng.random(), goalposts=posts(rng)) for leaf in policy.leaves]
    return replace(policy, nodes=tuple(nodes), leaves=tuple(leaves[place] for place in rng.permutation(len(leaves))))


def posts(rng: np.random.Generator) -> tuple[float, ...]:
    """Rising, falling or of a band, about 0 and 1."""
    worst, best = rng.uniform(-0.2, 0.2), rng.uniform(0.8, 1.2)
    return [(worst, best), (best, worst), (worst, 0.4, 0.6, best)][rng.integers(3)]


def ordered(policy: Policy, like: Policy, values: Array) -> Array:
    """Values of one policy's leaves in the order of another's."""
    places = [leaf.path for leaf in policy.leaves]
    return values[:, [places.index(leaf.path) for leaf in like.leaves]]


def tried(seed: int) -> tuple[int, float]:
    """Changes known in one random tree, and how far contributions and the split are from adding up at most."""
    rng = np.random.default_rng(seed)
    before = random_policy(rng)
    after = other(rng, before)
    old = random_leaves(rng, 10, before)
    new = np.where(rng.random(old.shape) < 0.4, ordered(before, after, old), random_leaves(rng, 10, after))
    ends = score(old, before), score(new, after)
    change = ends[1].node() - ends[0].node()
    parts = parted(before, after, old, new)
    sums = [sum(getattr(parts, cause) for cause in CAUSES).sum(axis=1) - change]
    sums += [contributions(end).sum(axis=1) - end.node() for end in ends]
    later = score(ordered(after, before, new), before)
    sums.append(contributions(later, ends[0]).sum(axis=1) - (later.node() - ends[0].node()))
    asked = [change, ends[0].node(), ends[1].node(), later.node() - ends[0].node()]
    for found, known in zip(sums, asked, strict=True):
        assert np.array_equal(np.isnan(found), np.isnan(known)), seed
    return int(np.isfinite(change).sum()), max(float(np.nanmax(np.abs(found), initial=0.0)) for found in sums)


def test_all_parts_add_up_to_the_change_on_random_trees() -> None:
    counts, gaps = zip(*[tried(seed) for seed in range(TREES)], strict=True)
    assert sum(counts) > 5 * TREES and max(gaps) < 1e-12


def total(parts: Parts) -> dict[str, float]:
    """Each cause's part of the first unit's change, in points of 100."""
    return {cause: round(float(100 * getattr(parts, cause)[0].sum()), 9) for cause in CAUSES}


def plain(weights: tuple[float, float] = (1, 1), posts: tuple[float, float] = (0, 1), coverage: float = 0.0) -> Policy:
    leaves = (Leaf("a", weights[0], posts), Leaf("b", weights[1], (0, 1)))
    return Policy("t", "t", (Node("", coverage=coverage),), leaves)


@pytest.mark.parametrize("cause", CAUSES)
def test_where_one_thing_changes_all_is_due_to_it(cause: str) -> None:
    after = {"data": plain(), "weights": plain((3, 1)), "goalposts": plain(posts=(0, 2))}[cause]
    old = [[0.2, 0.8]]
    new = [[0.4, 0.7]] if cause == "data" else old
    found = parted(plain(), after, old, new)
    change = 100 * (score(new, after).node()[0] - score(old, plain()).node()[0])
    assert total(found) == pytest.approx(dict.fromkeys(CAUSES, 0.0) | {cause: change})


def test_goalposts_are_judged_on_the_old_values_under_the_old_weights() -> None:
    found = parted(plain(), plain((3, 1), (0, 2)), [[0.4, 0.6]], [[1.0, 0.5]])
    assert found.goalposts[0] == pytest.approx([0.5 * (0.2 - 0.4), 0])


def test_data_and_weights_share_what_they_do_together() -> None:
    # From 0.5 a + 0.5 b to 0.75 a + 0.25 b while a rises by 0.4: 20 points before, 30 after the weights moved.
    found = parted(plain(), plain((3, 1)), [[0.2, 0.8]], [[0.6, 0.8]])
    assert total(found) == pytest.approx({"data": 25, "weights": -10, "goalposts": 0})
    assert found.data[0] == pytest.approx([0.25, 0])


def test_turning_the_time_round_turns_data_and_weights_round() -> None:
    rng = np.random.default_rng(3)
    before = random_policy(rng, 1)
    weights = {node.path: rng.random() + 0.1 for node in before.nodes if node.path}
    after = before.with_theme_weights(weights)
    old, new = rng.random((2, 8, len(before.leaves)))
    there, back = parted(before, after, old, new), parted(after, before, new, old)
    for cause in CAUSES:
        assert getattr(there, cause) == pytest.approx(-getattr(back, cause), abs=1e-12)


def test_another_formula_is_due_to_the_weights() -> None:
    after = replace(plain(), nodes=(Node("", exponent=0.0, coverage=0.0),))
    found = total(parted(plain(), after, [[0.2, 0.8]], [[0.2, 0.8]]))
    assert found["weights"] < 0 and (found["data"], found["goalposts"]) == (0, 0)


def test_a_unit_without_a_score_in_between_still_adds_up() -> None:
    # b is missing and comes in: under the old weights with a half of the weight, under the new ones with nine tenths.
    before, after = plain(coverage=0.5), plain((1, 9), coverage=0.5)
    found = parted(before, after, [[0.4, nan]], [[0.4, 0.6]])
    assert sum(total(found).values()) == pytest.approx(100 * (0.04 + 0.54 - 0.4))
    # Neither order has a score in between: what is not due to the goalposts is due to the data.
    both = parted(plain((9, 1), coverage=0.5), after, [[0.4, nan]], [[nan, 0.6]])
    assert total(both) == pytest.approx({"data": 20, "weights": 0, "goalposts": 0})


def test_a_unit_that_is_not_known_at_one_date_has_no_parts() -> None:
    found = parted(plain(), plain((3, 1)), [[nan, nan], [0.2, 0.8]], [[0.4, 0.7], [0.4, 0.7]])
    for cause in CAUSES:
        assert np.isnan(getattr(found, cause)).any(axis=1).tolist() == [True, False]


def test_policies_with_different_leaves_have_no_common_change() -> None:
    with pytest.raises(DefinitionError, match="different trees"):
        parted(plain(), plain().without(["b"]), [[0.2, 0.8]], [[0.2]])
