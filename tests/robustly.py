"""Random scorings, and facts of made-up branches, to try robustness on."""

import math
from dataclasses import replace

import numpy as np

from metrics.formula import Array
from metrics.policy import Leaf, Node, Policy
from metrics.robust_facts import FEW, MISSING, PRESENT, Facts
from metrics.robustness import Leeway, Runs
from metrics.score import normalise, score, score_leaves
from tests.trees import random_policy

POSTS = ((0.0, 1.0), (10.0, -4.0), (0.0, 2.0, 3.0, 7.0), (2.0, 50.0))
THEMES = ("financial/quality", "financial/costs", "social/protection", "social/welfare")


def scoring(rng: np.random.Generator) -> tuple[Array, Policy]:
    """Values with gaps of a few units, and a policy with every kind of goalposts, mean and node."""
    mine = random_policy(rng)
    leaves = []
    for leaf in mine.leaves:
        posts = POSTS[rng.integers(len(POSTS))]
        log = posts[0] > 0 and bool(rng.random() < 0.5) and min(posts) > 0
        leaves.append(replace(leaf, goalposts=posts, transform="log" if log else "linear"))
    values = rng.uniform(-1, 12, (int(rng.integers(1, 7)), len(leaves)))
    values[rng.random(values.shape) < 0.15] = math.nan
    return values, replace(mine, leaves=tuple(leaves))


def replayed(runs: Runs, values: Array, draws: Array) -> Array:
    """The balances of one run, found by writing its choices into the policy and scoring that."""
    columns, leeway, tree = runs.columns, runs.leeway, runs.tree
    weights = dict(zip(tree.paths, tree.weight, strict=True))
    counts = [*(tree.shares().sum(axis=1) > 0), *[True] * len(runs.policy.leaves)]
    below = [[tree.paths[cell] for cell in cells if counts[cell]] for cells in tree.children()]
    for choice, nodes in (("themes", True), ("indicators", False)):
        moving = [
            path
            for node, paths in enumerate(below)
            for path in paths
            if len(paths) > 1 and (tree.paths.index(path) < tree.count) == nodes and (node > 0 or not nodes)
        ]
        for path, u in zip(moving, draws[columns[choice]], strict=True):
            weights[path] *= 1 + leeway.weights * (2 * u - 1)
    if len(columns["share"]):
        turned = "social" if "social" in below[0] else below[0][-1]
        share = leeway.low + (leeway.high - leeway.low) * draws[columns["share"][0]]
        rest = sum(weights[path] for path in below[0] if path != turned)
        for path in below[0]:
            weights[path] = share if path == turned else (100 - share) * weights[path] / rest
    kind = draws[columns["mean"]]
    exponent = leeway.exponents[int(kind[0] * len(leeway.exponents))] if len(kind) else None
    nodes = tuple(
        replace(node, weight=weights[node.path] if node.path else 1.0, coverage=0.0,
                exponent=node.exponent if exponent is None or math.isinf(node.exponent) else exponent)
        for node in runs.policy.nodes
    )  # fmt: skip
    used = [place for place, part in enumerate(tree.shares()[0]) if part > 0]
    ends = leeway.goalposts * (2 * draws[columns["goalposts"]] - 1)
    z = np.full((len(runs.kept), len(runs.policy.leaves)), math.nan)
    for at, place in enumerate(used):
        leaf, (worst, best) = runs.policy.leaves[place], (ends[at], ends[len(used) + at])
        z[:, place] = normalise(values[runs.kept, place], _moved(leaf, worst, best), leaf.transform)
    z[runs.gaps[1], runs.gaps[0]] = draws[columns["missing"]]
    leaves = tuple(replace(leaf, weight=weights[leaf.path]) for leaf in runs.policy.leaves)
    return score_leaves(z, replace(runs.policy, nodes=nodes, leaves=leaves)).node()


def _moved(leaf: Leaf, worst: float, best: float) -> tuple[float, ...]:
    """Goalposts with the worst and the best moved by parts of their distance, on the transform's own scale."""
    posts = np.log(leaf.goalposts) if leaf.transform == "log" else np.array(leaf.goalposts)
    sides = [posts[:2], posts[:1:-1]] if len(posts) == 4 else [posts]
    moved = [(side[0] + worst * (side[1] - side[0]), side[1] + best * (side[1] - side[0])) for side in sides]
    found = [*moved[0], *(moved[1][::-1] if len(moved) > 1 else ())]
    return tuple(float(post) for post in (np.exp(found) if leaf.transform == "log" else found))


def branches(z: Array, names: tuple[str, ...] = (), few: Array | None = None, social: float = 50.0) -> Facts:
    """Facts of branches with leaf scores `(branches, leaves)` (NaN missing), the first half financial."""
    half = (z.shape[1] + 1) // 2
    paths = [f"{THEMES[place % 2 + (2 if place >= half else 0)]}/i{place}" for place in range(z.shape[1])]
    leaves = tuple(Leaf(path, 1.0 + place % 3, (0.0, 1.0)) for place, path in enumerate(paths))
    nodes = (Node("", coverage=1.0), Node("financial", 100 - social), Node("social", social))
    policy = Policy("t", "t", nodes, leaves, decimals=0)
    found = score(z, policy)
    order = np.argsort(np.where(np.isnan(found.node()), np.inf, -found.node()), kind="stable")
    states = np.where(np.isnan(z), MISSING, PRESENT) if few is None else np.where(few, FEW, PRESENT)
    nothing = np.full(z.shape, math.nan)
    there = [pillar for pillar in ("financial", "social") if np.any(~np.isnan(found.node(pillar)))]
    titles = tuple(f"Indicator {place}" for place in range(z.shape[1]))
    return Facts(
        by="branch", names=tuple((names or [f"B{unit}" for unit in range(len(z))])[unit] for unit in order),
        titles=titles, shorts=titles, scores=score(z[order], policy), values=z[order],
        states=states[order].astype(float), ends=(nothing, nothing), ranked=int(np.sum(~np.isnan(found.node()))),
        whole="both" if len(there) == 2 else there[0] if there else "none",
    )  # fmt: skip


__all__ = ["Leeway", "branches", "replayed", "scoring"]
