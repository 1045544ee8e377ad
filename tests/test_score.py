"""The formula, the coverage rule, intervals, ranks and contributions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from metrics import policy
from metrics.errors import DefinitionError
from metrics.formula import Array, displayed, normalise, power_mean
from metrics.policy import Leaf, Node, Policy
from metrics.score import Scores, contributions, ranks, score, score_leaves

MIN, MAX = float("-inf"), float("inf")
EXPONENTS = [1.0, 0.0, -1.0, 0.5, 2.0, -3.0, 40.0, -40.0, 1e-9, MIN, MAX]


def scored(*rows: list[float], nodes: tuple[Node, ...] = (), weights: tuple[float, ...] = ()) -> Scores:
    """Scores of rows of leaf scores under one root: leaves a, b, c ..."""
    weights = weights or (1.0,) * len(rows[0])
    leaves = tuple(Leaf(chr(97 + place), weight) for place, weight in enumerate(weights))
    return score_leaves(rows, Policy("t", "t", nodes, leaves))


def root(exponent: float = 1.0, epsilon: float = 0.0, coverage: float = 0.0, dual: bool = False) -> Node:
    return Node("", 1.0, exponent, epsilon, coverage, dual)


nan = math.nan


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


@pytest.mark.parametrize(
    ("exponent", "epsilon", "vetoed"), [(0, 0, True), (-1, 0, True), (0, 0.1, False), (0.5, 0, False), (MIN, 0.1, True)]
)
def test_a_zero_vetoes_only_without_a_shift_and_below_exponent_zero(
    exponent: float, epsilon: float, vetoed: bool
) -> None:
    assert (power_mean(np.array([[0.0, 1.0]]), np.ones(2), exponent, epsilon)[0] == 0) == vetoed


def test_a_child_without_weight_counts_nowhere() -> None:
    result = scored([0.0, 0.6, nan], nodes=(root(0, 0, 1.0),), weights=(0, 1, 0))
    assert (result.node()[0], result.coverage[0, 0], result.low[0, 0]) == (pytest.approx(0.6), 1, pytest.approx(0.6))


def test_a_node_whose_children_have_no_weight_is_missing_and_open() -> None:
    result = scored([0.5, 0.5], weights=(0, 0))
    assert np.isnan(result.node()[0])
    assert (result.low[0, 0], result.high[0, 0], result.coverage[0, 0]) == (0, 1, 0)


def test_a_dual_node_runs_on_risks() -> None:
    assert scored([0.5, 0.8], nodes=(root(0, dual=True),)).node()[0] == pytest.approx(1 - math.sqrt(0.5 * 0.2))


# Missing


def test_missing_is_left_out_and_never_zero() -> None:
    assert scored([0.8, nan], nodes=(root(),)).node()[0] == 0.8


@pytest.mark.parametrize(("least", "known"), [(0.65, True), (0.7, True), (0.71, False)])
def test_a_node_needs_its_share_of_weight(least: float, known: bool) -> None:
    # 0.1 + 0.2 + 0.4 of 1 is a little less than 0.7 in binary.
    result = scored([0.5, 0.5, 0.5, nan], nodes=(root(coverage=least),), weights=(0.1, 0.2, 0.4, 0.3))
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


# Contributions


def random_policy(rng: np.random.Generator, least: float = 0) -> Policy:
    """Two levels of nodes with mixed exponents, shifts, coverages and duals; some leaves of the least weight."""

    def node(path: str) -> Node:
        epsilon, coverage = rng.choice([0, 0.01, 0.1]), rng.choice([0, 0.5])
        return Node(path, rng.random() + 0.01, rng.choice(EXPONENTS), epsilon, coverage, bool(rng.random() < 0.2))

    nodes, leaves = [Node("", 1, rng.choice(EXPONENTS), 0.1, 0.0)], []
    for a in range(rng.integers(1, 4)):
        nodes.append(node(f"n{a}"))
        for b in range(rng.integers(1, 3)):
            nodes.append(node(f"n{a}/m{b}"))
            for c in range(rng.integers(1, 4)):
                leaves.append(Leaf(f"n{a}/m{b}/l{c}", rng.choice([least, 1, 2, rng.random()]), (0, 1)))
    return Policy("t", "t", tuple(nodes), tuple(leaves))


def random_leaves(rng: np.random.Generator, units: int, mine: Policy) -> Array:
    """Leaf scores with gaps, ties and zeros."""
    z = np.round(rng.random((units, len(mine.leaves))), rng.integers(0, 4))
    z[rng.random(z.shape) < 0.2] = nan
    return z


def gap(parts: Array, change: Array) -> float:
    """How far parts are from adding up, and whether exactly the known changes have parts."""
    assert np.array_equal(np.isnan(parts.sum(axis=1)), np.isnan(change))
    return float(np.nanmax(np.abs(parts.sum(axis=1) - change), initial=0.0))


@pytest.mark.parametrize("seed", range(100))
def test_contributions_add_up_for_every_formula(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mine = random_policy(rng)
    other = mine.with_theme_weights({node.path: rng.random() + 0.1 for node in mine.nodes if node.path})
    old = score_leaves(random_leaves(rng, 20, mine), mine)
    later = np.where(rng.random(old.z.shape) < 0.5, old.z, random_leaves(rng, 20, mine))
    for new in (score_leaves(later, mine), score_leaves(later, other)):
        assert gap(contributions(new, old), new.node() - old.node()) < 1e-12
        assert gap(contributions(new), new.node()) < 1e-12


def test_contributions_under_arithmetic_means_are_weight_times_score() -> None:
    mine = Policy("t", "t", (Node("a", 3),), (Leaf("a/x", 2), Leaf("a/y", 1), Leaf("b", 1)))
    result = score_leaves([[0.2, 0.8, 0.6]], mine)
    assert contributions(result)[0] == pytest.approx([0.75 * 2 / 3 * 0.2, 0.75 / 3 * 0.8, 0.25 * 0.6])


def test_a_change_under_arithmetic_means_is_weight_times_change() -> None:
    old, new = scored([0.2, 0.8], weights=(3, 1)), scored([0.4, 0.5], weights=(3, 1))
    assert contributions(new, old)[0] == pytest.approx([0.75 * 0.2, -0.25 * 0.3])


def test_a_geometric_change_is_split_by_the_logarithmic_mean() -> None:
    old, new = scored([0.2, 0.8], nodes=(root(0),)), scored([0.4, 0.5], nodes=(root(0),))
    change = new.node()[0] - old.node()[0]
    mean = change / math.log(new.node()[0] / old.node()[0])
    assert contributions(new, old)[0] == pytest.approx([mean / 2 * math.log(2), mean / 2 * math.log(5 / 8)])


def test_a_change_of_the_weakest_link_is_due_to_the_weakest() -> None:
    old, new = scored([0.2, 0.8], nodes=(root(MIN),)), scored([0.6, 0.9], nodes=(root(MIN),))
    assert contributions(new, old)[0] == pytest.approx([0.4, 0])


def test_a_lifted_veto_is_due_to_the_child_that_was_zero() -> None:
    old, new = scored([0.0, 0.4], nodes=(root(0),)), scored([0.5, 0.8], nodes=(root(0),))
    assert contributions(new, old)[0] == pytest.approx([new.node()[0], 0])


def test_leaves_that_move_against_each_other_show_below_a_still_theme() -> None:
    mine = Policy("t", "t", (root(0), Node("a")), (Leaf("a/x"), Leaf("a/y"), Leaf("b")))
    old, new = score_leaves([[0.3, 0.5, 0.4]], mine), score_leaves([[0.5, 0.3, 0.4]], mine)
    parts = contributions(new, old)[0]
    assert parts[0] == pytest.approx(0.05, rel=1e-6)
    assert parts.tolist() == [pytest.approx(parts[0]), pytest.approx(-parts[0]), 0]


def test_a_weak_leaf_that_disappears_lifts_the_score_by_its_own_part() -> None:
    old, new = scored([0.2, 0.8], nodes=(root(),)), scored([nan, 0.8], nodes=(root(),))
    parts = contributions(new, old)[0]
    assert (parts.sum(), parts[0] > 0) == (pytest.approx(0.3), True)


def test_two_different_trees_cannot_be_compared() -> None:
    with pytest.raises(DefinitionError, match="different trees"):
        contributions(scored([0.5, 0.5], nodes=(root(0),)), scored([0.5, 0.5], nodes=(root(1),)))


# Properties

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
def test_only_proportions_of_weights_matter(
    z: Array, weights: Array, p: float, shift: float, factor: float
) -> None:
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
