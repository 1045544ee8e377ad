"""What the weight decides, in the browser against Python: on random trees with gaps and survey intervals."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from playwright.sync_api import Browser

from metrics import balance, closeness, robust
from metrics.policy import Leaf, Node, Policy
from metrics.score import Scores, score_leaves
from metrics.survey_error import halves
from tests.live import data
from tests.live.serve import serving
from tests.prove.js_equals_python import held, opened

LINE = (
    "JavaScript against Python on 500 random cases: flips, limits crossed, safe ranges of leader and watch list, "
    "intervals, classes, places decided, parts of a range of weights: <= 1e-9"
)
EXPONENTS = (float("-inf"), -8.0, -1.0, -0.5, 0.0, 1e-7, 0.3, 1.0, 1.0, 1.0, 2.0, 6.0, float("inf"))
PLACES, RANGE, SIDES = 3, (40.0, 60.0), ("financial", "social")
IN_BROWSER = """cases => cases.map(given => {
  const model = component.makeModel(given), view = component.viewAt(model, given.social);
  const classes = component.classesAt(model, view), parts = component.partsOf(model, 40, 60);
  const { list, decided, close, tied } = component.verdictAt(model, given.social);
  return {
    flips: model.crossings.map(({ i, j, share }) => [i, j, share]),
    safe: component.safeRange(model, view), watch: component.watchRange(model, view),
    limits: given.units.map((_, u) => component.limitCrossings(model, u).map(({ level, share }) => [level, share])),
    intervals: given.units.map((_, u) => component.intervalOf(model, u, given.social, view.value[u])),
    classes: [classes.settled, classes.decided, classes.close], list, decided, close, tied,
    parts: parts.map(part => [part.first, part.watch, part.red]),
  };
})"""


def policy(rng: np.random.Generator) -> Policy:
    """Two pillars of one to four themes, each of one to four leaves, with every kind of exponent."""
    paths = [f"{side}/t{k}" for side in ("financial", "social") for k in range(rng.integers(1, 5))]
    nodes = tuple(
        Node(path, float(rng.uniform(0.1, 4.0)) if path else 1.0, float(rng.choice(EXPONENTS)),
             float(rng.choice([0.01, 0.1, 0.5])), 0.0)
        for path in ("", "financial", "social", *paths)
    )  # fmt: skip
    leaves = tuple(
        Leaf(f"{path}/l{k}", float(rng.uniform(0.1, 4.0)), (0.0, 1.0))
        for path in paths
        for k in range(rng.integers(1, 5))
    )
    return Policy("random", "random", nodes, leaves)


def case(rng: np.random.Generator) -> tuple[dict[str, Any], Scores, np.ndarray, np.ndarray]:
    """A case as the component gets it, and its scores with both ends of their leaves (NaN: no interval)."""
    made, units = policy(rng), int(rng.integers(4, 10))
    z = rng.random((units, len(made.leaves)))
    gaps = rng.random(z.shape) < rng.choice([0.0, 0.15])
    for side in SIDES:  # a pillar without a leaf has no health, and the unit no place
        own = [k for k, leaf in enumerate(made.leaves) if leaf.path.startswith(side)]
        gaps[:, own[0]] = False
    z[gaps] = np.nan
    half = np.where(rng.random(z.shape) < rng.choice([0.0, 0.5]), rng.uniform(0, 0.1, z.shape), np.nan)
    low, high = np.maximum(z - half, 0.0), np.minimum(z + 1.5 * half, 1.0)
    words = {float("-inf"): "min", float("inf"): "max"}
    rows = [
        {"id": str(u), "name": str(u), "leaves": [None if np.isnan(v) else float(v) for v in z[u]],
         "spans": [[int(k), float(low[u, k]), float(high[u, k])] for k in np.flatnonzero(~np.isnan(low[u] + high[u]))]}
        for u in range(units)
    ]  # fmt: skip
    share = float(np.round(rng.uniform(1, 99)))
    given = {
        **data.common("en"), "units": rows, "social": share, "board": share, "watch": PLACES, "words": {},
        "nodes": [{"path": n.path, "weight": n.weight, "exponent": words.get(n.exponent, n.exponent), "title": n.path,
                   "epsilon": n.epsilon, "coverage": n.coverage, "dual": n.dual} for n in made.nodes],
        "leaves": [{"path": leaf.path, "weight": leaf.weight, "title": leaf.path} for leaf in made.leaves],
    }  # fmt: skip
    return given, score_leaves(z, made), low, high


def cases(count: int, seed: int = 6) -> Iterator[tuple[dict[str, Any], Scores, np.ndarray, np.ndarray]]:
    """Random cases."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield case(rng)


