"""Draws that fill a cube evenly, and the crossed pairs of draws that tell the effects of choices apart."""

from collections.abc import Iterator, Sequence

import numpy as np

from metrics.balance import Index
from metrics.formula import Array


def latin(rng: np.random.Generator, count: int, columns: int) -> Array:
    """`(count, columns)` draws on 0..1, one in each of `count` equal steps of every column (Latin hypercube).

    Each row alone is uniform; of all rows together no part of a column is left empty.
    """
    steps = rng.permuted(np.tile(np.arange(count, dtype=np.float64), (columns, 1)), axis=1).T
    return (steps + rng.random((count, columns))) / count


def pair(rng: np.random.Generator, count: int, columns: int) -> tuple[Array, Array]:
    """Two tables of draws, A and B, `(count, columns)` each, independent of each other in every row."""
    both = latin(rng, count, 2 * columns)
    return both[:, :columns], both[:, columns:]


def crossed(a: Array, b: Array, groups: Sequence[Index]) -> Iterator[Array]:
    """For each group of columns the table A with these columns of B: one choice made anew, the others kept.

    This is Saltelli's design: with A and B themselves it asks for count x (groups + 2) runs.
    """
    for columns in groups:
        table = a.copy()
        table[:, columns] = b[:, columns]
        yield table
