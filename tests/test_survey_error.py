"""Survey error and missing data on their way to nodes and ranks: by hand, by trying all, by drawing answers."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from metrics import units, values
from metrics.errors import DefinitionError
from metrics.formula import Array
from metrics.intervals import interval
from metrics.policy import Leaf, Node, Policy, load
from metrics.robust import rank_bounds
from metrics.score import ranks, score, score_leaves
from metrics.survey_error import halves, leaf_ends, rank_spans, score_ends, spans
from metrics.versions import completed
from tests.fresh import open_copy
from tests.trees import nan, random_leaves, random_policy, root, scored

TREES = 25  # the acceptance lines try 300
DRAWS = 2_000  # and draw 20,000 surveys
MEANS = (1.0, 0.0, -1.0)
MOST = 4  # so many missing leaves are tried together


def tried(seed: int) -> tuple[int, float]:
    """Nodes of one random tree, and how far any of its intervals falls short of trying missing values, at most.

    Each missing leaf is worst, best, and two values in between; all together, unit by unit, on every node.
    """
    rng = np.random.default_rng(seed)
    policy = random_policy(rng, least=0.5)  # a theme whose leaves have no weight stays unknown, whatever they are
    z = random_leaves(rng, 5, policy)
    for unit in z:
        unit[np.flatnonzero(np.isnan(unit))[MOST:]] = 0.5
    found, short = score_leaves(z, policy), 0.0
    bounds = rank_bounds(found.low[:, 0] - 1e-9, found.high[:, 0] + 1e-9)  # equal but for rounding is a tie
    ends = []
    for place, unit in enumerate(z):
        gaps = np.flatnonzero(np.isnan(unit))
        tries = np.array(list(product([0.0, 1.0, *rng.random(2)], repeat=len(gaps)))).reshape(4 ** len(gaps), len(gaps))
        filled = np.repeat(unit[None], len(tries), axis=0)
        filled[:, gaps] = tries
        nodes = score_leaves(filled, policy).nodes
        low, high = (side[place, : nodes.shape[1]] for side in (found.low, found.high))
        short = max(short, float(np.nanmax(low - nodes, initial=0)), float(np.nanmax(nodes - high, initial=0)))
        ends.append((nodes[:, 0].min(), nodes[:, 0].max()))
    # The ranks of every way in which all units stand at one of their ends.
    if not np.isnan(ends).any():
        orders = np.array([ranks(np.round(one, 9), 9) for one in product(*ends)])
        assert (bounds[0] <= orders.min(axis=0)).all() and (bounds[1] >= orders.max(axis=0)).all(), seed
    return found.nodes.size, short


def test_no_interval_is_narrower_than_trying_missing_values() -> None:
    counts, short = zip(*[tried(seed) for seed in range(TREES)], strict=True)
    assert sum(counts) > 10 * TREES and max(short) < 1e-12


def surveyed(exponent: float) -> Policy:
    """A tree with two shares and a mean from surveys, one of the shares better when lower, beside two known figures."""
    leaves = (
        Leaf("financial/par30", 2, (0.2, 0.0)), Leaf("financial/oss", 1, (0.8, 1.4)),
        Leaf("social/voice/nps", 1, (-0.5, 0.9)), Leaf("social/voice/problems", 1, (0.5, 0.02)),
        Leaf("social/better", 3, (0.2, 0.95)),
    )  # fmt: skip
    nodes = [Node(path, 1, exponent, 0.1, 0.0) for path in ("", "financial", "social", "social/voice")]
    return Policy("t", "t", tuple(nodes), leaves)


def covered(exponent: float, draws: int, seed: int = 1) -> float:
    """How often the 95 % interval of the root holds its true score when answers are drawn and scored anew."""
    rng, policy = np.random.default_rng(seed), surveyed(exponent)
    asked, parts = 200, np.array([0.15, 0.35, 0.5])  # detractors, passives, promoters
    truth = np.array([0.06, 1.1, parts[2] - parts[0], 0.2, 0.6])
    groups = rng.multinomial(asked, parts, draws) / asked
    nps = groups[:, 2] - groups[:, 0]
    problems, better = (rng.binomial(asked, share, draws) / asked for share in truth[3:])
    known = np.full((draws, 2), truth[:2])
    given = np.column_stack([known, nps, problems, better])
    variance = np.full(given.shape, nan)
    variance[:, 2] = groups[:, 2] + groups[:, 0] - nps**2
    low, high = interval(given, np.full(given.shape, float(asked)), variance)
    low[:, :2] = high[:, :2] = nan
    least, most = spans(score(given, policy), *score_ends(low, high, policy))
    true = score(truth[None], policy).node()[0]
    return float(np.mean((least <= true) & (true <= most)))


@pytest.mark.parametrize("exponent", MEANS)
def test_the_interval_of_a_node_holds_its_true_score_in_19_of_20_surveys(exponent: float) -> None:
    # Four standard errors of a share of so many draws, and a point for what is not straight.
    assert covered(exponent, DRAWS) == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / DRAWS) + 0.01)


def ends(*pairs: tuple[float, float]) -> tuple[Array, Array]:
    """Leaf scores at both ends of one unit."""
    low, high = np.array(pairs).T
    return low[None], high[None]


def test_by_hand() -> None:
    # Weights 3 : 1; down 0.75 x 0.04 and 0.25 x 0.16 make the root of 0.03² + 0.04².
    down, up = halves(scored([0.5, 0.6], weights=(3, 1)), *ends((0.46, 0.52), (0.44, 0.6)))
    assert (down[0], up[0]) == (pytest.approx(0.05), pytest.approx(0.015))


def test_what_is_not_from_a_sample_has_no_error_and_who_has_no_score_has_none() -> None:
    scores = scored([0.5, 0.6], [nan, nan])
    down, up = halves(scores, np.full((2, 2), nan), np.full((2, 2), nan))
    assert (down[0], up[0]) == (0, 0) and np.isnan([down[1], up[1]]).all()
    with pytest.raises(DefinitionError):
        halves(scores, scores.z, scores.z, "nowhere")


def test_missing_data_and_survey_error_are_both_in_the_span() -> None:
    scores = scored([0.5, nan], [nan, nan], nodes=(root(),))
    low, high = np.array([[0.4, nan], [nan, nan]]), np.array([[0.6, nan], [nan, nan]])
    least, most = spans(scores, low, high)
    # Missing alone gives 0.25 to 0.75. Now the survey's 0.1 counts whole, with the missing leaf there by a half.
    assert (least[0], most[0]) == (pytest.approx(0.15), pytest.approx(0.85))
    assert (least[1], most[1]) == (0, 1)


def test_a_span_never_leaves_the_scale_and_never_is_narrower_than_what_is_missing() -> None:
    rng = np.random.default_rng(2)
    for _ in range(30):
        policy = random_policy(rng)
        scores = score_leaves(random_leaves(rng, 6, policy), policy)
        low, high = np.clip(scores.z - rng.random(scores.z.shape), 0, 1), np.clip(scores.z + 0.1, 0, 1)
        for path in scores.paths[: scores.tree.count]:
            least, most = spans(scores, low, high, path)
            place = scores.place(path)
            assert (least >= 0).all() and (least <= scores.low[:, place]).all()
            assert (most <= 1).all() and (most >= scores.high[:, place]).all()


def test_where_intervals_overlap_the_ranks_are_open() -> None:
    scores = scored([0.50], [0.53], [0.80], [nan])
    low, high = scores.z - 0.02, scores.z + 0.02
    best, worst = rank_spans(scores, low, high)
    assert (best[:3].tolist(), worst[:3].tolist()) == ([2, 2, 1], [3, 3, 1])
    assert np.isnan([best[3], worst[3]]).all()
    exact = rank_spans(scores, np.full(low.shape, nan), np.full(low.shape, nan))
    assert exact[0][:3].tolist() == exact[1][:3].tolist() == [3, 2, 1]


@pytest.mark.parametrize(
    ("leaf", "value", "score"),
    [
        (Leaf("a", 1, (0, 10)), (2, 4), (0.2, 0.4)),
        (Leaf("a", 1, (10, 0)), (2, 4), (0.6, 0.8)),
        (Leaf("a", 1, (10, 0)), (-3, 4), (0.6, 1)),
        (Leaf("a", 1, (0, 4, 6, 10)), (2, 9), (0.25, 1)),
        (Leaf("a", 1, (0, 4, 6, 10)), (1, 3), (0.25, 0.75)),
        (Leaf("a", 1, (0, 4, 6, 10)), (7, 9), (0.25, 0.75)),
        (Leaf("a", 1, (1, 100), "log"), (-2, 10), (0, 0.5)),
        (Leaf("a", 1, (100, 1), "log"), (-2, 10), (0.5, 1)),
    ],
)
def test_the_ends_of_an_interval_become_the_worse_and_the_better_score(
    leaf: Leaf, value: tuple[float, float], score: tuple[float, float]
) -> None:
    policy = Policy("t", "t", (), (leaf, Leaf("b", 1, (0, 1))))
    least, most = score_ends(*ends(value, (nan, nan)), policy)
    assert (least[0, 0], most[0, 0]) == (pytest.approx(score[0]), pytest.approx(score[1]))
    assert np.isnan([least[0, 1], most[0, 1]]).all()


def test_the_samples_surveys_have_ends_about_their_scores(tmp_path: Path) -> None:
    store = open_copy(tmp_path)
    cursor = store.cursor()
    found = units.score_all(cursor, completed(cursor, load("equal")), "branch", (), values.periods(cursor)[-2:])
    store.close()
    low, high = leaf_ends(found.frame, found.rows, found.scores)
    leaves = found.scores.policy.leaves
    there = [leaf.indicator for leaf, part in zip(leaves, low.T, strict=True) if np.isfinite(part).any()]
    assert there == ["nps", "quality_of_life_improved"]
    given = found.frame.set_index(["period", "unit", "indicator"])
    column = [leaf.indicator for leaf in leaves].index("nps")
    worst, best = leaves[column].goalposts
    for row, (period, unit) in enumerate(found.rows):
        asked = given.loc[(period, unit, "nps")]
        if np.isnan(asked["low"]):
            assert np.isnan(low[row, column])
        else:
            expected = np.clip((asked[["low", "high"]].to_numpy(dtype=float) - worst) / (best - worst), 0, 1)
            assert [low[row, column], high[row, column]] == pytest.approx(expected.tolist())
            assert low[row, column] <= found.scores.z[row, column] <= high[row, column]
