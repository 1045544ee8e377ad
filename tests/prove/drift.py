"""Mission drift: found where it is planted, silent where there is none."""

from collections.abc import Mapping

import numpy as np

from metrics import drift
from tests import drifting

LINE = "Drift: found on a planted drift, silent on none at 95 %; both rates printed"
RUNS, SEED = 200, 7
# A planted drift moves those who came in the last year: points of a share, or the logarithm of the first loan.
PLANTED: dict[str, Mapping[str, float]] = {
    "15 points fewer women": {"women": -0.15},
    "15 points fewer rural": {"rural": -0.15},
    "first loans 35 % larger": {"size": 0.30},
    "10 points fewer women and rural": {"women": -0.10, "rural": -0.10},
}


def rates(planted: Mapping[str, float] | None, runs: int, seed: int = SEED) -> tuple[float, float]:
    """Share of small institutions in which drift is found: as a whole, and in the whole or any branch."""
    cursor, rng = drifting.views(), np.random.default_rng(seed)
    whole = anywhere = 0
    for _ in range(runs):
        drifting.fill(cursor, drifting.tables(drifting.people(rng, planted=planted)))
        found = drift.found(cursor, {}, drifting.DAY)
        whole += bool(found[0].level)
        anywhere += any(one.level for one in found)
    return whole / runs, anywhere / runs


def run(runs: int = RUNS) -> dict[str, object]:
    """The rates over the runs: `runs` without drift, and as many with a planted one of each kind in turn."""
    silent = 1 - rates(None, runs)[1]
    found = {name: rates(planted, runs // len(PLANTED))[0] for name, planted in PLANTED.items()}
    mean = sum(found.values()) / len(found)
    assert silent >= 0.95, f"silent in {silent:.1%} only"
    assert mean >= 0.9, f"found in {mean:.1%} only"
    each = ", ".join(f"{name} {rate:.0%}" for name, rate in found.items())
    return {
        "institutions of 1,600 clients": f"{runs} without drift, {runs} with",
        "silent without (whole and branches)": f"{silent:.1%}",
        "found where planted": f"{mean:.1%} ({each})",
    }
