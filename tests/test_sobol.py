"""What part of a variance each choice makes, against functions whose parts are known on paper."""

import numpy as np
import pytest

from metrics.sampling import crossed, latin, pair
from metrics.sobol import Parts, decides, parts

COUNT = 1_000
EACH = [np.array([0]), np.array([1]), np.array([2])]
# Ishigami and Homma 1990 with a = 7, b = 0.1: first-order and total indices in closed form.
A, B = 7.0, 0.1
VARIANCE = A**2 / 8 + B * np.pi**4 / 5 + B**2 * np.pi**8 / 18 + 0.5
BY_ITSELF = np.array([0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8, 0.0]) / VARIANCE
TOGETHER = B**2 * np.pi**8 * (1 / 18 - 1 / 50) / VARIANCE
IN_ALL = BY_ITSELF + np.array([TOGETHER, 0.0, TOGETHER])


def ishigami(draws: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * draws - 1)
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def errors(found: Parts) -> tuple[float, float]:
    """The greatest errors of the first-order and of the total indices of the Ishigami function."""
    return float(np.abs(found.first - BY_ITSELF).max()), float(np.abs(found.total - IN_ALL).max())


def covered(found: Parts) -> list[bool]:
    """Whether each interval holds the true index, first-order ones before total ones."""
    ends = np.vstack([found.first_span, found.total_span])
    true = np.concatenate([BY_ITSELF, IN_ALL])
    return [bool(low <= index <= high) for (low, high), index in zip(ends, true, strict=True)]


def test_ishigami_indices_are_those_of_the_closed_form() -> None:
    assert np.abs(BY_ITSELF - [0.3139, 0.4424, 0]).max() < 1e-4
    assert np.abs(IN_ALL - [0.5576, 0.4424, 0.2437]).max() < 1e-4
    first, total = errors(decides(ishigami, EACH, 4 * COUNT, seed=1))
    assert first < 0.04
    assert total < 0.03


def test_a_sum_has_the_squares_of_its_factors_as_parts_and_nothing_together() -> None:
    # COINr's own example: x + 2 y + 3 z, of which 1, 4 and 9 fourteenths.
    found = decides(lambda x: x @ np.array([1.0, 2.0, 3.0]), EACH, 4 * COUNT)
    assert found.first == pytest.approx(np.array([1, 4, 9]) / 14, abs=0.03)
    assert found.total == pytest.approx(np.array([1, 4, 9]) / 14, abs=0.02)
    assert found.mean == pytest.approx(3.0, abs=0.01)
    assert found.variance == pytest.approx(14 / 12, rel=0.02)


def test_what_two_choices_do_only_together_is_in_their_totals_alone() -> None:
    found = decides(lambda x: ((x[:, 0] > 0.5) != (x[:, 1] > 0.5)) * 1.0, EACH, 4 * COUNT)
    assert found.first == pytest.approx([0, 0, 0], abs=0.05)
    assert found.total == pytest.approx([1, 1, 0], abs=0.05)
    assert found.total[2] == 0


def test_columns_of_one_group_count_as_one_choice() -> None:
    found = decides(lambda x: x @ np.array([1.0, 2.0, 3.0]), [np.array([0, 2]), np.array([1])], 4 * COUNT)
    assert found.first == pytest.approx(np.array([10, 4]) / 14, abs=0.03)
    assert found.runs == 4 * COUNT * 4


def test_the_estimators_by_hand() -> None:
    # Mean 1, so -1 1 | 1 -1 | turned 1 -1: variance (4 x 1) / 3, effects 2 and 2, squares 2 and 2.
    found = parts(np.array([0.0, 2.0]), np.array([2.0, 0.0]), np.array([[2.0], [0.0]]), np.random.default_rng(0))
    assert found.variance == pytest.approx(4 / 3)
    assert (found.first[0], found.total[0]) == (pytest.approx(1.5), pytest.approx(1.5))


def test_the_estimators_are_those_that_coinr_writes_out() -> None:
    rng = np.random.default_rng(3)
    a, b, ab = rng.normal(size=50), rng.normal(size=50), rng.normal(size=(50, 4))
    middle = np.concatenate([a, b]).mean()
    a, b, ab = a - middle, b - middle, ab - middle
    variance = np.var(np.concatenate([a, b]), ddof=1)
    found = parts(a, b, ab, rng)
    for choice in range(4):
        assert found.first[choice] == pytest.approx(np.mean(b * (ab[:, choice] - a)) / variance)
        assert found.total[choice] == pytest.approx(np.sum((a - ab[:, choice]) ** 2) / (2 * 50 * variance))


def test_an_outcome_that_does_not_vary_has_no_parts() -> None:
    found = decides(lambda x: np.full(len(x), 0.3), EACH, 20)
    assert np.isnan(found.first).all() and np.isnan(found.total).all()
    assert np.isnan(found.total_span).all()
    assert (found.mean, found.variance) == (pytest.approx(0.3), pytest.approx(0))


def test_without_a_choice_there_is_nothing_to_tell() -> None:
    found = decides(lambda x: np.zeros(len(x)), [], 10)
    assert (len(found.first), found.first_span.shape, found.runs) == (0, (0, 2), 20)


def test_the_same_seed_gives_the_same_figures() -> None:
    one, same, other = (decides(ishigami, EACH, 200, seed) for seed in (5, 5, 6))
    assert np.array_equal(one.total, same.total) and np.array_equal(one.total_span, same.total_span)
    assert not np.array_equal(one.total, other.total)


def test_intervals_hold_their_estimate_and_shrink_with_more_runs() -> None:
    few, many = (decides(ishigami, EACH, count, seed=2) for count in (250, 4_000))
    for found in (few, many):
        assert np.all(found.total_span[:, 0] <= found.total + 1e-12)
        assert np.all(found.total <= found.total_span[:, 1] + 1e-12)
    wide = [np.ptp(found.first_span, axis=1).mean() for found in (few, many)]
    assert 2.5 < wide[0] / wide[1] < 6.5  # sixteen times the runs: a quarter of the width


def test_draws_fill_every_step_of_every_column_once() -> None:
    draws = latin(np.random.default_rng(0), 50, 3)
    assert np.array_equal(np.sort((draws * 50).astype(int), axis=0), np.tile(np.arange(50)[:, None], (1, 3)))


def test_a_crossed_table_has_one_choice_from_the_second_and_leaves_the_first_as_it_is() -> None:
    a, b = pair(np.random.default_rng(0), 10, 3)
    before = a.copy()
    (table,) = crossed(a, b, [np.array([2, 0])])
    assert np.array_equal(table[:, [0, 2]], b[:, [0, 2]])
    assert np.array_equal(table[:, 1], a[:, 1])
    assert np.array_equal(a, before)
