"""What each indicator does to the differences between units: its part, its doubles, the ranking without it."""

import math

import numpy as np
import pandas as pd
import pytest

from metrics.importance import correlations, importance, removals, strongest
from metrics.score import score, score_leaves
from tests.robustly import branches
from tests.trees import random_leaves, random_policy, scored

CASES = 40
nan = math.nan


def test_an_indicator_that_does_not_vary_decides_nothing() -> None:
    shares, alone = importance(scored([0.5, 0.1], [0.5, 0.5], [0.5, 0.9]))
    assert shares == pytest.approx([0, 1])
    assert np.isnan(alone[0]) and alone[1] == pytest.approx(1)


def test_two_independent_indicators_decide_by_the_squares_of_weight_and_spread() -> None:
    # Weights 1 : 2, equal spread, no covariance: 1/5 and 4/5.
    rows = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    shares, alone = importance(scored(*rows, weights=(1.0, 2.0)))
    assert shares == pytest.approx([0.2, 0.8])
    assert alone == pytest.approx([0.2, 0.8])


def test_an_indicator_that_runs_against_the_balance_evens_out() -> None:
    shares, _ = importance(scored([0.0, 0.3], [0.5, 0.2], [1.0, 0.1], weights=(2.0, 1.0)))
    assert shares[1] < 0 < shares[0]
    assert shares.sum() == pytest.approx(1)


@pytest.mark.parametrize("seed", range(CASES))
def test_the_parts_of_the_differences_add_up(seed: int) -> None:
    rng = np.random.default_rng(seed)
    policy = random_policy(rng)
    scores = score_leaves(random_leaves(rng, 9, policy), policy)
    shares, alone = importance(scores)
    if not np.isnan(shares).any():
        assert shares.sum() == pytest.approx(1, abs=1e-9)
    assert np.all((alone[~np.isnan(alone)] >= 0) & (alone[~np.isnan(alone)] <= 1))


def test_too_few_or_equal_balances_have_no_differences() -> None:
    for rows in ([[0.1, 0.2], [0.3, 0.4]], [[0.5, 0.5]] * 4):
        assert np.isnan(importance(scored(*rows))[0]).all()


@pytest.mark.parametrize("seed", range(8))
def test_correlations_are_those_of_pandas(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(9, 5)) * 10.0 ** rng.integers(-3, 4, 5) + 1000
    x[rng.random(x.shape) < 0.3] = nan
    x[:, 4] = np.where(np.arange(9) % 2, 0.3, 0.1 + 0.2)  # the same but for rounding
    theirs = pd.DataFrame(x).corr(min_periods=3).to_numpy()
    ours = correlations(x)
    assert np.isnan(ours[4]).all() and np.isnan(ours[:, 4]).all()
    assert np.allclose(ours[:4, :4], theirs[:4, :4], atol=1e-7, equal_nan=True)


def test_the_strongest_pair_goes_the_same_way() -> None:
    table = correlations(np.array([[1, 3, 9.0], [2, 2, 8.0], [3, 1, 9.5], [4, 0, 12.0]]))
    assert strongest(table) == (0, 2)
    assert strongest(np.full((3, 3), nan)) is None
    assert strongest(np.ones((1, 1))) is None


def test_removal_is_the_policy_without_the_leaf_scored_anew() -> None:
    facts = branches(np.random.default_rng(4).random((7, 8)))
    scores = facts.scores
    for one in removals(scores):
        rest = scores.policy.without([scores.policy.leaves[one.leaf].path])
        anew = score(np.delete(facts.values, one.leaf, axis=1), rest).rank()
        assert np.array_equal(one.ranks, anew, equal_nan=True)
        assert np.array_equal(one.shifts, anew - scores.rank(), equal_nan=True)


def test_a_pillar_that_loses_its_only_indicator_leaves_no_rank() -> None:
    found = removals(branches(np.array([[0.9, 0.1], [0.3, 0.7]])).scores)
    assert [one.largest for one in found] == [0, 0]
    assert all(np.isnan(one.ranks).all() for one in found)
