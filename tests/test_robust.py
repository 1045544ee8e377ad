"""How firm an order is: exact parts of a range of weights against draws and sweeps, dominance, ranks between bounds."""

import math
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from metrics.balance import balance, flips
from metrics.robust import acceptability, below, dominances, frontier, rank_bounds
from metrics.score import ranks
from tests.prove.asem_flips import same_ranks, sides, swaps

EXPONENTS = [1.0, 0.0, -1.0, 0.5, -8.0, float("-inf"), float("inf")]
DRAWS = 2_000  # the acceptance lines take 20,000
# Five standard errors of a share of so many draws.
SAMPLING = 5 * math.sqrt(0.25 / DRAWS)
nan = math.nan


def healths(seed: int, units: int) -> tuple[np.ndarray, np.ndarray]:
    f, g = np.random.default_rng(seed).uniform(0.02, 1, (2, units))
    return f, g


@pytest.mark.parametrize(("seed", "exponent"), [*enumerate(EXPONENTS)])
def test_each_rank_holds_in_the_part_of_the_range_that_draws_find(seed: int, exponent: float) -> None:
    f, g = healths(seed, 12)
    exact = acceptability(f, g, 30, 70, exponent)
    shares = np.random.default_rng(99).uniform(30, 70, DRAWS)
    drawn = np.zeros_like(exact)
    for share in shares:
        order = np.argsort(-balance(f, g, share, exponent), kind="stable")
        drawn[order, np.arange(len(f))] += 1 / DRAWS
    assert np.abs(exact - drawn).max() < SAMPLING
    assert exact.sum(axis=1) == pytest.approx(1)


def test_three_units_by_hand() -> None:
    # a and b swap at 40 (80 - 40 s = 60 + 10 s); c is behind both throughout.
    table = acceptability([0.8, 0.6, 0.1], [0.4, 0.7, 0.1], 0, 50)
    assert table == pytest.approx(np.array([[0.8, 0.2, 0], [0.2, 0.8, 0], [0, 0, 1]]))


def test_the_range_counts_only_what_is_in_it() -> None:
    assert acceptability([0.8, 0.6], [0.4, 0.7], 45, 100) == pytest.approx(np.array([[0, 1], [1, 0]]))
    assert acceptability([0.8, 0.6], [0.4, 0.7], 0, 39) == pytest.approx(np.array([[1, 0], [0, 1]]))


def test_equal_units_share_the_better_rank_and_who_is_not_known_has_none() -> None:
    table = acceptability([0.8, 0.8, nan, 0.6], [0.4, 0.4, 0.9, 0.3])
    assert table[[0, 1, 3]].tolist() == [[1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0]]
    assert np.isnan(table[2]).all()


def test_a_veto_leaves_nothing_to_the_weight() -> None:
    table = acceptability([0.0, 0.5], [1.0, 0.2], 10, 90, exponent=0.0, epsilon=0.0)
    assert table.tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("exponent", [1.0, 0.0, -1.0, -8.0])
def test_the_part_below_a_limit_is_that_of_a_fine_sweep(exponent: float) -> None:
    f, g = healths(4, 30)
    shares = np.linspace(20, 80, 6001)
    swept = np.mean([balance(f, g, share, exponent) < 0.5 for share in shares], axis=0)
    assert below(f, g, 0.5, 20, 80, exponent) == pytest.approx(swept, abs=4e-4)


def test_on_the_limit_at_one_end_only() -> None:
    assert below([0.5, 0.5, 0.5, nan], [0.4, 0.6, 0.5, 0.1], 0.5)[:3].tolist() == [1, 0, 0]


def test_dominance_pairs_are_those_that_comparing_each_with_each_finds() -> None:
    rng = np.random.default_rng(6)
    for _ in range(30):
        f, g = np.round(rng.random((2, 15)), 1)
        f[rng.random(15) < 0.1] = nan
        pairs = [(i, j) for i in range(15) for j in range(15) if f[i] >= f[j] and g[i] >= g[j]]
        assert dominances(f, g) == sum(f[i] > f[j] or g[i] > g[j] for i, j in pairs)


def test_asem_has_327_crossings_and_948_dominance_pairs_whatever_the_exponent(shared: Path) -> None:
    table = pd.read_csv(shared / "golden" / "asem" / "stage_Aggregated.csv")
    f, g = (table[side].to_numpy() / 100 for side in ("Conn", "Sust"))
    assert len(table) == 51 and dominances(f, g) == 948
    for exponent in (1.0, 0.0, -1.0):
        assert len(flips(f, g, exponent, 0.01)[0]) == 327


@pytest.mark.parametrize(("mean", "count"), [("amean", 327), ("gmean", 276), ("hmean", 290)])
def test_asem_under_other_means_has_as_many_crossings_as_published_scores_say(
    shared: Path, mean: str, count: int
) -> None:
    table = pd.read_csv(shared / "golden" / "asem" / f"agg_a_{mean}_1_100.csv")
    assert len(flips(table["Conn"] / 100, table["Sust"] / 100, 0.0, 0.0)[0]) == count


def test_asem_at_the_published_weights_has_the_published_ranks(shared: Path) -> None:
    assert same_ranks() == 3 * 51


@pytest.mark.parametrize("exponent", [1.0, 0.0, -1.0])
def test_on_asem_the_order_holds_between_neighbouring_crossings_and_the_pair_swaps_at_each(
    shared: Path, exponent: float
) -> None:
    assert swaps(*sides("stage_Aggregated.csv"), exponent) == 327


def test_the_frontier_is_what_comparing_each_with_each_leaves() -> None:
    rng = np.random.default_rng(8)
    for _ in range(50):
        f, g = np.round(rng.random((2, 15)), 1)
        f[rng.random(15) < 0.1] = nan
        known = range(15)
        worse = [
            any(f[j] >= f[i] and g[j] >= g[i] and (f[j] > f[i] or g[j] > g[i]) for j in known) or np.isnan(f[i])
            for i in known
        ]
        assert frontier(f, g).tolist() == [not one for one in worse]


def test_ranks_between_bounds_are_never_narrower_than_trying_all() -> None:
    rng = np.random.default_rng(3)
    for _ in range(30):
        low = rng.integers(0, 6, 5) / 10
        high = low + rng.integers(0, 4, 5) / 10
        best, worst = rank_bounds(low, high)
        tried = np.array([ranks(np.array(one), 3) for one in product(*zip(low, high, strict=True))])
        assert (best == tried.min(axis=0)).all()
        assert (worst >= tried.max(axis=0)).all()


def test_who_has_no_score_takes_no_rank() -> None:
    best, worst = rank_bounds([0.4, nan, 0.6], [0.5, nan, 0.7])
    assert (best[0], worst[0], best[2], worst[2]) == (2, 2, 1, 1) and math.isnan(best[1])
