"""Goalposts, the mean, the coverage rule, intervals and ranks."""

import math

import numpy as np
import pytest

from metrics import policy
from metrics.errors import DefinitionError
from metrics.formula import displayed, normalise, power_mean
from metrics.policy import Leaf, Node, Policy
from metrics.score import ranks, score, score_leaves
from tests.trees import MAX, MIN, nan, root, scored

# Goalposts


@pytest.mark.parametrize(
    ("value", "goalposts", "transform", "z"),
    [
        (5, (0, 10), "linear", 0.5),
        (0.02, (0.10, 0.0), "linear", 0.8),
        (0.30, (0.10, 0.0), "linear", 0.0),
        (-1, (0.10, 0.0), "linear", 1.0),
        (10, (1, 100), "log", 0.5),
        (math.inf, (0, 10), "linear", 1.0),
        (-math.inf, (0, 10), "linear", 0.0),
        (15, (10, 20, 30, 50), "linear", 0.5),
        (25, (10, 20, 30, 50), "linear", 1.0),
        (45, (10, 20, 30, 50), "linear", 0.25),
        (60, (10, 20, 30, 50), "linear", 0.0),
        (5, (10, 20, 20, 50), "linear", 0.0),
    ],
)
def test_a_value_stands_between_its_goalposts(
    value: float, goalposts: tuple[float, ...], transform: str, z: float
) -> None:
    assert normalise([value], goalposts, transform)[0] == pytest.approx(z, abs=1e-15)


@pytest.mark.parametrize(("value", "transform"), [(nan, "linear"), (nan, "log"), (0, "log"), (-3, "log")])
def test_a_value_that_is_missing_or_has_no_logarithm_is_missing(value: float, transform: str) -> None:
    assert np.isnan(normalise([value], (1, 10), transform)[0])


@pytest.mark.parametrize("goalposts", [(1, 1), (1,), (1, 2, 3), (1, 3, 2, 4), (1, math.inf), (0, nan)])
def test_goalposts_that_mean_nothing_are_refused(goalposts: tuple[float, ...]) -> None:
    with pytest.raises(DefinitionError):
        normalise([1.0], goalposts)


# The mean


@pytest.mark.parametrize(
    ("exponent", "epsilon", "mean"),
    [
        (1, 0.0, 0.65),
        (0, 0.0, math.sqrt(0.4 * 0.9)),
        (-1, 0.0, 2 / (1 / 0.4 + 1 / 0.9)),
        (2, 0.0, math.sqrt((0.16 + 0.81) / 2)),
        (MIN, 0.0, 0.4),
        (MAX, 0.0, 0.9),
        (0, 0.1, (math.sqrt(0.46 * 0.91) - 0.1) / 0.9),
        (1, 0.1, 0.65),
    ],
)
def test_the_mean_of_two_scores_is_the_one_of_the_textbook(exponent: float, epsilon: float, mean: float) -> None:
    found = power_mean(np.array([[0.4, 0.9]]), np.ones(2), exponent, epsilon)
    assert found[0] == pytest.approx(mean, rel=1e-14)


@pytest.mark.parametrize("exponent", [1e-3, -1e-3, 1e-12, -1e-12])
def test_an_exponent_near_zero_nears_the_geometric_mean(exponent: float) -> None:
    mean = power_mean(np.array([[0.2, 0.9]]), np.ones(2), exponent)
    assert mean[0] == pytest.approx(math.sqrt(0.2 * 0.9), abs=max(abs(exponent), 1e-14))


@pytest.mark.parametrize(("exponent", "end"), [(-2000.0, 0.2), (2000.0, 0.9)])
def test_a_large_exponent_nears_the_weakest_or_strongest_link(exponent: float, end: float) -> None:
    assert power_mean(np.array([[0.2, 0.9]]), np.ones(2), exponent, 0.0)[0] == pytest.approx(end, rel=1e-3)


