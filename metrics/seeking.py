"""Goal-seek: what one indicator alone would have to be for the balance, or any node, to reach a target.

In closed form down the tree: at each node on the way the power mean is solved for the one child that moves.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.formula import Array, bend, log_up, settled
from metrics.score import Scores, score_leaves
from metrics.tree import Leaf, Tree

NEAR = 1e-12  # a best reach this near below the target reaches it
ROUNDING, HALVINGS = 1e-11, 60
ROWS = 4096  # so many units with one leaf moved are scored at a time

Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Sought:
    """What each leaf alone would have to score, and how far it could bring the node at most.

    Attributes:
        needed: `(units, leaves)` score 0..1 of the leaf at which the node has the target; NaN where no score of
            the leaf brings it there; 0 where the target is reached whatever the leaf scores.
        reach: `(units, leaves)` score 0..1 of the node with the leaf at its best; NaN where it has none even then.
    """

    needed: Array
    reach: Array


def seek(scores: Scores, target: float, path: str = "") -> Sought:
    """What each leaf alone would have to score for a node (the root without a path) to reach a target.

    A leaf that is missing counts as present from then on. Leaves that do not stand below the node, or have no
    weight there, reach nothing.

    Args:
        scores: of some units.
        target: score 0..1.
        path: the node.

    Raises:
        DefinitionError: no such node.
    """
    tree, node = scores.tree, scores.place(path)
    units, count = scores.z.shape
    below = tree.children()
    ways = [_way(tree, tree.count + leaf, node) for leaf in range(count)]
    moving = np.array([leaf for leaf, way in enumerate(ways) if way is not None], dtype=np.intp)
    needed, reach = np.full((units, count), np.nan), np.full((units, count), np.nan)
    many = max(1, ROWS // max(units, 1))
    for first in range(0, len(moving), many):
        leaves = moving[first : first + many]
        # Every unit once for each leaf, with that leaf at its best: leaf by leaf, unit by unit.
        cells = _moved(scores, np.repeat(leaves, units), np.tile(np.arange(units), len(leaves)), 1.0)
        for leaf, best in zip(leaves, cells.reshape(len(leaves), units, -1), strict=True):
            asked = np.full(units, target)
            for above, child in ways[leaf] or ():
                asked = np.clip(_solved(tree, best, above, child, below[above], asked), 0.0, 1.0)
            reach[:, leaf] = best[:, node]
            there = reach[:, leaf] >= target - NEAR
            needed[there, leaf] = np.nan_to_num(asked[there], nan=0.5)  # an overflow: the halving finds it
    _polish(scores, needed, target, node)
    return Sought(needed, reach)


def _moved(scores: Scores, leaves: Places, units: Places, to: Array | float) -> Array:
    """The cells of some units, a row for each, once one leaf of each has another score."""
    z = scores.z[units]
    z[np.arange(len(z)), leaves] = to
    return score_leaves(z, scores.policy).cells


def _polish(scores: Scores, needed: Array, target: float, node: int) -> None:
    """Halve the way to the target where rounding kept the closed form from it: steep means, one below the other."""
    units, leaves = np.nonzero(~np.isnan(needed))
    over = _moved(scores, leaves, units, needed[units, leaves])[:, node] - target
    inner = (over < -ROUNDING) | ((over > ROUNDING) & (needed[units, leaves] > 0))
    units, leaves = units[inner], leaves[inner]
    low, high = np.zeros(len(units)), np.ones(len(units))
    for _ in range(HALVINGS if len(units) else 0):
        middle = (low + high) / 2
        short = _moved(scores, leaves, units, middle)[:, node] < target
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    needed[units, leaves] = high


def value_at(leaf: Leaf, z: float, now: float = -math.inf) -> float:
    """The value of an indicator that scores z (0..1) between its goalposts; in a band on the side of the value now."""
    posts = [math.log(post) if leaf.transform == "log" else post for post in leaf.goalposts]
    worst, best = (posts[3], posts[2]) if len(posts) == 4 and now > leaf.goalposts[2] else posts[:2]
    value = worst + z * (best - worst)
    return math.exp(value) if leaf.transform == "log" else value


def applied(scores: Scores, leaf: int, needed: Array) -> Scores:
    """The scores once a leaf has what it needs; units that need nothing of it stay as they are."""
    z = scores.z.copy()
    z[:, leaf] = np.where(np.isnan(needed), z[:, leaf], needed)
    return score_leaves(z, scores.policy)


def _way(tree: Tree, cell: int, node: int) -> list[tuple[int, int]] | None:
    """The steps (node, child) from a node down to a cell, or None where weight does not lead there."""
    steps: list[tuple[int, int]] = []
    while cell != node:
        above = tree.parent[cell]
        if above < 0 or tree.weight[cell] <= 0:
            return None
        steps.append((above, cell))
        cell = above
    return steps[::-1]


def _solved(tree: Tree, cells: Array, node: int, child: int, below: list[int], asked: Array) -> Array:
    """The score of a child at which its node has the score asked for, the other children as they are."""
    others = [one for one in below if one != child]
    if tree.dual[node]:
        return 1.0 - _alone(1.0 - cells[:, others], tree, node, child, others, 1.0 - asked)
    return _alone(cells[:, others], tree, node, child, others, asked)


def _alone(rest: Array, tree: Tree, node: int, child: int, others: list[int], asked: Array) -> Array:
    exponent, epsilon = settled(tree.exponent[node]), tree.epsilon[node]
    if math.isinf(exponent):
        if not others:
            return asked
        end = np.fmin.reduce(rest, axis=1) if exponent < 0 else np.fmax.reduce(rest, axis=1)
        if exponent < 0:  # the weakest link is this child or another: above the others it cannot lift
            return np.where(end < asked, np.inf, asked)
        return np.where(end >= asked, -np.inf, asked)
    weights, own = np.array([tree.weight[one] for one in others]), tree.weight[child]
    present = ~np.isnan(rest)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        logs = log_up(np.where(present, rest, 1.0), epsilon)
        held = (np.where(present, bend(logs, exponent), 0.0) * weights).sum(axis=1)
        whole = own + (present * weights).sum(axis=1)
        due = (bend(log_up(asked, epsilon), exponent) * whole - held) / own
        if exponent == 0:
            up = np.exp(due)
        else:
            base = 1.0 + exponent * due
            beyond = 0.0 if exponent > 0 else np.inf  # no score is so low, or none so high
            up = np.where(base > 0, np.exp(np.log(np.where(base > 0, base, 1.0)) / exponent), beyond)
    found: Array = (up - epsilon) / (1.0 - epsilon)
    return found
