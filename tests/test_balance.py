"""What the social share decides: flips against a brute sweep, limits crossed, ranges that hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.balance import balance, crossing, flip, flips, leader_range, safe_range, watch_range
from metrics.formula import Array

MIN, MAX = float("-inf"), float("inf")
EXPONENTS = [1.0, 0.0, -1.0, 0.5, 2.0, -3.0, 8.0, -20.0]
GRID = np.linspace(0, 100, 801)
nan = math.nan


def swept(f: float, g: float, exponent: float, epsilon: float) -> Array:
    """Balances of one unit along the grid of shares, by the textbook formula and not by ours."""
    share = GRID / 100
    up, side = epsilon + (1 - epsilon) * f, epsilon + (1 - epsilon) * g
    if exponent == 0:
        mean = up ** (1 - share) * side**share
    else:
        mean = ((1 - share) * up**exponent + share * side**exponent) ** (1 / exponent)
    return (mean - epsilon) / (1 - epsilon)


def disagreements(seed: int) -> list[str]:
    """Pairs of one random case in which formula and sweep differ, in number or place of a flip."""
    rng = np.random.default_rng(seed)
    exponent, epsilon = rng.choice(EXPONENTS), rng.choice([0.0, 0.01, 0.1])
    f, g = rng.uniform(0.02, 1, (2, rng.integers(2, 9)))
    one, other, shares = (side.tolist() for side in flips(f, g, exponent, epsilon))
    found = {(i, j): share for i, j, share in zip(one, other, shares, strict=True)}
    lines = [swept(*unit, exponent, epsilon) for unit in zip(f, g, strict=True)]
    wrong = []
    for i in range(len(f)):
        for j in range(i + 1, len(f)):
            swaps = np.flatnonzero(np.diff(np.sign(lines[i] - lines[j])))
            at = found.get((i, j), nan)
            if len(swaps) > 1 or len(swaps) != ((i, j) in found):
                wrong.append(f"{seed}: {i} {j} swaps {len(swaps)} times")
            elif len(swaps) and not GRID[swaps[0]] - 1e-9 <= at <= GRID[swaps[0] + 1] + 1e-9:
                wrong.append(f"{seed}: {i} {j} at {at}, sweep {GRID[swaps[0]]}")
    return wrong


def test_flips_by_formula_agree_with_a_sweep_in_500_random_cases() -> None:
    assert [wrong for seed in range(500) for wrong in disagreements(seed)] == []


@pytest.mark.parametrize("exponent", EXPONENTS)
def test_there_are_as_many_flips_as_discordant_pairs_whatever_the_exponent(exponent: float) -> None:
    f, g = np.random.default_rng(5).uniform(0, 1, (2, 30))
    discordant = sum((f[i] - f[j]) * (g[i] - g[j]) < 0 for i in range(30) for j in range(i))
    assert len(flips(f, g, exponent, 0.1)[0]) == discordant


def test_two_units_swap_where_the_hand_says() -> None:
    # 80 against 60 on money, 40 against 70 on mission: 80 - 40 s = 60 + 10 s at s = 0.4.
    one, other, share = flips([0.8, 0.6], [0.4, 0.7])
    assert (one.tolist(), other.tolist(), share.tolist()) == ([0], [1], [pytest.approx(40)])


def test_units_are_equal_where_they_swap() -> None:
    rng = np.random.default_rng(2)
    f, g = rng.uniform(0, 1, (2, 8))
    for i, j, share in zip(*flips(f, g, -3.0, 0.1), strict=True):
        at = balance(f, g, share, -3.0, 0.1)
        assert at[i] == pytest.approx(at[j], rel=1e-12)


@pytest.mark.parametrize(
    ("one", "other"),
    [((0.5, 0.5), (0.5, 0.5)), ((0.5, 0.4), (0.5, 0.6)), ((0.4, 0.5), (0.6, 0.5)), ((0.7, 0.8), (0.6, 0.5))],
)
def test_a_tie_on_one_side_or_a_lead_on_both_is_no_flip(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert np.isnan(flip(*one, *other)[0])


@pytest.mark.parametrize("exponent", [MIN, MAX])
def test_a_weakest_or_strongest_link_leaves_the_weight_nothing_to_decide(exponent: float) -> None:
    assert len(flips([0.8, 0.6], [0.4, 0.7], exponent)[0]) == 0


def test_a_vetoed_unit_never_swaps() -> None:
    # Without a shift a zero gives balance 0 at every share between the ends.
    assert len(flips([0.8, 0.6], [0.0, 0.7], 0.0, 0.0)[0]) == 0


def test_a_unit_without_one_health_is_left_out() -> None:
    one, other, _ = flips([0.8, nan, 0.6], [0.4, 0.5, 0.7])
    assert (one.tolist(), other.tolist()) == ([0], [2])


def test_flips_come_in_the_order_of_their_shares() -> None:
    share = flips(*np.random.default_rng(1).uniform(0, 1, (2, 20)))[2]
    assert np.all(np.diff(share) >= 0)


@pytest.mark.parametrize("decimals", [1, 2, 15])
def test_flips_at_one_share_come_in_the_order_of_their_units(decimals: int) -> None:
    f, g = np.round(np.random.default_rng(3).random((2, 150)), decimals)
    one, other, share = (side.tolist() for side in flips(f, g))
    found = list(zip(share, one, other, strict=True))
    assert found == sorted(found) and all(i < j for i, j in zip(one, other, strict=True))


@pytest.mark.parametrize("exponent", [-300.0, 300.0])
def test_exponents_too_steep_for_one_scale_still_tell_the_flips(exponent: float) -> None:
    f, g = [0.9, 0.8, 0.02, 0.01], [0.7, 0.75, 0.03, 0.04]
    one, other, share = flips(f, g, exponent, 0.0)
    assert set(zip(one.tolist(), other.tolist(), strict=True)) == {(0, 1), (2, 3)}
    expected = {(i, j): flip(f[i], g[i], f[j], g[j], exponent, 0.0)[0] for i, j in ((0, 1), (2, 3))}
    assert all(expected[i, j] == at for i, j, at in zip(one.tolist(), other.tolist(), share, strict=True))


# Limits


@pytest.mark.parametrize("exponent", EXPONENTS)
@pytest.mark.parametrize("epsilon", [0.0, 0.1])
def test_a_balance_equals_the_limit_where_it_crosses(exponent: float, epsilon: float) -> None:
    share = crossing([0.7, 0.2], [0.3, 0.9], 0.5, exponent, epsilon)
    at = [balance([f], [g], s, exponent, epsilon)[0] for f, g, s in zip([0.7, 0.2], [0.3, 0.9], share, strict=True)]
    # Where -20 weighs the worse side 1e10 times, a share is held to fewer digits than a balance.
    assert at == pytest.approx([0.5, 0.5], rel=1e-9)


@pytest.mark.parametrize(("f", "g"), [(0.7, 0.6), (0.2, 0.3), (0.5, 0.8), (nan, 0.3), (0.7, nan)])
def test_a_balance_that_stays_on_one_side_crosses_nowhere(f: float, g: float) -> None:
    assert np.isnan(crossing([f], [g], 0.5)[0])


# Balances and ranges


@pytest.mark.parametrize(("social", "expected"), [(0, 0.8), (25, 0.7), (100, 0.4)])
def test_the_ends_of_the_share_are_the_pillars_alone(social: float, expected: float) -> None:
    assert balance([0.8], [0.4], social)[0] == pytest.approx(expected)


def test_a_balance_needs_both_healths_but_at_the_ends_only_the_one_that_counts() -> None:
    known = [not np.isnan(balance([0.8], [nan], share)[0]) for share in (0, 1, 99, 100)]
    assert known == [True, False, False, False]


def test_the_leaders_range_is_where_it_stays_first() -> None:
    # Lines 80 - 40 s, 60 + 10 s and 30 + 60 s: the middle one leads from s = 0.4 to s = 0.6.
    found = leader_range([0.8, 0.6, 0.3], [0.4, 0.7, 0.9], 50)
    assert found is not None
    assert (found.units, found.low, found.high) == ((1,), pytest.approx(40), pytest.approx(60))
    assert safe_range([0.8, 0.6, 0.3], [0.4, 0.7, 0.9], 50) == (found.low, found.high)


def test_a_leader_on_both_sides_is_safe_at_every_share() -> None:
    assert safe_range([0.8, 0.6], [0.8, 0.7], 50) == (0, 100)


def test_without_a_unit_there_is_no_range() -> None:
    assert leader_range([nan], [0.5], 50) is None
    assert watch_range([nan], [0.5], 50, 3) is None
    assert all(math.isnan(end) for end in safe_range([], [], 50))


def test_a_watch_list_of_everyone_never_changes() -> None:
    found = watch_range([0.8, 0.6], [0.4, 0.7], 50, 3)
    assert found is not None
    assert (found.units, found.low, found.high) == ((0, 1), 0, 100)


def lowest(f: Array, g: Array, share: float, exponent: float, count: int) -> set[int]:
    return set(np.argsort(balance(f, g, share, exponent))[:count].tolist())


@given(st.integers(0, 10_000), st.sampled_from(EXPONENTS), st.floats(0, 100), st.integers(1, 4))
def test_the_watch_list_stays_inside_its_range_and_changes_beyond(
    seed: int, exponent: float, social: float, count: int
) -> None:
    f, g = np.random.default_rng(seed).uniform(0.02, 1, (2, 7))
    found = watch_range(f, g, social, count, exponent)
    assert found is not None
    listed = set(found.units)
    assert listed == lowest(f, g, social, exponent, count)
    inside = np.linspace(found.low, found.high, 9)[1:-1]
    assert all(lowest(f, g, share, exponent, count) == listed for share in inside)
    beyond = [share for share in (found.low - 1e-6, found.high + 1e-6) if 0 < share < 100]
    assert all(lowest(f, g, share, exponent, count) != listed for share in beyond)
