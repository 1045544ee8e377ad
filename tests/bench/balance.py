"""What the weight decides among 1,000 units, and what each indicator of a unit would have to be for a target."""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from metrics.balance import flips, leader_range, watch_range
from metrics.formula import Array
from metrics.policy import Leaf, Node, Policy
from metrics.robust import acceptability
from metrics.score import Scores, score_leaves
from metrics.seeking import seek
from tests.bench import Figure

UNITS, LEAVES, TIMES = 1000, 49, 9
LOW, HIGH, SOCIAL, WATCH = 40.0, 60.0, 50.0, 3
SHARES, TRIES = np.linspace(0, 100, 1001), 101  # of a naive sweep: social shares, and values of a leaf
INSIDE = int(((SHARES >= LOW) & (SHARES <= HIGH)).sum())


def bench() -> list[Figure]:
    """Flips, safe ranges and acceptability together; goal-seek over all leaves of one unit."""
    f, g = np.random.default_rng(2026).random((2, UNITS))
    table = acceptability(f, g, LOW, HIGH)
    sampled, crossed = sweep(f, g)
    # A visit to a rank is counted one share too long or too short, and a unit may come back to a rank.
    assert np.abs(table - sampled).max() < 8 / INSIDE and len(flips(f, g)[0]) == len(by_pandas(f, g)) == crossed
    ours = least(lambda: decided(f, g))
    pandas, naive = least(lambda: by_pandas(f, g), 2), least(lambda: sweep(f, g), 2)
    scores = unit()
    target = float(scores.node()[0]) + 0.002
    sought, tried = least(lambda: seek(scores, target)), least(lambda: tries(scores, target), 2)
    what = f"flips, safe ranges, acceptability of {UNITS:,} units"
    return [
        Figure(what, ours, 50.0, "ms", f"pandas, the flips and the ranks at {INSIDE} shares", pandas / ours),
        Figure("the same", ours, 50.0, "ms", f"a naive sweep of {len(SHARES):,} shares", naive / ours),
        Figure(
            f"goal-seek over all {LEAVES} leaves of a unit", sought, 10.0, "ms",
            f"a naive sweep of {TRIES} values of each leaf", tried / sought,
        ),
    ]  # fmt: skip


def decided(f: Array, g: Array) -> None:
    """All that a page says of the weight, exact."""
    flips(f, g)
    leader_range(f, g, SOCIAL)
    watch_range(f, g, SOCIAL, WATCH)
    acceptability(f, g, LOW, HIGH)


def by_pandas(f: Array, g: Array) -> pd.DataFrame:
    """Every pair that swaps, from a cross join; beside it the ranks at each share of the range."""
    frame = pd.DataFrame({"unit": np.arange(len(f)), "f": f, "g": g})
    pairs = frame.merge(frame, how="cross", suffixes=("", "_other"))
    apart = (pairs["f"] - pairs["f_other"]) * (pairs["g"] - pairs["g_other"]) < 0
    pairs = pairs[(pairs["unit"] < pairs["unit_other"]) & apart]
    lead = pairs["f"] - pairs["f_other"]
    pairs = pairs.assign(share=100 * lead / (lead + pairs["g_other"] - pairs["g"])).sort_values("share")
    shares = SHARES[(SHARES >= LOW) & (SHARES <= HIGH)] / 100
    pd.DataFrame(np.outer(f, 1 - shares) + np.outer(g, shares)).rank(ascending=False, method="min").mean(axis=1)
    return pairs


def sweep(f: Array, g: Array) -> tuple[Array, int]:
    """Who is ahead of whom share after share: part of the range at each rank, and the pairs that swapped."""
    found, swapped, before = np.zeros((len(f), len(f))), 0, None
    for share in SHARES:
        balance = (1 - share / 100) * f + share / 100 * g
        ahead = balance[:, None] > balance
        swapped += 0 if before is None else int(np.count_nonzero(ahead & ~before))
        before = ahead
        if LOW <= share <= HIGH:
            found[np.arange(len(f)), ahead.sum(axis=0)] += 1 / INSIDE
    return found, swapped


def unit() -> Scores:
    """One unit of two pillars with four themes each."""
    rng = np.random.default_rng(2026)
    leaves = [Leaf(f"{('financial', 'social')[n % 2]}/theme{n % 8}/leaf{n}", 1 + rng.random()) for n in range(LEAVES)]
    return score_leaves(rng.uniform(0.1, 0.9, (1, LEAVES)), Policy("t", "t", (Node(""),), tuple(leaves)))


def tries(scores: Scores, target: float) -> list[float]:
    """The least of many values of each leaf that brings the unit to the target, one scoring each."""
    found = []
    for leaf in range(LEAVES):
        z = np.repeat(scores.z, TRIES, axis=0)
        z[:, leaf] = np.linspace(0, 1, TRIES)
        over = [value for value in z if score_leaves(value[None], scores.policy).node()[0] >= target]
        found.append(over[0][leaf] if over else np.nan)
    return found


def least(work: Callable[[], object], times: int = TIMES) -> float:
    """The least of how many milliseconds a piece of work takes: what others do at the same time only adds to it."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return min(taken)