def test_no_power_overflows_whatever_the_exponent() -> None:
    mean = power_mean(np.array([[0.2, 0.2, 0.9]]), np.ones(3), -500.0)
    assert mean[0] == pytest.approx(0.2 * 1.5 ** (1 / 500), rel=1e-13)


@pytest.mark.parametrize(
    ("exponent", "epsilon", "vetoed"),
    [(0, 0, True), (-1, 0, True), (0, 0.1, False), (0.5, 0, False), (MIN, 0.1, True)],
)
def test_a_zero_vetoes_only_without_a_shift_and_below_exponent_zero(
    exponent: float, epsilon: float, vetoed: bool
) -> None:
    assert (power_mean(np.array([[0.0, 1.0]]), np.ones(2), exponent, epsilon)[0] == 0) == vetoed


def test_a_child_without_weight_counts_nowhere() -> None:
    result = scored([0.0, 0.6, nan], nodes=(root(0, 0, 1.0),), weights=(0, 1, 0))
    assert (result.node()[0], result.coverage[0, 0], result.low[0, 0]) == (
        pytest.approx(0.6),
        1,
        pytest.approx(0.6),
    )


def test_a_node_whose_children_have_no_weight_is_missing_and_open() -> None:
    result = scored([0.5, 0.5], weights=(0, 0))
    assert np.isnan(result.node()[0])
    assert (result.low[0, 0], result.high[0, 0], result.coverage[0, 0]) == (0, 1, 0)


def test_a_dual_node_runs_on_risks() -> None:
    assert scored([0.5, 0.8], nodes=(root(0, dual=True),)).node()[0] == pytest.approx(1 - math.sqrt(0.5 * 0.2))


# Missing


def test_missing_is_left_out_and_never_zero() -> None:
    assert scored([0.8, nan], nodes=(root(),)).node()[0] == 0.8


@pytest.mark.parametrize(("least", "known"), [(0.65, True), (0.8, True), (0.81, False)])
def test_a_node_needs_its_share_of_weight(least: float, known: bool) -> None:
    # 0.1 + 0.7 of 0.1 + 0.7 + 0.2 is a little less than 0.8 in binary.
    result = scored([0.5, 0.5, nan], nodes=(root(coverage=least),), weights=(0.1, 0.7, 0.2))
    assert (not np.isnan(result.node()[0])) == known


def test_coverage_zero_of_nothing_is_still_missing() -> None:
    assert np.isnan(scored([nan, nan], nodes=(root(),)).node()[0])


def test_a_node_with_too_little_data_still_has_its_interval() -> None:
    result = scored([0.5, nan, nan], nodes=(root(coverage=0.65),))
    assert np.isnan(result.node()[0])
    assert (result.low[0, 0], result.high[0, 0]) == (pytest.approx(0.5 / 3), pytest.approx(2.5 / 3))


def test_coverage_is_the_share_of_leaf_weight_that_is_present() -> None:
    leaves = (Leaf("a/x", 3), Leaf("a/y", 1), Leaf("b", 1))
    result = score_leaves([[0.5, nan, 0.5]], Policy("t", "t", (Node("a", weight=2),), leaves))
    assert dict(zip(result.paths, result.coverage[0], strict=True)) == {
        "": pytest.approx(2 / 3 * 0.75 + 1 / 3),
        "a": 0.75,
        "a/x": 1,
        "a/y": 0,
        "b": 1,
    }


def test_a_child_without_enough_data_is_missing_to_its_parent() -> None:
    leaves = (Leaf("a/x"), Leaf("a/y"), Leaf("b"))
    nodes = (root(coverage=0.5), Node("a", coverage=0.65))
    result = score_leaves([[1.0, nan, 0.2]], Policy("t", "t", nodes, leaves))
    assert result.node("")[0] == 0.2
    # If all were known the root would be from 0.35 to 0.85; the interval shown holds the score as well.
    assert (result.low[0, 0], result.high[0, 0]) == (0.2, pytest.approx(0.6))


