"""The ASEM connectivity index as COINr computes it, with three means."""

import numpy as np
import pandas as pd

from metrics.score import score
from tests.prove.command import GOLDEN
from tests.test_golden_composites import asem_policy

LINE = (
    "Scoring on ASEM from `norm_minmax_1_100.csv` up, arithmetic, geometric, harmonic: "
    "every cell of the three `agg_*` files, relative 1e-12"
)
MEANS = {"amean": 1.0, "gmean": 0.0, "hmean": -1.0}


def run() -> dict[str, object]:
    """Scores the normalised indicators up the tree and compares every cell."""
    folder = GOLDEN / "asem"
    values = pd.read_csv(folder / "norm_minmax_1_100.csv", index_col="uCode")
    cells, worst = 0, 0.0
    for mean, exponent in MEANS.items():
        policy = asem_policy(folder, exponent)
        found = score(values[[leaf.indicator for leaf in policy.leaves]].to_numpy(), policy)
        names = [path.rpartition("/")[2] or "Index" for path in found.paths[: found.tree.count]]
        theirs = pd.read_csv(folder / f"agg_a_{mean}_1_100.csv", index_col="uCode").loc[values.index, names]
        ours = 100 * (0.01 + 0.99 * found.nodes)
        cells += theirs.size
        worst = max(worst, float(np.max(np.abs(ours - theirs.to_numpy()) / theirs.to_numpy())))
    assert worst <= 1e-12, worst
    assert cells == 3 * 51 * 11, cells
    return {"cells": f"{cells} of {cells}", "greatest relative difference": f"{worst:.1e}"}
