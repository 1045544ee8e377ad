"""Why a balance differs between two weightings or dates: other figures, other weights, other goalposts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from metrics.formula import Array
from metrics.parted import parted
from metrics.policy import Policy
from metrics.standing import Figures
from metrics.words import number, say

LEAST = 0.05  # points; less shows as 0.0


@dataclass(frozen=True)
class Causes:
    """The parts of a change of a balance, in points of 0..100; together they are the change."""

    figures: float
    weights: float
    goalposts: float

    def text(self, language: str) -> str:
        """The parts that show, the greatest first: weights -3.1, goalposts +0.4."""
        parts = [("figures", self.figures), ("weights", self.weights), ("goalposts", self.goalposts)]
        shown = sorted((part for part in parts if abs(part[1]) >= LEAST), key=lambda part: -abs(part[1]))
        said = [say(language, f"compare.by_{name}", points=_signed(language, points)) for name, points in shown]
        return ", ".join(said) or "–"


def _signed(language: str, points: float) -> str:
    return ("+" if points > 0 else "−") + number(language, abs(points), 1)


def causes(one: Policy, other: Policy, before: Figures, after: Figures) -> dict[str, Causes]:
    """Why each unit's balance differs, by unit id; units without a balance on both sides are left out.

    What one side alone scores has no weight on the other side, whose figures stand in where a side has none.

    Args:
        one: complete with its goalposts.
        other: likewise.
        before: the figures under the first.
        after: the figures under the second.
    """
    units = [unit for unit in before if unit in after]
    mine, theirs = _cut(one, before), _cut(other, after)
    first, second = _widened(mine, theirs), _widened(theirs, mine)
    if not units or not first.leaves:
        return {}
    old = _matrix(first, [{**after[unit], **before[unit]} for unit in units])
    new = _matrix(second, [{**before[unit], **after[unit]} for unit in units])
    found = parted(first, second, old, new)
    parts = 100.0 * np.stack([part.sum(axis=1) for part in (found.data, found.weights, found.goalposts)], axis=1)
    return {unit: Causes(*map(float, row)) for unit, row in zip(units, parts, strict=True) if not np.isnan(row).any()}


def _cut(given: Policy, found: Figures) -> Policy:
    """The policy with the indicators that have a meaning for these units."""
    asked = {indicator for row in found.values() for indicator in row}
    return given.only([leaf.path for leaf in given.leaves if leaf.indicator in asked])


def _widened(mine: Policy, theirs: Policy) -> Policy:
    """A policy with the other's leaves and nodes too, without weight."""
    nodes, leaves = {node.path for node in mine.nodes}, {leaf.path for leaf in mine.leaves}
    return replace(
        mine,
        nodes=(*mine.nodes, *(replace(node, weight=0.0) for node in theirs.nodes if node.path not in nodes)),
        leaves=(*mine.leaves, *(replace(leaf, weight=0.0) for leaf in theirs.leaves if leaf.path not in leaves)),
    )


def _matrix(given: Policy, rows: list[Mapping[str, float | None]]) -> Array:
    cells = ([row.get(leaf.indicator) for leaf in given.leaves] for row in rows)
    values = [[np.nan if value is None else value for value in row] for row in cells]
    return np.array(values, dtype=np.float64).reshape(len(rows), len(given.leaves))