def in_python(given: dict[str, Any], scores: Scores, low: np.ndarray, high: np.ndarray) -> dict[str, Any]:
    """What Python says of a case, by the names of `IN_BROWSER`."""
    root, share = scores.policy.nodes[0], given["social"]
    how = (root.exponent, root.epsilon)
    f, g = (scores.node(side) for side in SIDES)
    ways = zip(*(halves(scores, low, high, side) for side in SIDES), strict=True)
    bounds = (tuple(side[:, scores.place(name)] for name in SIDES) for side in (scores.low, scores.high))
    ends = closeness.intervals(share, (f, g), *bounds, *ways, *how)
    one, other, at = balance.flips(f, g, *how)
    first, watched = balance.leader_range(f, g, share, *how), balance.watch_range(f, g, share, PLACES, *how)
    said = closeness.watch(f, g, *ends, share, PLACES, *how)
    kinds = closeness.classes(f, g, *ends, *how)[np.triu_indices(len(f), 1)]
    limits = {name: closeness.shown_limit(given[key]) for name, key in (("below", "limit"), ("critical", "critical"))}
    crossed = [(name, balance.crossing(f, g, limit, *how)) for name, limit in limits.items()]
    table = robust.acceptability(f, g, *RANGE, *how)
    red = robust.below(f, g, limits["critical"], *RANGE, *how)
    assert first and watched
    return {
        "flips": [[int(a), int(b), s] for a, b, s in zip(one, other, at, strict=True)],
        "safe": [first.low, first.high], "watch": [watched.low, watched.high],
        "limits": [sorted(([name, s[u]] for name, s in crossed if not np.isnan(s[u])), key=lambda pair: pair[1])
                   for u in range(len(f))],
        "intervals": np.column_stack(ends).tolist(),
        "classes": [int((kinds == kind).sum()) for kind in range(3)],
        "list": [*said.units], "decided": said.decided, "close": said.close, "tied": said.tied and [*said.tied],
        "parts": np.column_stack([table[:, 0], table[:, -PLACES:].sum(axis=1), red]).tolist(),
    }  # fmt: skip


def difference(theirs: Any, ours: Any) -> float:
    """The greatest difference of two figures, lists or dicts; infinite where they are not of one shape."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and theirs.keys() == ours.keys():
        return max(difference(theirs[key], ours[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list) and len(theirs) == len(ours):
        return max((difference(*pair) for pair in zip(theirs, ours, strict=True)), default=0.0)
    if isinstance(ours, float) and isinstance(theirs, (int, float)):
        return abs(theirs - ours)
    return 0.0 if type(theirs) is type(ours) and theirs == ours else float("inf")


def compare(browser: Browser, count: int) -> dict[str, Any]:
    """Asks both sides for `count` cases; what was compared and the greatest difference."""
    made = list(cases(count))
    with serving(data.reference()) as harness:
        page = opened(browser, harness.address)
        found = page.evaluate(IN_BROWSER, json.loads(json.dumps([given for given, *_ in made])))
        page.close()
    gaps = [difference(theirs, in_python(*ours)) for theirs, ours in zip(found, made, strict=True)]
    counts = np.sum([theirs["classes"] for theirs in found], axis=0)
    return {
        "cases": count, "flips": sum(len(theirs["flips"]) for theirs in found),
        "pairs settled, decided, too close": ", ".join(str(int(n)) for n in counts),
        "places decided": sum(theirs["decided"] for theirs in found), "greatest difference": max(gaps),
    }  # fmt: skip


def run(count: int = 500) -> dict[str, object]:
    """The figures of the line."""
    return held(compare, count)
