"""What it takes and what the weight means: what is called enough is enough, and the sentences say the same numbers."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from metrics import exchange, phrases, targets
from metrics.catalogue import indicators
from metrics.formula import normalise
from metrics.picture import Picture, Unit, at_rows, picture
from metrics.policy import load
from metrics.score import score_leaves
from metrics.store import Store
from metrics.targets import NODES, Goal, Way, Ways
from metrics.tree import Leaf
from metrics.whatif import State
from metrics.words import LANGUAGES
from tests.fresh import sample
from tests.pictures import unit

Reached = list[tuple[Unit, Goal, Ways, tuple[float, ...]]]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picture]:
    """The sample's picture."""
    data: Path = tmp_path_factory.mktemp("targets")
    sample(data)
    store = Store.open(data, "sample")
    yield picture(store.cursor(), load("equal"))
    store.close()


@pytest.fixture(scope="module")
def reached(shown: Picture) -> Reached:
    """Every goal of every unit, and typed ones near and far, with what was found."""
    found: Reached = []
    for one in shown.units:
        typed = [Goal("typed", "balance", 62.0), Goal("typed", "social", 70.0), Goal("typed", "financial", 95.0)]
        for goal in (*targets.goals(shown, one), *typed):
            ways = targets.to_reach(shown, one, goal)
            assert ways is not None
            both = targets.shared(shown, one, goal, ways.ways[:2]) if len(ways.ways) > 1 else ()
            found.append((one, goal, ways, both))
    return found


def health_with(shown: Picture, one: Unit, values: dict[str, float], health: str) -> float:
    """A unit's health, computed anew with other values."""
    scores = at_rows(shown.scores, [shown.scored.index(one.id)])
    z = scores.z.copy()
    for place, leaf in enumerate(scores.policy.leaves):
        if leaf.indicator in values:
            z[0, place] = normalise(values[leaf.indicator], leaf.goalposts, leaf.transform)
    return 100 * float(score_leaves(z, scores.policy).node(NODES[health])[0])


def test_each_way_reaches_its_target_and_no_other_does(shown: Picture, reached: Reached) -> None:
    tried = 0
    for one, goal, found, _ in reached:
        for way in found.ways:
            then = health_with(shown, one, {way.indicator: way.after}, goal.health)
            assert then == pytest.approx(goal.target, abs=1e-6)
        for indicator, _, best, reach in found.short:
            assert health_with(shown, one, {indicator: best}, goal.health) == pytest.approx(reach, abs=1e-6)
            assert reach < goal.target
        tried += len(found.ways) + len(found.short)
    assert tried > 150


def test_two_ways_together_go_the_same_share_and_reach_the_target(shown: Picture, reached: Reached) -> None:
    tried = 0
    for one, goal, found, both in reached:
        pairs = list(zip(found.ways, both, strict=False))
        if not pairs:
            continue
        values = {way.indicator: value for way, value in pairs}
        assert health_with(shown, one, values, goal.health) == pytest.approx(goal.target, abs=1e-6)
        gone = [(value - way.before) / (way.after - way.before) for way, value in pairs]
        bands = [len(indicators()[way.indicator].goalposts) == 4 for way, _ in pairs]
        assert any(bands) or gone[0] == pytest.approx(gone[1], abs=1e-6)
        tried += 1
    assert tried > 5


def test_goals_are_the_limits_of_the_health_furthest_below_and_one_of_ones_own(shown: Picture) -> None:
    policy = shown.scores.policy
    for one in shown.units:
        found = {goal.name: goal for goal in targets.goals(shown, one)}
        wanted = {"critical": {"red", "amber", "typed"}, "below": {"amber", "typed"}}.get(one.status, {"typed"})
        assert set(found) == wanted
        assert {goal.health for name, goal in found.items() if name != "typed"} <= {one.cause}
        assert "red" not in found or found["red"].target == policy.health_critical
        assert "amber" not in found or found["amber"].target == policy.health_limit


def test_without_a_balance_one_aims_at_the_health_that_is_known(shown: Picture) -> None:
    assert targets.goals(shown, unit("A", 60.0, None))[-1].health == "financial"
    assert targets.goals(shown, unit("A", None, None)) == ()


# --- sentences

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_takes_says_the_values_that_were_found(reached: Reached, language: str) -> None:
    told = 0
    for one, goal, found, both in reached:
        said = phrases.takes(language, goal, one, found, both, lambda name: f"<{name}>", "XOF")
        ends = [(way.indicator, end) for way in found.ways[:2] for end in (way.before, way.after)]
        ends += [(way.indicator, end) for way, end in zip(found.ways, both, strict=False)]
        texts = [phrases.value_text(language, indicator, end, "XOF") for indicator, end in ends]
        if found.ways:
            head = [f"{goal.target:.0f}"] if goal.name == "typed" else []
            numbers = [number for text in texts for number in NUMBER.findall(text)]
            assert NUMBER.findall(re.sub(r"<\w+>", "", said)) == head + numbers
            told += 1
    assert told > 10


