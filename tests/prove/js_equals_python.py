"""Scores in the browser against scores in Python, on random trees with gaps and every kind of exponent."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page

from metrics.policy import Leaf, Node, Policy
from metrics.score import Scores, score_leaves
from tests.browser.window import browsing
from tests.live import data
from tests.live.serve import serving

LINE = "JavaScript against Python, 500 random trees with gaps, all exponents, run in Chromium: <= 1e-9"
MOST = 1e-9
EXPONENTS = (float("-inf"), -25.0, -4.0, -1.0, -0.5, -1e-7, 0.0, 1e-7, 0.3, 1.0, 1.0, 2.0, 9.0, float("inf"))
UNITS = 6
IN_BROWSER = "cases => cases.map(({tree, units}) => units.map(z => component.scoreTree(tree, z)))"


def policy(rng: np.random.Generator) -> Policy:
    """A random tree: two to four nodes of the first level, some with nodes of their own, 1 to 5 leaves each."""
    paths = [""]
    for first in range(rng.integers(2, 5)):
        paths.append(f"n{first}")
        paths += [f"n{first}/m{second}" for second in range(rng.integers(0, 4))]
    ends = [path for path in paths if path and not any(other.startswith(f"{path}/") for other in paths)]
    nodes = tuple(
        Node(path, weight(rng) if path else 1.0, float(rng.choice(EXPONENTS)), float(rng.choice([0.0, 0.01, 0.1, 0.5])),
             float(rng.choice([0.0, 0.5, 0.65, 1.0])), bool(rng.random() < 0.2))
        for path in paths
    )  # fmt: skip
    leaves = tuple(
        Leaf(f"{path}/leaf{k}", weight(rng), (0.0, 1.0)) for path in ends for k in range(rng.integers(1, 6))
    )
    return Policy("random", "random", nodes, leaves)


def weight(rng: np.random.Generator) -> float:
    """A weight, now and then 0."""
    return 0.0 if rng.random() < 0.08 else float(rng.uniform(0.05, 4.0))


def values(rng: np.random.Generator, leaves: int) -> np.ndarray:
    """Leaf scores with both ends and gaps among them, `(UNITS, leaves)`."""
    z = rng.random((UNITS, leaves))
    z = np.where(rng.random(z.shape) < 0.08, np.round(z), z)
    return np.where(rng.random(z.shape) < rng.choice([0.0, 0.15, 0.5]), np.nan, z)


def as_data(given: Policy) -> dict[str, Any]:
    """A tree as the component gets it; JSON has no infinity."""
    words = {float("-inf"): "min", float("inf"): "max"}
    nodes = [
        {"path": n.path, "weight": n.weight, "exponent": words.get(n.exponent, n.exponent),
         "epsilon": n.epsilon, "coverage": n.coverage, "dual": n.dual}
        for n in given.nodes
    ]  # fmt: skip
    return {"nodes": nodes, "leaves": [{"path": leaf.path, "weight": leaf.weight} for leaf in given.leaves]}


def cases(count: int, seed: int = 500) -> Iterator[tuple[dict[str, Any], Scores]]:
    """Trees as the browser gets them, with their scores in Python."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        made = policy(rng)
        z = values(rng, len(made.leaves))
        units = [[None if np.isnan(v) else float(v) for v in row] for row in z]
        yield {"tree": as_data(made), "units": units}, score_leaves(z, made)


def difference(found: list[dict[str, Any]], scores: Scores) -> float:
    """The greatest difference over all units, nodes and readings of a tree; infinite where one side has none."""
    count = scores.tree.count
    most = 0.0
    readings = {"value": scores.cells, "low": scores.low, "high": scores.high, "coverage": scores.coverage}
    for key, ours in readings.items():
        theirs = np.array([unit[key] for unit in found], dtype=np.float64)
        if not np.array_equal(np.isnan(theirs), np.isnan(ours[:, :count])):
            return float("inf")
        gap = np.abs(theirs - ours[:, :count])
        most = max(most, float(np.nanmax(gap, initial=0.0)))
    return most


def opened(browser: Browser, address: str) -> Page:
    """The harness page with the component on it."""
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    return page


def compare(browser: Browser, count: int) -> dict[str, float]:
    """Scores `count` trees on both sides and returns what was compared and the greatest difference."""
    made = list(cases(count))
    with serving(data.reference()) as harness:
        page = opened(browser, harness.address)
        found = page.evaluate(IN_BROWSER, json.loads(json.dumps([case for case, _ in made])))
        page.close()
    gaps = [difference(tree, scores) for tree, (_, scores) in zip(found, made, strict=True)]
    figures = sum(scores.nodes.size * 4 for _, scores in made)
    return {"trees": count, "figures": figures, "greatest difference": max(gaps)}


def held(comparing: Callable[[Browser, int], dict[str, Any]], count: int) -> dict[str, object]:
    """The figures of a comparison in a browser of its own.

    Raises:
        AssertionError: a figure differs by more than 1e-9.
    """
    with browsing() as browser:
        figures = comparing(browser, count)
    assert figures["greatest difference"] <= MOST, figures
    return {**figures, "greatest difference": f"{figures['greatest difference']:.1e}"}


def run(count: int = 500) -> dict[str, object]:
    """The figures of the line."""
    return held(compare, count)