def test_a_pillar_that_is_missing_leaves_no_balance_in_a_shipped_policy() -> None:
    shipped = policy.load("equal")
    values = [0.7 if leaf.path.startswith("financial/") else nan for leaf in shipped.leaves]
    result = score_leaves([values], shipped)
    assert result.node("financial")[0] == pytest.approx(0.7)
    assert np.isnan(result.node("")[0])
    assert np.isnan(score_leaves([values], shipped.with_social(10)).node("")[0])


def test_a_pillar_that_has_no_meaning_leaves_no_balance_either() -> None:
    cut = policy.load("equal").only(["financial"])
    assert np.isnan(score_leaves([[0.7] * len(cut.leaves)], cut).node("")[0])


def test_coverage_counts_only_leaves_that_have_a_meaning() -> None:
    branch = {"par30", "renegotiated_ratio", "write_off_ratio", "borrowers_per_loan_officer"}
    shipped = policy.load("equal")
    cut = shipped.only(
        leaf.path for leaf in shipped.leaves if leaf.path.startswith("social/") or leaf.indicator in branch
    )
    result = score_leaves([[0.6] * len(cut.leaves)], cut)
    assert (result.coverage[0, 0], result.node()[0]) == (1, pytest.approx(0.6))


def test_first_look_judges_a_bare_loan_book_with_birth_dates_and_equal_does_not() -> None:
    book = {"par30": 0.0, "largest_branch_share": 0.5, "young_borrower_share": 0.7}
    balances = {}
    for name in ("first_look", "equal"):
        shipped = policy.load(name)
        balances[name] = score_leaves([[book.get(leaf.indicator, nan) for leaf in shipped.leaves]], shipped).node()[0]
    assert balances["first_look"] == pytest.approx((0.5 / 4 + 0.7) / 2)
    assert np.isnan(balances["equal"])


# Scores as a whole


def test_scores_run_from_values_to_a_table() -> None:
    mine = Policy("t", "t", (Node("", coverage=0.0),), (Leaf("a", goalposts=(0, 10)), Leaf("b", 3, goalposts=(1, 0))))
    table = score([[5, 0.25], [nan, 0.5]], mine).frame(["north", "south"])
    assert table.columns.tolist() == ["unit", "node", "score", "low", "high", "coverage", "rank"]
    assert table[table.node == ""].to_numpy().tolist() == [
        ["north", "", pytest.approx(68.75), pytest.approx(68.75), pytest.approx(68.75), 1.0, 1],
        ["south", "", pytest.approx(50), pytest.approx(37.5), pytest.approx(62.5), 0.75, 2],
    ]
    assert table[table["rank"].isna()].node.tolist() == ["a"]


def test_a_leaf_without_goalposts_is_refused() -> None:
    with pytest.raises(DefinitionError, match='node."a" has no goalposts'):
        score([[1.0]], Policy("t", "t", (), (Leaf("a"),)))


def test_a_table_of_another_width_is_refused() -> None:
    with pytest.raises(DefinitionError, match="2 columns of values for 1 leaves"):
        score([[1.0, 2.0]], Policy("t", "t", (), (Leaf("a", goalposts=(0, 1)),)))


def test_an_unknown_node_is_refused_with_the_nearest() -> None:
    with pytest.raises(DefinitionError, match='Did you mean "social"'):
        score_leaves([[0.5]], Policy("t", "t", (), (Leaf("social"),))).node("socal")


# Ranks


def test_equal_displayed_figures_share_the_least_rank_and_missing_has_none() -> None:
    found = ranks([71.4, 71.0, nan, 70.6, 90.0, 70.4], 0)
    assert found.tolist() == [2, 2, pytest.approx(nan, nan_ok=True), 2, 1, 5]


def test_halves_round_up_in_spite_of_binary_fractions() -> None:
    assert displayed([0.145, 2.675, 1.005, 0.5, -0.5], 2).tolist() == [0.15, 2.68, 1.01, 0.5, -0.5]
