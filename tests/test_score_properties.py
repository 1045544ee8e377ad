"""What holds for every tree, formula and gap."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from metrics.formula import Array, power_mean
from metrics.score import score_leaves
from tests.trees import EXPONENTS, nan, random_leaves, random_policy

seeds = st.integers(0, 10_000)
unit_scores = arrays.arrays(np.float64, (6, 4), elements=st.floats(0, 1))
weights4 = arrays.arrays(np.float64, 4, elements=st.floats(0.01, 100))
exponent = st.one_of(st.sampled_from(EXPONENTS), st.floats(-20, 20))
epsilon = st.sampled_from([0.0, 0.01, 0.1])


@given(unit_scores, weights4, exponent, epsilon, st.booleans())
def test_a_mean_stays_between_its_least_and_greatest_score(
    z: Array, weights: Array, p: float, shift: float, dual: bool
) -> None:
    mean = power_mean(z, weights, p, shift, dual)
    assert np.all((mean >= z.min(axis=1) - 1e-15) & (mean <= z.max(axis=1) + 1e-15))


@given(unit_scores, weights4, exponent, epsilon, st.booleans(), st.floats(0, 1), st.integers(0, 3))
def test_a_better_score_never_lowers_the_mean(
    z: Array, weights: Array, p: float, shift: float, dual: bool, lift: float, place: int
) -> None:
    better = z.copy()
    better[:, place] += lift * (1 - better[:, place])
    assert np.all(power_mean(better, weights, p, shift, dual) >= power_mean(z, weights, p, shift, dual) - 1e-12)


@given(unit_scores, weights4, exponent, epsilon, st.floats(1e-3, 1e3))
def test_only_proportions_of_weights_matter(z: Array, weights: Array, p: float, shift: float, factor: float) -> None:
    one, other = power_mean(z, weights, p, shift), power_mean(z, factor * weights, p, shift)
    assert one == pytest.approx(other, abs=1e-12)


@given(seeds)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mine = random_policy(rng)
    z, order = random_leaves(rng, 12, mine), rng.permutation(12)
    one, other = score_leaves(z, mine), score_leaves(z[order], mine)
    assert np.array_equal(one.cells[order], other.cells, equal_nan=True)
    assert np.array_equal(one.rank()[order], other.rank(), equal_nan=True)


@given(seeds)
def test_scores_intervals_and_coverage_stay_in_bounds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mine = random_policy(rng)
    result = score_leaves(random_leaves(rng, 12, mine), mine)
    known = ~np.isnan(result.cells)
    assert np.all((result.low >= 0) & (result.low <= result.high) & (result.high <= 1))
    assert np.all((result.low <= result.cells)[known] & (result.cells <= result.high)[known])
    assert np.all((result.coverage >= 0) & (result.coverage <= 1))


@given(seeds)
def test_every_completion_of_the_missing_leaves_lies_in_the_interval(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mine = random_policy(rng, least=0.5)
    z = random_leaves(rng, 12, mine)
    shown, filled = score_leaves(z, mine), score_leaves(np.where(np.isnan(z), rng.random(z.shape), z), mine)
    known = ~np.isnan(filled.cells)
    assert np.all((filled.cells >= shown.low - 1e-12)[known] & (filled.cells <= shown.high + 1e-12)[known])


@given(seeds)
def test_a_unit_with_everything_known_has_no_interval(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mine = random_policy(rng, least=0.5)
    result = score_leaves(rng.random((5, len(mine.leaves))), mine)
    assert np.array_equal(result.low, result.high)


@given(seeds)
def test_taking_a_value_away_never_widens_what_is_known(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mine = random_policy(rng)
    z = random_leaves(rng, 12, mine)
    less = np.where(rng.random(z.shape) < 0.3, nan, z)
    full, poor = score_leaves(z, mine), score_leaves(less, mine)
    assert np.all(poor.coverage <= full.coverage + 1e-12)
