"""Sobol indices of a ranking: 1,000 x (6 + 2) scorings of 51 units with 49 indicators, beside one scoring at a time."""

import statistics
import time

import numpy as np

from metrics.policy import Leaf, Node, Policy
from metrics.robustness import CHOICES, COUNT, Runs, what_decides
from metrics.score import score
from tests.bench import Figure

UNITS, THEMES, EACH, FIRST = 51, 7, 7, 3
TIMES, APART = 5, 60


def bench() -> list[Figure]:
    """The median of several analyses; a scoring alone is timed on a few runs."""
    leaves = [
        Leaf(f"{'financial' if theme < FIRST else 'social'}/t{theme}/i{theme}_{place}", 1.0, (0.0, 1.0))
        for theme in range(THEMES)
        for place in range(EACH)
    ]
    policy = Policy("bench", "bench", (Node("", coverage=1.0), Node("financial"), Node("social")), tuple(leaves))
    rng = np.random.default_rng(2026)
    values = rng.random((UNITS, len(leaves)))
    values[rng.random(values.shape) < 0.03] = np.nan
    runs = Runs.of(values, policy)
    assert runs.choices == CHOICES and len(runs.kept) == UNITS
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        found = what_decides(runs)
        taken.append(time.perf_counter() - start)
    assert found.runs == COUNT * (len(CHOICES) + 2)
    start = time.perf_counter()
    for _ in range(APART):
        score(values, policy).rank()
    alone = (time.perf_counter() - start) / APART * found.runs
    seconds = statistics.median(taken)
    what = f"Sobol: {COUNT:,} x ({len(CHOICES)} + 2) runs, {UNITS} units x {len(leaves)} indicators"
    return [Figure(what, seconds, 1.0, "s", "one scoring at a time", alone / seconds)]
