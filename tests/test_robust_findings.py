"""Pictures of robustness: the facts of a picture, and sentences whose numbers are those of the data."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from metrics.importance import correlations, levels
from metrics.picture import Picture, picture
from metrics.policy import load
from metrics.robust_facts import FEW, MISSING, Facts
from metrics.robust_findings import (
    accepted_said,
    correlation_said,
    coverage_said,
    decides_said,
    importance_said,
    removal_said,
    silence,
    spans_said,
)
from metrics.robustness import CHOICES, Leeway
from metrics.score import score
from metrics.sobol import Parts
from metrics.words import LANGUAGES
from tests.fresh import open_copy
from tests.robustly import branches

nan = math.nan


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picture]:
    """The sample's newest picture under equal weights."""
    store = open_copy(tmp_path_factory.mktemp("sample"))
    yield picture(store.cursor(), load("equal"))
    store.close()


def test_the_status_is_that_of_the_picture(sample: Picture) -> None:
    words = {"within": 0, "below": 1, "critical": 2, "none": -1}
    status = {unit.id: words[unit.status] for unit in sample.units}
    assert levels(sample.scores).tolist() == [status[unit] for unit in sample.scored]


# Facts of a picture


def test_values_of_a_picture_score_as_the_picture_does(sample: Picture) -> None:
    facts = Facts.of(sample, "en")
    assert np.allclose(score(facts.values, facts.scores.policy).node(), facts.scores.node(), equal_nan=True)
    assert facts.scores.rank().tolist() == sorted(facts.scores.rank().tolist())


def test_what_is_kept_back_is_told_from_what_is_missing(sample: Picture) -> None:
    unit = sample.units[0]
    states = ("too_few", "none")
    lost = [replace(driver, value=None, status=now) for driver, now in zip(unit.drivers, states, strict=False)]
    units = (replace(unit, drivers=(*lost, *unit.drivers[2:])), *sample.units[1:])
    facts = Facts.of(replace(sample, units=units), "en")
    row = facts.states[facts.names.index(unit.name)]
    assert (int(np.sum(row == FEW)), int(np.sum(row == MISSING))) == (1, 1)


@pytest.mark.parametrize(("low", "high"), [(40, 60), (0, 100), (48, 52)])
def test_ranks_and_parts_of_the_sample_hold_together(sample: Picture, low: float, high: float) -> None:
    facts = Facts.of(sample, "en")
    now, best, worst = facts.ranks(low, high)
    assert np.all((best <= now) & (now <= worst))
    parts = facts.accepted(low, high)
    assert parts[:, 0].sum() == pytest.approx(1)
    assert parts[:, 1].sum() == pytest.approx(facts.scores.policy.watch)
    assert np.all((parts[:, 0] > 1e-9) <= (best == 1))


def test_survey_error_makes_no_range_narrower() -> None:
    facts = branches(np.random.default_rng(5).random((8, 6)))
    spread = (facts.scores.z - 0.1, facts.scores.z + 0.1)
    wide = replace(facts, ends=(spread[0].clip(0, 1), spread[1].clip(0, 1)))
    _, best, worst = wide.ranks(40, 60)
    _, best_all, worst_all = wide.ranks(40, 60, surveys=True)
    assert np.all(best_all <= best) and np.all(worst_all >= worst)
    assert np.any(worst_all - best_all > worst - best)


def test_coverage_counts_weight_for_units_and_units_for_indicators() -> None:
    few = np.zeros((4, 4), dtype=bool)
    few[0, 0] = few[1, 0] = True
    z = np.where(few, nan, 0.5)
    facts = branches(z, few=few)
    by_unit, by_leaf = facts.coverage()
    assert by_leaf.tolist() == [0.5, 1, 1, 1]
    assert int(np.sum(facts.states == FEW)) == 2
    assert sorted(by_unit.round(9).tolist()) == sorted((1 - facts.weights[0] * few[:, 0]).round(9).tolist())


# Sentences


def figures(text: str) -> list[float]:
    """The numbers of an English sentence, in order."""
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


