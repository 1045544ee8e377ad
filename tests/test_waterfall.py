"""A waterfall's steps add up to the change as shown, and its sentence says only numbers that the data give."""

import dataclasses
import math
import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest

from metrics import waterfall
from metrics.charts import waterfall as drawing
from metrics.charts.tones import LIGHT
from metrics.picture import resolved
from metrics.policy import Policy, load
from metrics.score import Scores, contributions, score
from metrics.waterfall import fall, finding, head_of
from metrics.words import LANGUAGES

TRIES = 25
PLAIN = resolved(load("equal"))
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def rounded(value: float, places: str = "0.1") -> float:
    """A figure as a reader would round it by hand."""
    return float(Decimal(repr(value + math.copysign(1e-9, value))).quantize(Decimal(places), ROUND_HALF_UP))


def random_policy(rng: np.random.Generator) -> Policy:
    """The plain policy with other weights and exponents."""
    exponents = rng.choice([1.0, 0.0, -1.0, 0.5], len(PLAIN.nodes))
    nodes = tuple(
        dataclasses.replace(node, exponent=float(p), coverage=0.3, weight=rng.random() + 0.1 if node.path else 1.0)
        for node, p in zip(PLAIN.nodes, exponents, strict=True)
    )
    leaves = tuple(dataclasses.replace(leaf, weight=rng.random() + 0.1) for leaf in PLAIN.leaves)
    return dataclasses.replace(PLAIN, nodes=nodes, leaves=leaves)


def random_scores(rng: np.random.Generator) -> Scores:
    """Two states of a unit: values inside and outside of the goalposts, some equal, some missing."""
    policy = random_policy(rng)
    posts = np.array([(min(leaf.goalposts), max(leaf.goalposts)) for leaf in policy.leaves])
    values = posts[:, 0] + (posts[:, 1] - posts[:, 0]) * rng.uniform(-0.2, 1.2, (2, len(posts)))
    values[1] = np.where(rng.random(len(posts)) < 0.3, values[0], values[1])
    values[rng.random(values.shape) < 0.1] = np.nan
    return score(values, policy)


def rows(scores: Scores, row: int) -> Scores:
    """One row of some scores."""
    return dataclasses.replace(scores, **{
        name: getattr(scores, name)[[row]] for name in ("cells", "low", "high", "coverage")
    })  # fmt: skip


def tried(seed: int) -> int:
    """Tries one random pair of states in each health and language; returns how many sentences were checked."""
    scores, count = random_scores(np.random.default_rng(seed)), 0
    for pillar in ("balance", "financial", "social"):
        now, then = (waterfall.health(rows(scores, row), pillar) for row in (0, 1))
        start, end = (100 * float(one.cells[0, 0]) for one in (then, now))
        if math.isnan(start) or math.isnan(end):
            continue
        assert end == pytest.approx(100 * float(scores.node("" if pillar == "balance" else pillar)[0]), abs=1e-9)
        parts = waterfall.between(now, then)
        assert sum(part for _, part in parts) == pytest.approx(end - start, abs=1e-9)
        found = fall(parts, start, end)
        _adds_up(found, dict(parts), start, end)
        for language in LANGUAGES:
            _says_only_what_is(language, found, dict(parts), pillar)
            count += 1
    return count


def _adds_up(found: waterfall.Fall, parts: dict[str, float], start: float, end: float) -> None:
    assert (found.start, found.end) == (rounded(start, "1"), rounded(end, "1"))
    assert sum(round(10 * step.points) for step in found.steps) == round(10 * (found.end - found.start))
    named = [step for step in found.steps if step.name in parts]
    assert all(step.points == rounded(parts[step.name]) and step.points for step in named)
    assert len(named) <= waterfall.MOST
    left_out = [abs(part) for name, part in parts.items() if name not in {step.name for step in named}]
    assert max(left_out, default=0) <= min([abs(parts[step.name]) for step in named], default=0.05) + 0.05 + 1e-9
    rounding = sum(step.points for step in found.steps if step.name == "rounding")
    assert abs(rounding) < 1.0 + 0.05 * (len(named) + 1) + 1e-9


def _says_only_what_is(language: str, found: waterfall.Fall, parts: dict[str, float], pillar: str) -> None:
    head = head_of(language, found, "Unit", pillar, since="June")
    said = finding(language, found, head, lambda name: f"<{name}>")
    named = re.findall(r"<(\w+)>", said)
    told = [float(text.replace(",", ".")) for text in NUMBER.findall(re.sub(r"<\w+>", "", said))]
    change = abs(found.end - found.start)
    assert told[0] == (change if change else found.end)
    possible = {abs(rounded(parts[name])) for name in named} | {abs(rounded(part)) for part in parts.values()}
    counts = set(range(waterfall.TOGETHER + 1, waterfall.MOST + 1))
    assert set(told[1:]) <= possible | counts
    assert {abs(rounded(parts[name])) for name in named} <= set(told[1:])
    _ties_are_told_together(named, parts, found)


def _ties_are_told_together(named: list[str], parts: dict[str, float], found: waterfall.Fall) -> None:
    steps = [step for step in found.steps if step.name in parts]
    for name in named:
        equal = [step.name for step in steps if step.points == rounded(parts[name])]
        assert set(equal) <= set(named), (name, equal, named)


