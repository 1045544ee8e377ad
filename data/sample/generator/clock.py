"""The 24 month-ends of the sample, counted 0 to 23; months before the first one have negative numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Dates = NDArray[np.datetime64]

FIRST = np.datetime64("2024-10", "M")
MONTHS = 24
LAST = MONTHS - 1
SEED = 20260930


def number(year: int, month: int) -> int:
    """The number of a month: 0 is October 2024, 23 is September 2026."""
    return (year - 2024) * 12 + month - 10


def day(months: Ints | int, days: Ints | int) -> Dates:
    """Dates from month numbers and days of the month (1 to 28)."""
    return (FIRST + np.asarray(months)).astype("datetime64[D]") + (np.asarray(days) - 1)


def month_end(months: Ints | int) -> Dates:
    """Last days of months."""
    return (FIRST + np.asarray(months) + 1).astype("datetime64[D]") - 1


def dice(*keys: int) -> np.random.Generator:
    """A generator of its own for each purpose, so that a change at one branch leaves the others' numbers alone."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([SEED, *keys])))


def path(points: Sequence[tuple[int, float]], months: Sequence[int] | Ints) -> NDArray[np.float64]:
    """Values between given points (month number, value): straight lines, flat outside."""
    at, value = zip(*points, strict=True)
    return np.interp(months, at, value)


def spread(shares: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Yes/no marks that follow their shares in every block of 20, in random order inside the block."""
    total = len(shares)
    hits = np.floor(np.concatenate([[0.5], 0.5 + np.cumsum(shares)]) + 1e-9)
    marks = np.diff(hits) > 0
    order = np.lexsort((rng.random(total), np.arange(total) // 20))
    return marks[order]