@pytest.mark.parametrize("seed", range(12))
def test_every_number_of_a_sentence_is_one_of_the_data(seed: int) -> None:
    rng = np.random.default_rng(seed)
    z = np.round(rng.random((int(rng.integers(3, 41)), 8)), 2)
    z[rng.random(z.shape) < 0.08] = nan
    facts = branches(z, names=tuple(f"Branch {chr(65 + place % 26)}" * (1 + place // 26) for place in range(len(z))))
    spans = now, best, worst = facts.ranks(30, 70)
    said = figures(spans_said(facts, spans, "en", 30, 70))
    top = int(np.argmax(worst - best))
    ties = int(np.sum(worst - best == np.max(worst - best))) - 1
    moving = int(np.sum(worst > best))
    assert moving and said == [moving, facts.ranked, 30, 70, *([ties] if ties else []), best[top], worst[top]]
    shares, _ = facts.importance()
    gap = int(np.argmax(np.abs(shares - facts.weights)))
    told = figures(importance_said(facts, shares, "en"))
    assert told == [gap, *(round(100 * abs(part[gap])) for part in (facts.weights, shares)), 8]
    parts = facts.accepted(30, 70)
    always, partly = np.sum(parts[:, 2] >= 1 - 1e-9), np.sum((parts[:, 2] > 1e-9) & (parts[:, 2] < 1 - 1e-9))
    assert figures(accepted_said(facts, parts, "en", 30, 70))[-2:] == [always, partly]
    found, changed = facts.removed()
    largest = max(one.largest for one in found)
    assert figures(removal_said(facts, found, changed, "en"))[-3:] == [
        largest, sum(bool(units.any()) for units in changed), 8
    ]  # fmt: skip


def made(first: list[float], total: list[float], spread: float) -> Parts:
    """Parts with intervals of a spread around them."""
    one, all_ = np.array(first), np.array(total)
    ends = [np.column_stack([side - spread, side + spread]) for side in (one, all_)]
    return Parts(1.5, 0.2, one, all_, ends[0], ends[1], 8_000)


def test_what_decides_is_said_with_its_interval_unless_two_are_too_close() -> None:
    clear = decides_said(made([0.5, 0.1], [0.6, 0.2], 0.05), CHOICES[:2], Leeway(), "en")
    assert "the social share (40 to 60" in clear
    assert figures(clear) == [40, 60, 60, 8000, 90, 55, 65, 1.5]
    close = decides_said(made([0.5, 0.1], [0.4, 0.45], 0.05), CHOICES[:2], Leeway(), "en")
    assert close.startswith("Two are too close to call: the weights of themes")
    assert figures(close) == [25, 45, 40, 60, 40, 8000, 1.5]
    still = decides_said(made([nan, nan], [nan, nan], 0.0), CHOICES[:2], Leeway(), "en")
    assert still == "Over 8,000 runs no choice within these ranges moves any rank."


def test_an_estimate_outside_of_what_can_be_is_said_at_its_end() -> None:
    said = decides_said(made([1.02], [1.03], 0.1), CHOICES[:1], Leeway(), "en")
    assert figures(said) == [40, 60, 100, 8000, 90, 93, 100, 1.5]


def test_a_pair_that_may_count_one_fact_twice_is_named_with_those_beside_it() -> None:
    base = np.linspace(0.1, 0.9, 9)
    z = np.column_stack([base, base + 0.01 * (-1) ** np.arange(9), base[::-1], np.abs(base - 0.5)])
    facts = branches(z)
    table = correlations(facts.scores.z)
    said = correlation_said(facts, table, "en")
    assert said.startswith("Indicator 0 and Indicator 1 go together almost as one (1.00 over 9 branches)")
    assert "pair" not in said
    apart = correlation_said(facts, np.where(np.eye(4) == 1, 1.0, 0.5), "en")
    assert apart.startswith("No pair goes together so closely that it counts one fact twice")
    twice = correlation_said(facts, np.full((4, 4), 0.95), "en")
    assert twice.endswith("; 5 more pairs reach 0.9.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_states_without_a_ranking_are_said_so(language: str) -> None:
    one = branches(np.full((1, 4), 0.5))
    nothing = branches(np.full((3, 4), nan))
    no_social = branches(np.array([[0.5, 0.4, nan, nan]] * 3))
    texts = [silence(facts, language) for facts in (one, nothing, no_social, branches(np.empty((0, 4))))]
    assert all(texts)
    assert len(set(texts)) == 3  # nobody and nothing measured are the same
    assert silence(branches(np.full((2, 4), 0.5)), language) == ""
    if language == "en":
        assert texts[0] == "1 branch alone has no ranking: there is nobody to pass it."
        assert texts[2].startswith("Social health is not measured yet")


def test_coverage_is_said_for_all_for_some_and_for_what_is_kept_back() -> None:
    assert coverage_said(branches(np.full((3, 4), 0.5)), "en") == "12 of 12 figures are there: nothing is missing."
    gap = np.full((4, 4), 0.5)
    gap[:3, 0] = nan
    assert figures(coverage_said(branches(gap), "en")) == [13, 16, 1, 0, 65]
    few = np.isnan(gap)
    assert "3 are kept back for too few clients" in coverage_said(branches(gap, few=few), "en")


def test_two_branches_and_one_place() -> None:
    facts = branches(np.array([[0.9, 0.2], [0.3, 0.6]]), names=("North", "South"))
    said = spans_said(facts, facts.ranks(0, 100), "en", 0, 100)
    assert said == (
        "2 of 2 branches can change their rank at a social share from 0 to 100\u202f%, most of all North (and 1 other),"
        " from rank 1 to 2."
    )
    assert spans_said(facts, facts.ranks(0, 10), "en", 0, 10).startswith("Nothing moves: at every social share")