@pytest.mark.parametrize("seed", range(TRIES))
def test_steps_add_up_and_sentences_say_only_what_is(seed: int) -> None:
    assert tried(seed) >= 0


def test_enough_sentences_were_tried() -> None:
    assert sum(tried(seed) for seed in range(10)) >= 30


@pytest.mark.parametrize("seed", range(10))
def test_what_is_taken_from_100_leaves_the_health(seed: int) -> None:
    scores = random_scores(np.random.default_rng(seed))
    now = rows(scores, 0)
    if np.isnan(now.cells[0, 0]):
        return
    parts = waterfall.from_all(now)
    assert 100 + sum(part for _, part in parts) == pytest.approx(100 * float(now.cells[0, 0]), abs=1e-9)
    assert max(part for _, part in parts) <= 1e-9


def test_with_arithmetic_means_a_step_is_weight_times_change() -> None:
    z = np.full((2, len(PLAIN.leaves)), 0.5)
    policy = PLAIN
    posts = [leaf.goalposts for leaf in policy.leaves]
    values = np.array([[post[0] + 0.5 * (post[1] - post[0]) for post in posts]] * 2)
    values[0, 0] = posts[0][0]
    scores = score(values, policy)
    assert scores.z[1] == pytest.approx(z[1])
    (name, points), *rest = waterfall.between(rows(scores, 0), rows(scores, 1))
    assert name == policy.leaves[0].indicator
    assert points == pytest.approx(-50 * policy.tree().shares()[0][0])
    assert all(abs(part) < 1e-12 for _, part in rest)
    assert contributions(rows(scores, 0), rows(scores, 1)).sum() == pytest.approx(points / 100)


SAID = {
    "Kolo’s balance fell 6 points since June: a cost 4 points, b cost 2.": ([("a", -4.0), ("b", -2.0)], 58.0, 52.0),
    "Kolo’s balance fell 6 points since June: a and b cost 3 points each.": ([("a", -3.0), ("b", -3.0)], 58.0, 52.0),
    "Kolo’s balance fell 5 points since June: a cost 4 points, b and c cost 1 each; d gave 1 point.": (
        [("a", -4.0), ("b", -1.0), ("c", -1.0), ("d", 1.0)], 58.0, 53.0,
    ),
    "Kolo’s balance fell 4 points since June: 4 figures cost 1 point each.": (
        [(name, -1.0) for name in "abcd"], 58.0, 54.0,
    ),
    "Kolo’s balance rose 1 point since June: a gave 1.5 points; b cost 0.5 points.": (
        [("a", 1.5), ("b", -0.5)], 58.0, 59.0,
    ),
    "Kolo’s balance is unchanged at 58 since June; no figure moved it.": ([("a", 0.0)], 58.0, 58.0),
    "Kolo’s balance is unchanged at 58 since June: a cost 1 point; b gave 0.8 points.": (
        [("a", -1.0), ("b", 0.8)], 58.1, 57.9,
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_one_and_many_ties_and_no_change_are_said_as_such(said: str) -> None:
    parts, start, end = SAID[said]
    found = fall(parts, start, end)
    head = head_of("en", found, "Kolo", "balance", since="June")
    assert finding("en", found, head, lambda name: name) == said


def test_the_finding_in_french() -> None:
    found = fall([("a", -4.0), ("b", -1.0), ("c", -1.0), ("d", 1.0)], 58.0, 53.0)
    head = head_of("fr", found, "Kolo", "balance", since="juin")
    said = finding("fr", found, head, lambda name: name)
    said = said.replace("\u202f", " ").replace("\xa0", " ")
    assert said == "Kolo, équilibre : 5 points de moins depuis juin : a −4 points, b et c −1 chacun ; d +1 point."


def test_beside_another_and_from_100_have_heads_of_their_own() -> None:
    found = fall([("a", -4.0)], 58.0, 54.0)
    assert head_of("en", found, "Kolo", "social", other="Baro") == "Kolo’s social health is 4 points below Baro’s"
    assert head_of("en", found, "Kolo", "balance") == "Kolo’s balance is 54 of 100"


def test_many_small_steps_share_one_and_are_counted() -> None:
    found = fall([(f"i{n}", -1.0 - n / 10) for n in range(12)], 80.0, 80.0 - 12 - 6.6)
    others = found.steps[-2]
    assert (others.name, others.joins, len(found.steps)) == ("others", 4, waterfall.MOST + 2)
    assert others.points == pytest.approx(-(1.0 + 1.1 + 1.2 + 1.3))


def test_the_drawing_carries_each_level_to_the_next_and_ends_where_the_health_is() -> None:
    found = fall([("par30", -4.4), ("csat", 2.1)], 60.4, 58.1)
    drawn = drawing.frame(found, "en", LIGHT, ("June", "September"), lambda step: step.name)
    assert list(drawn["x0"])[1:] == list(drawn["x1"])[:-1]
    assert (drawn["x1"].iloc[-1], drawn["text"].iloc[0], drawn["text"].iloc[1]) == (found.end, "60", "−4.4")
    assert drawn["color"].iloc[1] == LIGHT.financial and drawn["color"].iloc[2] == LIGHT.social
    assert drawing.waterfall(drawn, LIGHT).to_dict()["layer"]