WAYS = (Way("par30", 0.072, 0.049, 9.0), Way("retention_rate", 0.71, 0.78, 12.0))
AMBER = Goal("amber", "social", 50.0)


def takes(found: Ways, *both: float, goal: Goal = AMBER, language: str = "en") -> str:
    """The sentence with plain spaces."""
    said = phrases.takes(language, goal, unit("Kolo", 60.0, 40.0), found, both, str.upper, "XOF")
    return said.replace("\u202f", " ").replace("\xa0", " ")


def test_none_one_and_two_ways_are_said() -> None:
    two = Ways("social", 50.0, WAYS, ("par30", 60.0))
    assert takes(two, 0.061, 0.74) == (
        "To leave amber: PAR30 7.2 % → 4.9 % or RETENTION_RATE 71 % → 78 %; both: 6.1 % and 74 %."
    )
    assert takes(replace(two, ways=WAYS[:1])) == "To leave amber: PAR30 7.2 % → 4.9 %."
    none = replace(two, ways=(), furthest=("par30", 44.4))
    assert takes(none) == "To leave amber, no single figure is enough. PAR30 at its best brings social health to 44."
    assert takes(replace(none, furthest=None)) == "To leave amber, nothing is measured that could bring it about."
    there = Goal("typed", "financial", 55.0)
    assert takes(none, goal=there) == "To reach a financial health of 55, nothing is needed: financial health is 60."
    assert takes(two, 0.061, 0.74, language="fr").startswith("Pour quitter l’orange : PAR30 7,2 % → 4,9 % ou ")


def test_healths_that_stay_under_the_limit_are_named() -> None:
    then = State(34.4, 50.0, 42.2, "critical", "financial", 3)
    assert phrases.still("en", AMBER, then) == "That alone leaves financial health (34) and balance (42) under 50."
    assert phrases.still("fr", AMBER, replace(then, financial=60.0)) == "Cela seul laisse équilibre (42) sous 50."
    assert phrases.still("en", AMBER, replace(then, financial=None, balance=49.6)) == ""
    assert phrases.still("en", Goal("typed", "social", 50.0), then) == ""


# --- what the weight means


def test_a_rate_is_the_slope_of_the_balance(shown: Picture) -> None:
    tried = 0
    for one in shown.units:
        scores = at_rows(shown.scores, [shown.scored.index(one.id)])
        own = {driver.indicator: driver.value for driver in one.drivers}
        values = np.array([[own[leaf.indicator] for leaf in scores.policy.leaves]], dtype=float)
        for leaf, rate in zip(scores.policy.leaves, exchange.rates(scores, values)[0], strict=True):
            z, value = normalise(own[leaf.indicator], leaf.goalposts, leaf.transform), own[leaf.indicator] or 0.0
            step = 1e-6 * max(abs(value), 1e-3)
            slope = [health_with(shown, one, {leaf.indicator: value + side * step}, "balance") for side in (-1, 1)]
            if 0 < z < 1:
                assert rate == pytest.approx((slope[1] - slope[0]) / (200 * step), rel=1e-4)
                tried += 1
            else:
                assert np.isnan(rate)
    assert tried > 80


@pytest.mark.parametrize("value", [0.15, 0.16, 0.0, -0.1, math.nan])
def test_at_the_ends_of_the_goalposts_a_rate_is_silent(value: float) -> None:
    assert math.isnan(exchange._steepness(Leaf("a", 1.0, (0.15, 0.0)), value))


def test_one_point_is_worth_what_keeps_the_balance(shown: Picture) -> None:
    told = 0
    for one in shown.units:
        found = phrases.rates(shown, one)
        if found is None:
            continue
        own = {driver.indicator: driver.value or 0.0 for driver in one.drivers}
        scale = 1e-3  # a small part of a point: at the goalposts' ends a whole one would be cut
        for name, size in found[1]:
            assert size >= 1
            first = health_with(shown, one, {found[0]: own[found[0]] + 0.01 * scale}, "balance")
            other = health_with(shown, one, {name: own[name] + size * 0.01 * scale}, "balance")
            assert abs(first - (one.balance or 0)) == pytest.approx(abs(other - (one.balance or 0)), rel=1e-3)
            told += 1
    assert told > 10


def test_the_rate_in_words() -> None:
    found = ("par30", (("retention_rate", 2.43), ("csat", 1.0)))
    said = phrases.rate("en", found, str.upper)
    assert said == "At this weight, 1 point of PAR30 is worth 2.4 points of RETENTION_RATE or 1 point of CSAT."
    assert phrases.rate("fr", found, str.upper).endswith("vaut 2,4 points de RETENTION_RATE ou 1 point de CSAT.")
