"""How fast the score of a node moves with each of its leaves: what one point of a leaf is worth at these weights."""

import math

import numpy as np

from metrics.formula import Array, log_up, settled
from metrics.score import Scores
from metrics.tree import Tree


def slopes(scores: Scores, path: str = "") -> Array:
    """Derivative of a node's score (the root's without a path) by the score of each leaf; `(units, leaves)`.

    At a node with score V over children v of weights w, dV/dv = (w / W) (up(v) / up(V))^(p - 1), W the weight that
    is present; the weakest and the strongest link follow the children that are it, by weight. Leaves that are missing,
    stand elsewhere or have no weight move nothing. NaN where the node has no score.

    Args:
        scores: of some units.
        path: the node.

    Raises:
        DefinitionError: no such node.
    """
    tree, top = scores.tree, scores.place(path)
    flow = np.zeros_like(scores.cells)
    flow[:, top] = np.where(np.isnan(scores.cells[:, top]), np.nan, 1.0)
    for node, children in enumerate(tree.children()):  # parents stand before their children
        if node >= top and children:
            shares = _shares(tree, scores.cells, node, children)
            flow[:, children] += np.where(shares > 0, flow[:, [node]] * shares, 0.0)
    leaves: Array = flow[:, tree.count :]
    return np.where(np.isnan(scores.cells[:, [top]]), np.nan, leaves)


def _shares(tree: Tree, cells: Array, node: int, children: list[int]) -> Array:
    """What a small move of each child moves its node by, `(units, children)`."""
    x, whole = cells[:, children], cells[:, [node]]
    if tree.dual[node]:
        x, whole = 1.0 - x, 1.0 - whole
    exponent, epsilon = settled(tree.exponent[node]), tree.epsilon[node]
    weights = np.where(np.isnan(x) | np.isnan(whole), 0.0, np.array(tree.weight)[children])
    if math.isinf(exponent):
        weights = np.where(x == whole, weights, 0.0)
    total = weights.sum(axis=1, keepdims=True)
    shares: Array = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    if math.isinf(exponent) or exponent == 1:
        return shares
    with np.errstate(invalid="ignore", over="ignore"):
        lift = np.exp((exponent - 1.0) * (log_up(x, epsilon) - log_up(whole, epsilon)))
    moved: Array = np.where(shares > 0, shares * np.nan_to_num(lift, nan=0.0, posinf=0.0), 0.0)
    return moved
