"""What a policy scores: leaves with goalposts below nodes with a formula, and their arrays."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROOT = ""


@dataclass(frozen=True)
class Leaf:
    """One figure that counts.

    Attributes:
        path: place in the tree, `financial/portfolio_quality/par30`.
        weight: relative among the children of one node; 0 leaves it out everywhere.
        goalposts: value that scores 0, value that scores 100 (worst > best: lower is better); four rising
            values for a band: worst, best, best, worst; empty: the indicator's own.
        transform: `linear` or `log`, applied to value and goalposts.
        column: column of a table of values; empty: the last part of the path.
    """

    path: str
    weight: float = 1.0
    goalposts: tuple[float, ...] = ()
    transform: str = "linear"
    column: str = ""

    @property
    def indicator(self) -> str:
        """The indicator, or the column of a table, that gives the value."""
        return self.column or self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Node:
    """One combination of its children by a power mean.

    Attributes:
        path: place in the tree; the root is the empty path.
        weight: relative among the children of one node.
        exponent: 1 arithmetic, 0 geometric, -1 harmonic, -inf the weakest link, inf the strongest.
        epsilon: shift of the power mean, 0 <= epsilon < 1; 0 lets one zero veto where the exponent is <= 0.
        coverage: least share of the children's weight that must be present, 0..1.
        dual: the formula runs on 1 - score (a mean of risks instead of healths).
    """

    path: str
    weight: float = 1.0
    exponent: float = 1.0
    epsilon: float = 0.1
    coverage: float = 0.65
    dual: bool = False


def parent_of(path: str) -> str:
    """The path of the node above; the root's own is the root."""
    return path.rpartition("/")[0]


def completed(nodes: Iterable[Node], leaves: Iterable[Leaf]) -> tuple[Node, ...]:
    """The nodes with every parent that is only implied, a parent always before its children."""
    given = {node.path: node for node in nodes}
    found: dict[str, Node] = {}

    def add(path: str) -> None:
        if path in found:
            return
        if path != ROOT:
            add(parent_of(path))
        found[path] = given.get(path, Node(path))

    add(ROOT)
    for path in given:
        add(path)
    for leaf in leaves:
        add(parent_of(leaf.path))
    return tuple(found.values())


@dataclass(frozen=True)
class Tree:
    """A policy as arrays. Cells are the nodes, root first and parents before children, then the leaves.

    Attributes:
        paths: path of each cell, `(nodes + leaves)`.
        count: number of nodes; cells from here on are leaves.
        parent: cell of the parent of each cell; -1 for the root.
        weight: weight of each cell among its siblings.
        exponent: of each node; so are `epsilon`, `coverage` and `dual`.
    """

    paths: tuple[str, ...]
    count: int
    parent: tuple[int, ...]
    weight: tuple[float, ...]
    exponent: tuple[float, ...]
    epsilon: tuple[float, ...]
    coverage: tuple[float, ...]
    dual: tuple[bool, ...]

    @classmethod
    def of(cls, nodes: tuple[Node, ...], leaves: tuple[Leaf, ...]) -> "Tree":
        """The arrays of nodes that are `completed`, and their leaves."""
        place = {node.path: number for number, node in enumerate(nodes)}
        cells: tuple[Node | Leaf, ...] = (*nodes, *leaves)
        return cls(
            paths=tuple(cell.path for cell in cells),
            count=len(nodes),
            parent=tuple(-1 if cell.path == ROOT else place[parent_of(cell.path)] for cell in cells),
            weight=tuple(cell.weight for cell in cells),
            exponent=tuple(node.exponent for node in nodes),
            epsilon=tuple(node.epsilon for node in nodes),
            coverage=tuple(node.coverage for node in nodes),
            dual=tuple(node.dual for node in nodes),
        )

    def children(self) -> list[list[int]]:
        """The cells below each node that have weight."""
        below: list[list[int]] = [[] for _ in range(self.count)]
        for cell, above in enumerate(self.parent):
            if above >= 0 and self.weight[cell] > 0:
                below[above].append(cell)
        return below

    def shares(self) -> NDArray[np.float64]:
        """Share of each leaf in the weight of each node, `(nodes, leaves)`; a row adds up to 1 or is 0."""
        size = len(self.paths) - self.count
        table = np.vstack([np.zeros((self.count, size)), np.eye(size)])
        weights = np.array(self.weight)
        for node, cells in reversed(list(enumerate(self.children()))):
            if cells:
                table[node] = weights[cells] / weights[cells].sum() @ table[cells]
        return table[: self.count]

    def lists(self) -> dict[str, list[object]]:
        """The arrays as lists that JSON can hold; an infinite exponent becomes `min` or `max`."""
        words = {float("-inf"): "min", float("inf"): "max"}
        return {
            "paths": list(self.paths),
            "parent": list(self.parent),
            "weight": list(self.weight),
            "exponent": [words.get(exponent, exponent) for exponent in self.exponent],
            "epsilon": list(self.epsilon),
            "coverage": list(self.coverage),
            "dual": list(self.dual),
        }
