"""How much choices move a ranking: runs against the scoring itself, ranges of ranks against sweeps."""

import math

import numpy as np
import pytest

from metrics.balance import balance
from metrics.policy import Leaf, Node, Policy
from metrics.rank_range import rank_range
from metrics.robust import rank_bounds
from metrics.robustness import Leeway, Runs, drawn_ranks, rank_rows, what_decides
from metrics.score import ranks
from tests.robustly import branches, replayed, scoring

CASES = 40  # the acceptance line takes 500
KINDS = ((1.0, 0.0, -1.0), (0.5, -3.0, 0.0), (2.0,))
nan = math.nan


# Runs


def disagreement(seed: int) -> tuple[float, int]:
    """The greatest difference between five runs of a random scoring and the policy rewritten, and how many figures."""
    rng = np.random.default_rng(seed)
    values, policy = scoring(rng)
    runs = Runs.of(values, policy, Leeway(20, 70, 0.3, 0.12, KINDS[seed % 3]))
    draws = rng.random((5, sum(len(columns) for columns in runs.columns.values())))
    found = np.array([replayed(runs, values, row) for row in draws])
    assert found.shape == (5, len(runs.kept))
    return float(np.abs(runs.balances(draws) - found).max(initial=0.0)), found.size


@pytest.mark.parametrize("seed", range(CASES))
def test_a_run_is_the_policy_with_its_choices_written_in(seed: int) -> None:
    assert disagreement(seed)[0] < 1e-12


def test_rounding_never_lifts_a_mean_over_its_greatest_child() -> None:
    # Turned round at the root, a mean of ones above 1 would be a health below 0, which has no square root.
    nodes = (Node("", 1, 0.0, 0.0, 0.0, dual=True), Node("a"), Node("b"))
    leaves = tuple(Leaf(f"{node}/{place}", 0.1 + place / 7, (0, 1)) for node in "ab" for place in range(3))
    leeway = Leeway(goalposts=0.0, exponents=(0.5,))
    runs = Runs.of(np.array([[1, 1, 1, 0.2, 0.4, 0.6]]), Policy("t", "t", nodes, leaves), leeway)
    draws = np.random.default_rng(0).random((60, sum(len(columns) for columns in runs.columns.values())))
    assert not np.isnan(runs.balances(draws)).any()


def test_draws_in_the_middle_are_the_policy_as_it_stands() -> None:
    z = np.array([[0.9, 0.1, 0.4, 0.6], [0.3, 0.7, 0.2, 0.8], [0.5, 0.5, 0.9, 0.1]])
    facts = branches(z)
    runs = Runs.of(facts.values, facts.scores.policy, Leeway(40, 60, exponents=(1.0,)))
    middle = np.full((1, sum(len(columns) for columns in runs.columns.values())), 0.5)
    assert runs.balances(middle)[0] == pytest.approx(facts.scores.node())
    assert runs.shift(middle).tolist() == [0]


def test_the_shift_is_the_mean_of_the_places_moved() -> None:
    # First by 80 against 60 at a share of 0; at 100 it is 20 against 50: both move one place, the third none.
    leaves = (Leaf("financial/a", 1, (0, 1)), Leaf("social/b", 1, (0, 1)))
    policy = Policy("t", "t", (Node("", coverage=1.0), Node("financial", 100), Node("social", 0)), leaves)
    runs = Runs.of(np.array([[0.8, 0.2], [0.6, 0.5], [0.1, 0.0]]), policy, Leeway(0, 100, goalposts=0, exponents=(1,)))
    low, high = np.zeros((2, 6))
    high[runs.columns["share"]] = 1 - 1e-9
    assert runs.shift(np.array([low, high])) == pytest.approx([0, 2 / 3])


def test_what_cannot_move_is_no_choice() -> None:
    facts = branches(np.array([[0.9, 0.1], [0.3, 0.7]]))  # one indicator a side, nothing missing
    assert Runs.of(facts.values, facts.scores.policy).choices == ("share", "goalposts", "mean")
    assert "share" not in Runs.of(facts.values, facts.scores.policy, Leeway(50, 50)).choices
    z = np.full((2, 8), 0.5)
    z[0, 0] = nan
    gap = branches(z)
    assert "missing" in Runs.of(gap.values, gap.scores.policy).choices


def test_an_indicator_without_weight_moves_nothing() -> None:
    leaves = (Leaf("a", 1, (0, 1)), Leaf("b", 1, (0, 1)), Leaf("c", 0, (0, 1)))
    runs = Runs.of(np.array([[0.2, 0.4, nan], [0.3, 0.1, 0.9]]), Policy("t", "t", (), leaves))
    assert len(runs.columns["goalposts"]) == 4
    assert not len(runs.columns["missing"])


def test_units_without_a_balance_take_no_part() -> None:
    facts = branches(np.array([[0.9, nan], [0.3, 0.7], [0.5, 0.6]]))
    runs = Runs.of(facts.values, facts.scores.policy)
    assert runs.ranks.tolist() == [1, 2]


@pytest.mark.parametrize("units", [0, 1])
def test_without_two_units_nothing_varies(units: int) -> None:
    facts = branches(np.full((units, 4), 0.5))
    found = what_decides(Runs.of(facts.values, facts.scores.policy), 20)
    assert np.isnan(found.total).all()
    assert found.mean == 0


