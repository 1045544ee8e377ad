"""The ASEM connectivity index at its top level: crossings, dominance, the order between crossings, published ranks."""

import numpy as np
import pandas as pd

from metrics.balance import balance, flips
from metrics.formula import Array
from metrics.robust import dominances
from metrics.score import ranks
from tests.prove.command import GOLDEN

LINE = (
    "ASEM (51 units), Conn and Sust: from `stage_Aggregated.csv` 327 crossings and 948 dominance pairs of 1,275, the "
    "same for exponents 1, 0, -1; from the `gmean` and `hmean` files 276 and 290; order constant between neighbouring "
    "crossings, the pair swaps at each; at the published weights the ranks of `results_ranks.csv`"
)
FOLDER, EPSILON = GOLDEN / "asem", 0.01
EXPONENTS = (1.0, 0.0, -1.0)
MEANS = {"gmean": 276, "hmean": 290}
SPOTS = (0.02, 0.5, 0.98)  # where between two crossings the order is looked at


def run() -> dict[str, object]:
    """Counts crossings and dominance pairs, walks from crossing to crossing, and ranks at the published weights."""
    f, g = sides("stage_Aggregated.csv")
    counts = {exponent: len(flips(f, g, exponent, EPSILON)[0]) for exponent in EXPONENTS}
    assert len(f) == 51 and dominances(f, g) == 948 and set(counts.values()) == {327}, counts
    assert 327 + 948 == 51 * 50 // 2
    walked = {exponent: swaps(f, g, exponent) for exponent in EXPONENTS}
    found = {mean: len(flips(*sides(f"agg_a_{mean}_1_100.csv"), 0.0, 0.0)[0]) for mean in MEANS}
    assert found == MEANS, found
    for mean, exponent in {"gmean": 0.0, "hmean": -1.0}.items():
        swaps(*sides(f"agg_a_{mean}_1_100.csv"), exponent)
    equal = same_ranks()
    return {
        "units": len(f), "crossings for exponents 1, 0, -1": ", ".join(map(str, counts.values())),
        "dominance pairs": dominances(f, g), "crossings of gmean, hmean": ", ".join(map(str, found.values())),
        "swaps walked": sum(walked.values()), "ranks of Conn, Sust and Index as published": f"{equal} of {3 * len(f)}",
    }  # fmt: skip


def sides(file: str) -> tuple[Array, Array]:
    """The two pillars of each unit, 0..1."""
    table = pd.read_csv(FOLDER / file, index_col="uCode")
    return table["Conn"].to_numpy() / 100, table["Sust"].to_numpy() / 100


def swaps(f: Array, g: Array, exponent: float) -> int:
    """Walk from crossing to crossing: the order holds between two, and the pair, neighbours then, swaps at each."""
    one, other, share = flips(f, g, exponent, EPSILON)
    cuts = np.concatenate([[0.0], share, [100.0]])
    orders = []
    for low, high in zip(cuts[:-1], cuts[1:], strict=True):
        seen = [np.argsort(-balance(f, g, low + spot * (high - low), exponent, EPSILON)) for spot in SPOTS]
        assert all(np.array_equal(seen[0], order) for order in seen), (exponent, low, high)
        orders.append(seen[0])
    for before, after, i, j in zip(orders[:-1], orders[1:], one, other, strict=True):
        moved = np.flatnonzero(before != after)
        assert set(before[moved]) == {i, j} and len(moved) == 2 and moved[1] - moved[0] == 1, (exponent, i, j)
    return len(one)


def same_ranks() -> int:
    """How many ranks of Conn, Sust and, at the published weights, of Index are those of `results_ranks.csv`."""
    table = pd.read_csv(FOLDER / "stage_Aggregated.csv", index_col="uCode")
    weights = pd.read_csv(FOLDER / "weights_original.csv", index_col="iCode")["Weight"]
    social = 100 * weights["Sust"] / (weights["Conn"] + weights["Sust"])
    index = balance(table["Conn"] / 100, table["Sust"] / 100, social)
    assert np.abs(100 * index - table["Index"]).max() < 1e-12 * 100
    published = pd.read_csv(FOLDER / "results_ranks.csv", index_col="uCode").loc[table.index]
    ours = {"Conn": table["Conn"] / 100, "Sust": table["Sust"] / 100, "Index": index}
    equal = sum(int((ranks(100 * side, 9) == published[name]).sum()) for name, side in ours.items())
    assert equal == 3 * len(table), equal
    return equal
