"""Settled, decided by the weight, or too close to call; and what that makes of the watch list."""

import numpy as np
import pytest

from metrics.balance import balance, flips
from metrics.closeness import CLOSE, DECIDED, SETTLED, classes, intervals, overlaps, rates, shown_limit, watch
from metrics.formula import displayed
from tests.live.data import REFERENCE

F, G = (np.array([pair[side] for pair in REFERENCE.values()]) / 100 for side in (0, 1))
NAMES = list(REFERENCE)
NONE = np.zeros(len(F))
SHARES = np.linspace(0, 100, 1001)[:-1] + 0.0137  # never a crossing itself


def exact(f: np.ndarray, g: np.ndarray, share: float, exponent: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Intervals without width."""
    value = balance(f, g, share, exponent)
    return value.copy(), value


def test_the_reference_screen_has_one_place_that_the_weight_decides() -> None:
    found = watch(F, G, *exact(F, G, 40), 40, 3)
    assert [NAMES[unit] for unit in found.units] == ["Doukoro", "Tensa", "Kolo"]
    assert (found.decided, found.close, found.tied) == (1, 0, None)


def test_a_swap_with_a_unit_too_close_to_call_is_not_credited_to_the_weight() -> None:
    # The second leaves the list at 38 %, by a swap with the third.
    f, g = np.array([0.20, 0.63, 0.42, 0.90]), np.array([0.20, 0.23, 0.58, 0.90])
    low, high = exact(f, g, 40)
    assert watch(f, g, low, high, 40, 2).decided == 1
    low[2] -= 0.03
    found = watch(f, g, low, high, 40, 2)
    assert (found.units, found.decided, found.close) == ((0, 1), 0, 1)


def test_the_same_balance_as_displayed_is_a_tie_for_the_last_place() -> None:
    f, g = np.array([0.20, 0.401, 0.404, 0.80]), np.array([0.20, 0.401, 0.404, 0.80])
    assert watch(f, g, *exact(f, g, 50), 50, 2).tied == (1, 2)
    assert watch(f, g, *exact(f, g, 50), 50, 2, decimals=1).tied is None


@pytest.mark.parametrize("exponent", [1.0, 0.0, -1.0, 3.0, float("-inf")])
def test_without_widths_the_places_decided_are_those_that_a_sweep_over_all_shares_finds(exponent: float) -> None:
    rng = np.random.default_rng(3)
    for _ in range(12):
        f, g = rng.random((2, 9))
        lists = [set(np.argsort(balance(f, g, share, exponent))[:3]) for share in SHARES]
        share = float(rng.uniform(1, 99))
        found = watch(f, g, *exact(f, g, share, exponent), share, 3, exponent)
        assert found.decided == sum(any(unit not in other for other in lists) for unit in found.units)


def test_every_pair_has_one_class_and_only_pairs_that_swap_are_decided() -> None:
    kinds = classes(F, G, *exact(F, G, 45))
    above = kinds[np.triu_indices(len(F), 1)]
    assert set(above) == {SETTLED, DECIDED}
    assert (above == DECIDED).sum() == len(flips(F, G)[0])
    assert np.array_equal(kinds, kinds.T)
    assert set(np.diagonal(kinds)) == {-1}


def test_points_that_meet_are_no_overlap_but_an_interval_that_reaches_a_point_is() -> None:
    assert not overlaps([0.4, 0.4], [0.4, 0.4]).any()
    assert overlaps([0.4, 0.3], [0.4, 0.4])[0, 1]
    assert not overlaps([0.41, 0.3], [0.41, 0.4]).any()
    assert classes([0.4, 0.4], [0.4, 0.4], [0.4, 0.3], [0.4, 0.4])[0, 1] == CLOSE


@pytest.mark.parametrize("exponent", [1.0, 0.0, -1.0, 2.5])
def test_rates_are_the_slopes_of_the_balance(exponent: float) -> None:
    step = 1e-6
    for share in (0.0, 30.0, 100.0):
        by_f, by_g = rates(F, G, share, exponent)
        rise = (balance(F + step, G, share, exponent) - balance(F - step, G, share, exponent)) / (2 * step)
        other = (balance(F, G + step, share, exponent) - balance(F, G - step, share, exponent)) / (2 * step)
        assert np.allclose([by_f, by_g], [rise, other], atol=1e-6)


def test_the_interval_holds_nineteen_of_twenty_samples() -> None:
    rng = np.random.default_rng(5)
    half_f, half_g = 0.04, 0.02
    low, high = intervals(35.0, (F, G), (F, G), (F, G), (NONE + half_f, NONE + half_g), (NONE + half_f, NONE + half_g))
    noise = rng.normal(0, 1 / 1.959964, (2, 20_000, len(F)))
    drawn = 0.65 * (F + half_f * noise[0]) + 0.35 * (G + half_g * noise[1])
    inside = ((drawn >= low) & (drawn <= high)).mean()
    assert abs(inside - 0.95) < 0.005


def test_missing_data_and_survey_error_add_up_and_stay_on_the_scale() -> None:
    low, high = intervals(50.0, ([0.5], [0.5]), ([0.4], [0.5]), ([0.6], [0.5]), ([0.1], [0.0]), ([0.2], [0.0]))
    assert np.allclose([low[0], high[0]], [0.40, 0.65])
    low, high = intervals(50.0, ([0.02], [0.02]), ([0.0], [0.0]), ([1.0], [1.0]), ([0.5], [0.5]), ([0.5], [0.5]))
    assert (low[0], high[0]) == (0.0, 1.0)


def test_colours_go_by_what_is_displayed() -> None:
    for decimals in (0, 1):
        least = shown_limit(50, decimals)
        assert displayed(100 * least, decimals) == 50
        assert displayed(100 * (least - 1e-6), decimals) < 50