def test_a_choice_that_turns_every_rank_is_what_decides() -> None:
    # Only the share can move the ranks: goalposts stand still, one indicator a side, one kind of mean.
    facts = branches(np.array([[0.9, 0.2], [0.3, 0.8]]))
    runs = Runs.of(facts.values, facts.scores.policy, Leeway(10, 90, goalposts=0.0, exponents=(1.0,)))
    found = dict(zip(runs.choices, what_decides(runs, 400).total, strict=True))
    assert found["share"] == pytest.approx(1, abs=0.1)
    assert found["goalposts"] == found["mean"] == 0


def test_the_same_figures_come_again() -> None:
    facts = branches(np.random.default_rng(0).random((6, 8)))
    one, two = (what_decides(Runs.of(facts.values, facts.scores.policy), 50) for _ in range(2))
    assert np.array_equal(one.first_span, two.first_span)


def test_ranks_of_rows_are_those_of_the_scores() -> None:
    shown = np.round(np.random.default_rng(1).random((20, 7)) * 5)
    assert rank_rows(shown).tolist() == [ranks(row, 0).tolist() for row in shown]


def test_a_social_share_of_0_is_no_end_of_the_draws() -> None:
    facts = branches(np.array([[0.9, 0.2], [0.3, 0.8]]), social=0.0)
    runs = Runs.of(facts.values, facts.scores.policy, Leeway(80, 90, goalposts=0.0, exponents=(1.0,)))
    draws = np.zeros((1, sum(len(columns) for columns in runs.columns.values())))
    assert runs.ranks.tolist() == [1, 2]
    assert runs.balances(draws)[0] == pytest.approx([0.34, 0.7])


def test_ranks_in_most_runs_are_those_of_the_draws() -> None:
    # Turn at a share of 40; drawn over 30 to 130/3 the first leads in three runs of four.
    leaves = (Leaf("financial/a", 1, (0, 1)), Leaf("social/b", 1, (0, 1)))
    policy = Policy("t", "t", (Node("", coverage=1.0), Node("financial", 70), Node("social", 30)), leaves, decimals=6)
    values = np.array([[0.8, 0.4], [0.6, 0.7], [0.1, 0.1]])
    runs = Runs.of(values, policy, Leeway(30, 130 / 3, goalposts=0.0, exponents=(1.0,)))
    assert drawn_ranks(runs).tolist() == [[1, 1, 2], [1, 2, 2], [3, 3, 3]]


# Ranks over a range


@pytest.mark.parametrize("seed", range(CASES))
def test_the_range_of_ranks_is_what_a_sweep_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    units, exponent = int(rng.integers(1, 9)), float(rng.choice([1, 0, -1, 0.5, -8, math.inf, -math.inf]))
    lower = rng.random((2, units))
    upper = lower + (1 - lower) * rng.random((2, units)) * 0.3 * (seed % 2)
    low, high = sorted(rng.uniform(0, 100, 2))
    best, worst = rank_range((lower[0], upper[0]), (lower[1], upper[1]), low, high, exponent)
    swept = [
        rank_bounds(balance(*lower, share, exponent), balance(*upper, share, exponent))
        for share in np.linspace(low, high, 401)[1:-1]
    ]
    assert np.all(best <= np.min([ends[0] for ends in swept], axis=0))
    assert np.all(worst >= np.max([ends[1] for ends in swept], axis=0))
    if not seed % 4:  # no narrower than the sweep, and on most cases just as wide
        assert np.mean(best == np.min([ends[0] for ends in swept], axis=0)) > 0.7


def test_two_units_that_turn_within_the_range_can_have_either_rank() -> None:
    f, g = np.array([0.8, 0.6, 0.1]), np.array([0.4, 0.7, 0.1])  # turn at 40
    assert [side.tolist() for side in rank_range((f, f), (g, g), 30, 50)] == [[1, 1, 3], [2, 2, 3]]
    assert [side.tolist() for side in rank_range((f, f), (g, g), 41, 50)] == [[2, 1, 3], [2, 1, 3]]
    assert [side.tolist() for side in rank_range((f, f), (g, g), 30, 30)] == [[1, 2, 3], [1, 2, 3]]


def test_equal_units_share_the_better_rank_and_the_unknown_has_none() -> None:
    f, g = np.array([0.5, 0.5, nan, 0.2]), np.array([0.5, 0.5, 0.9, 0.2])
    best, worst = rank_range((f, f), (g, g))
    assert best[[0, 1, 3]].tolist() == worst[[0, 1, 3]].tolist() == [1, 1, 3]
    assert np.isnan(best[2]) and np.isnan(worst[2])


def test_a_unit_level_on_one_side_is_behind_by_the_other() -> None:
    f, g = np.array([0.5, 0.5]), np.array([0.2, 0.9])
    assert [side.tolist() for side in rank_range((f, f), (g, g), 10, 90)] == [[2, 1], [2, 1]]


def test_a_veto_leaves_the_weight_no_say_in_ranks() -> None:
    f, g = np.array([0.0, 0.5]), np.array([1.0, 0.2])
    best, worst = rank_range((f, f), (g, g), 1, 99, exponent=0.0, epsilon=0.0)
    assert best.tolist() == worst.tolist() == [2, 1]
