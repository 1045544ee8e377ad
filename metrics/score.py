"""Values and a policy in, scores out: health, interval, coverage, ranks and contributions. Arrays only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from metrics.contribution import split
from metrics.errors import DefinitionError, nearest
from metrics.formula import Array, displayed, normalise, power_mean
from metrics.policy import Policy, Tree
from metrics.policy_toml import fault, node_place

__all__ = ["Scores", "contributions", "displayed", "normalise", "ranks", "score", "score_leaves"]

SLACK = 1e-12  # a coverage of exactly the least share must pass in spite of rounding


@dataclass(frozen=True, eq=False)
class Scores:
    """Every score of some units, with all that lies between values and balance.

    Scores are 0..1 (shown as 0..100, 100 = safest). The last axis of `cells`, `low`, `high` and `coverage`
    runs over `paths`: nodes, root first, then leaves.

    Attributes:
        policy: what was scored.
        tree: the policy as arrays.
        cells: `(units, cells)` scores; NaN where a leaf is missing or a node has not enough data.
        low: `(units, cells)` score if all that is missing were worst; there for every node.
        high: `(units, cells)` score if all that is missing were best.
        coverage: `(units, cells)` share of the weight of a cell's leaves that is present, 0..1. The rule that
            empties a node asks, as the formula does, how much weight of its children has a score.
    """

    policy: Policy
    tree: Tree
    cells: Array
    low: Array
    high: Array
    coverage: Array

    @property
    def paths(self) -> tuple[str, ...]:
        """Path of each cell: nodes, root first, then leaves."""
        return self.tree.paths

    @property
    def nodes(self) -> Array:
        """Scores of the nodes, `(units, nodes)`."""
        return self.cells[:, : self.tree.count]

    @property
    def z(self) -> Array:
        """Scores of the leaves, `(units, leaves)`."""
        return self.cells[:, self.tree.count :]

    def place(self, path: str) -> int:
        """The column of a path in `cells`, `low`, `high` and `coverage`.

        Raises:
            DefinitionError: no such path, with the nearest one.
        """
        if path not in self.paths:
            near = nearest(path, self.paths)
            raise DefinitionError("policy.no_path", file=self.policy.name, value=path, nearest=near)
        return self.paths.index(path)

    def node(self, path: str = "") -> Array:
        """Scores of one node or leaf, `(units,)`; the root without a path."""
        return self.cells[:, self.place(path)]

    def rank(self, path: str = "") -> Array:
        """Ranks of the units at one node or leaf, `(units,)`, 1 = best, as in `ranks`."""
        return ranks(100.0 * self.node(path), self.policy.decimals)

    def frame(self, units: Sequence[str], leaves: bool = True) -> pd.DataFrame:
        """One row a unit and node: unit, node, score, low, high, coverage, rank; scores on 0..100.

        Args:
            units: a name for each row of the scores.
            leaves: whether leaves stand among the nodes.
        """
        cells = len(self.paths) if leaves else self.tree.count
        rank = ranks(100.0 * self.cells[:, :cells], self.policy.decimals)
        return pd.DataFrame(
            {
                "unit": np.repeat(np.asarray(units, dtype=object), cells),
                "node": np.tile(np.asarray(self.paths[:cells], dtype=object), len(units)),
                "score": 100.0 * self.cells[:, :cells].ravel(),
                "low": 100.0 * self.low[:, :cells].ravel(),
                "high": 100.0 * self.high[:, :cells].ravel(),
                "coverage": self.coverage[:, :cells].ravel(),
                "rank": pd.array(rank.ravel(), dtype="Float64").astype("Int64"),
            }
        )


def score(values: ArrayLike, policy: Policy) -> Scores:
    """Scores of units from the values of their indicators.

    Args:
        values: `(units, leaves)` in the order of `policy.leaves`; NaN is missing.
        policy: with goalposts for every leaf (`Policy.resolve`).

    Raises:
        DefinitionError: a leaf has no goalposts, or the number of columns is not that of the leaves.
    """
    given = _columns(values, policy)
    z = np.empty_like(given)
    for column, leaf in enumerate(policy.leaves):
        if not leaf.goalposts:
            raise fault("policy.no_goalposts", policy.name, node_place(leaf.path))
        z[:, column] = normalise(given[:, column], leaf.goalposts, leaf.transform)
    return score_leaves(z, policy)


def score_leaves(z: ArrayLike, policy: Policy) -> Scores:
    """Scores of units from leaf scores that already stand on 0..1, `(units, leaves)`; see `score`."""
    leaves = _columns(z, policy)
    tree = policy.tree()
    units, missing = len(leaves), np.isnan(leaves)
    present = ~missing
    # Three readings at once: as it is, all that is missing worst, all that is missing best.
    rows = np.full((3 * units, len(tree.paths)), np.nan)
    rows[:, tree.count :] = np.vstack([leaves, *(np.where(missing, end, leaves) for end in (0.0, 1.0))])
    now, worst, best = (rows[part * units : (part + 1) * units] for part in range(3))
    weights = np.array(tree.weight)
    for node, below in reversed(list(enumerate(tree.children()))):
        rows[:, node] = power_mean(
            rows[:, below], weights[below], tree.exponent[node], tree.epsilon[node], tree.dual[node]
        )
        now[_short(now[:, below], weights[below], tree.coverage[node]), node] = np.nan
        worst[np.isnan(worst[:, node]), node] = 0.0
        best[np.isnan(best[:, node]), node] = 1.0
    # A child that the coverage rule leaves out can put a score outside the exact interval: widen it there.
    low, high = np.fmin(worst, now), np.fmax(best, now)
    coverage = np.hstack([np.round(present @ tree.shares().T, 12), present.astype(np.float64)])
    return Scores(policy, tree, now, low, high, coverage)


def _short(children: Array, weights: Array, least: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    there = (~np.isnan(children)) @ weights
    short: np.ndarray[tuple[int], np.dtype[np.bool_]] = there < (least - SLACK) * weights.sum()
    return short


def _columns(values: ArrayLike, policy: Policy) -> Array:
    given = np.asarray(values, dtype=np.float64)
    if given.ndim != 2 or given.shape[1] != len(policy.leaves):
        found = given.shape[-1] if given.ndim else 0
        expected = len(policy.leaves)
        raise DefinitionError("policy.wrong_columns", file=policy.name, found=found, expected=expected)
    return given


def ranks(shown: ArrayLike, decimals: int) -> Array:
    """Ranks on the displayed precision: 1 = best, equal figures share the least rank, NaN has none.

    Args:
        shown: scores on the scale on which they are shown (0..100), `(units,)` or `(units, nodes)`.
        decimals: decimals as shown.
    """
    figures = -displayed(shown, decimals)
    if figures.ndim == 2:
        return np.apply_along_axis(_least_rank, 0, figures) if figures.size else figures
    return _least_rank(figures)


def _least_rank(figures: Array) -> Array:
    order = np.sort(figures[~np.isnan(figures)])
    rank = 1.0 + np.searchsorted(order, figures, side="left")
    return np.where(np.isnan(figures), np.nan, rank)


def contributions(scores: Scores, before: Scores | None = None) -> Array:
    """What each leaf adds to the root's score, or to its change; exact for every exponent.

    Args:
        scores: now.
        before: an earlier state of the same units under the same tree and formula; weights and goalposts may
            differ, leaves may appear and disappear. Without it the reference is a unit whose present leaves
            all score 0, which scores 0 itself, so that contributions add up to the score.

    Returns:
        `(units, leaves)` on 0..1; each row adds up to `scores.node("") - before.node("")`, NaN where either
        is not known. Under arithmetic means without `before` it is effective weight x leaf score.

    Raises:
        DefinitionError: the two trees or their formulas differ.
    """
    if before is None:
        return split(scores.tree, scores.tree, 0.0 * scores.cells, scores.cells)
    same = ("paths", "parent", "exponent", "epsilon", "dual")
    if any(getattr(before.tree, key) != getattr(scores.tree, key) for key in same):
        raise DefinitionError("policy.other_shape")
    return split(before.tree, scores.tree, before.cells, scores.cells)
