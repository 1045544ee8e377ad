"""Differences of two groups: known answers from print, and what must hold for any figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.proportions import (
    benjamini_hochberg,
    holm,
    more_than_chance,
    newcombe,
    student,
    two_shares,
    welch,
)

# Newcombe (1998), table II, method 10: x of n, y of m, and the interval.
NEWCOMBE_1998 = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]
# Benjamini and Hochberg (1995), section 4: 15 chances of a trial of a treatment after heart attacks.
BENJAMINI_HOCHBERG_1995 = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip
shares, counts = st.floats(0, 1), st.integers(1, 5000)
chances = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@pytest.mark.parametrize(("x", "n", "y", "m", "low", "high"), NEWCOMBE_1998)
def test_newcombe_1998_table_2(x: int, n: int, y: int, m: int, low: float, high: float) -> None:
    found = newcombe([x / n], [n], [y / m], [m])
    assert (round(float(found[0][0]), 4), round(float(found[1][0]), 4)) == (low, high)


def test_benjamini_hochberg_1995_finds_four_of_fifteen() -> None:
    assert int((benjamini_hochberg(BENJAMINI_HOCHBERG_1995) <= 0.05).sum()) == 4


def test_holm_finds_three_of_the_same_fifteen() -> None:
    assert int((holm(BENJAMINI_HOCHBERG_1995) <= 0.05).sum()) == 3


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]).tolist() == pytest.approx([0.03, 0.06, 0.06])


def test_a_look_that_was_not_taken_does_not_count() -> None:
    assert holm([0.01, np.nan, 0.03]).tolist() == pytest.approx([0.02, np.nan, 0.03], nan_ok=True)


def test_the_tea_tasting_of_fisher_1935() -> None:
    assert more_than_chance([3, 4], 4, 4, 8).tolist() == pytest.approx([17 / 70, 1 / 70])


def test_the_score_test_is_the_square_root_of_chi_squared() -> None:
    # 56 of 70 against 48 of 80: chi-squared 7.031 without correction, chance 0.0080.
    assert float(two_shares(56 / 70, 70, 48 / 80, 80)) == pytest.approx(0.0080, abs=0.0001)


@pytest.mark.parametrize(("freedom", "quantile"), [(10, 2.2281), (30, 2.0423), (100, 1.9840)])
def test_quantiles_of_student_as_printed(freedom: int, quantile: float) -> None:
    assert float(student(freedom)) == pytest.approx(quantile, abs=0.002)


def test_welch_by_hand() -> None:
    # Means 10 and 8, variances 4 and 9, 40 each: error 0.5701, t 3.508, 67.9 degrees of freedom, chance 0.0008.
    low, high, chance = welch(10, 4, 40, 8, 9, 40)
    assert [float(low), float(high), float(chance)] == pytest.approx([0.862, 3.138, 0.0008], abs=0.001)


@given(shares, counts, shares, counts)
def test_the_interval_of_a_difference_holds_it_and_turns_with_it(p: float, n: int, q: float, m: int) -> None:
    low, high = newcombe(p, n, q, m)
    other_low, other_high = newcombe(q, m, p, n)
    assert -1 <= low <= p - q + 1e-12
    assert p - q - 1e-12 <= high <= 1
    assert [float(low), float(high)] == pytest.approx([-float(other_high), -float(other_low)])


@given(chances)
def test_a_correction_never_makes_a_chance_smaller_and_keeps_the_order(found: list[float]) -> None:
    for corrected in (holm(found), benjamini_hochberg(found)):
        assert (corrected >= np.array(found) - 1e-15).all()
        assert (np.diff(corrected[np.argsort(found, kind="stable")]) >= -1e-15).all()
    assert (holm(found) >= benjamini_hochberg(found) - 1e-15).all()


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 60))
def test_the_chances_of_all_counts_are_those_of_a_draw(part: int, rest: int, marked: int) -> None:
    marked = min(marked, part + rest)
    tails = more_than_chance(np.arange(0, min(part, marked) + 1), part, marked, part + rest)
    expected = part * marked / (part + rest)  # the mean of a count is the sum of its tails from 1 on
    assert float(tails[1:].sum()) == pytest.approx(expected)
