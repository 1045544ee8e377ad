"""The change of a unit's root score between two dates and two policies, split into data, weights and goalposts."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from metrics.errors import DefinitionError
from metrics.formula import Array
from metrics.policy import Policy
from metrics.score import Scores, contributions, score

SHAPE = ("paths", "parent", "exponent", "epsilon", "dual")


@dataclass(frozen=True, eq=False)
class Parts:
    """What each leaf adds to the change of the root's score, by cause; `(units, leaves)` each, on 0..1.

    The leaves stand as in the policy after. All three of a unit add up to the change of its root; NaN where the root
    is not known at both dates.

    Attributes:
        data: by other values.
        weights: by other weights, coverage rules and formulas.
        goalposts: by other goalposts.
    """

    data: Array
    weights: Array
    goalposts: Array


def parted(before: Policy, after: Policy, old: ArrayLike, new: ArrayLike) -> Parts:
    """The change of the root's score from old values under one policy to new values under another, by cause.

    Goalposts go first, on the old values under the old weights: what the same figures are under new goalposts, so that
    a change of policy is never sold as performance. Data and weights then share alike what they do together: each has
    the mean of its effect before and after the other one, so that neither order counts. Where nothing but one of the
    three changes, all is due to that one.

    Where values come in or go and the coverage rule leaves the root without a score under one of both orders, the
    other one alone counts; where it does under both, all that is not due to the goalposts is due to the data, and
    where the old values have none under the new goalposts (a logarithm of 0), all is.

    Args:
        before: with goalposts for every leaf.
        after: the same leaves; weights, goalposts, transforms and formulas may differ.
        old: `(units, leaves)` values at the earlier date, as `before.leaves`; NaN is missing.
        new: `(units, leaves)` values at the later date, as `after.leaves`.

    Raises:
        DefinitionError: the two policies name different leaves, or one has no goalposts.
    """
    first, given = _aligned(before, after, np.asarray(old, dtype=np.float64))
    start = score(given, first)
    posted = replace(first, leaves=tuple(
        replace(leaf, goalposts=later.goalposts, transform=later.transform)
        for leaf, later in zip(first.leaves, after.leaves, strict=True)
    ))  # fmt: skip
    judged, end = score(given, posted), score(new, after)
    weighed, moved = score(given, after), score(new, posted)
    goalposts = _step(start, judged)
    # Data before weights, then weights before data.
    data = _either(_step(judged, moved), _step(weighed, end))
    weights = _either(_step(moved, end), _step(judged, weighed))
    jointly, unposted = (np.isnan(part).any(axis=1, keepdims=True) for part in (data, goalposts))
    both, whole = _step(judged, end), _step(start, end)
    nothing = 0.0 * whole
    return Parts(
        np.where(unposted, whole, np.where(jointly, both, data)),
        np.where(unposted | jointly, nothing, weights),
        np.where(unposted, nothing, goalposts),
    )


def _aligned(before: Policy, after: Policy, values: Array) -> tuple[Policy, Array]:
    """The earlier policy and its values with leaves and nodes in the order of the later one."""
    names = [leaf.path for leaf in after.leaves]
    places = {leaf.path: place for place, leaf in enumerate(before.leaves)}
    if places.keys() != set(names):
        raise DefinitionError("policy.other_shape")
    order = [places[name] for name in names]
    rank = {node.path: place for place, node in enumerate(after.nodes)}
    nodes = tuple(sorted(before.nodes, key=lambda node: rank.get(node.path, len(rank))))
    return replace(before, nodes=nodes, leaves=tuple(before.leaves[place] for place in order)), values[:, order]


def _either(one: Array, other: Array) -> Array:
    """The mean of two orders; where one is not known, the other alone."""
    lone = np.where(np.isnan(one), other, one)
    return np.where(np.isnan(one) | np.isnan(other), lone, (one + other) / 2)


def _step(one: Scores, other: Scores) -> Array:
    """What each leaf adds to the change between two states.

    Under another formula no single leaf moved: each is due the change of what it adds to the score itself.
    """
    if all(getattr(one.tree, key) == getattr(other.tree, key) for key in SHAPE):
        return contributions(other, one)
    return contributions(other) - contributions(one)
