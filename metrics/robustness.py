"""How much the choices behind a ranking move it: many runs of the whole scoring with other choices, at once.

A run draws the social share, weights, goalposts, the kind of mean and the missing figures anew. Its outcome is the
mean of how many places the units move (Saisana, Saltelli and Tarantola 2005); `sobol` says which choice makes
that vary. Healths and draws are 0..1, shares of weight 0..100.
"""

import math
from dataclasses import dataclass

import numpy as np

from metrics import sobol
from metrics.balance import Index
from metrics.formula import Array, displayed
from metrics.policy import Policy, Tree
from metrics.sampling import latin
from metrics.score import score
from metrics.tree import Leaf

CHOICES = ("share", "themes", "indicators", "goalposts", "mean", "missing")
COUNT, DRAWN, SEED = 1_000, 2_000, 2026
NEAR_ZERO = 1e-7  # an exponent that is taken for 0: its power mean differs by less than rounding does
CELLS = 200_000  # cells scored at once: what stays in the processor's cache


@dataclass(frozen=True)
class Leeway:
    """How far each choice may move.

    Attributes:
        low: least social share.
        high: greatest social share.
        weights: part by which a weight of a theme or indicator may move up or down.
        goalposts: the same for a goalpost, as a part of the distance between worst and best.
        exponents: kinds of mean: 1 arithmetic, 0 geometric, -1 harmonic.
    """

    low: float = 40.0
    high: float = 60.0
    weights: float = 0.25
    goalposts: float = 0.10
    exponents: tuple[float, ...] = (1.0, 0.0, -1.0)


@dataclass(frozen=True, eq=False)
class Runs:
    """The scoring of some units, ready to be run many times with other choices.

    Attributes:
        policy: what is scored, with goalposts.
        tree: the policy as arrays.
        below: the cells below each node that count.
        used: places of the leaves that have weight.
        leeway: how far choices may move.
        ramps: `(2, leaves, units)` places of the values between worst (0) and best (1), not clamped; the
            second is that of a band's falling side, infinite where there is none.
        gaps: leaf and unit of each missing figure.
        kept: which of the given units have a balance and take a rank.
        ranks: their ranks as the policy stands, missing figures left out.
        columns: the columns of a table of draws that make each choice; a choice that cannot move has none.
    """

    policy: Policy
    tree: Tree
    below: list[list[int]]
    used: Index
    leeway: Leeway
    ramps: Array
    gaps: tuple[Index, Index]
    kept: Index
    ranks: Array
    columns: dict[str, Index]

    @classmethod
    def of(cls, values: Array, policy: Policy, leeway: Leeway | None = None) -> "Runs":
        """The runs of `(units, leaves)` values (NaN missing) under a policy with goalposts for every leaf."""
        leeway, scores = leeway or Leeway(), score(values, policy)
        policy = _with_both(policy)
        tree = policy.tree()
        below = _below(tree)
        kept = np.flatnonzero(~np.isnan(scores.node()))
        used = np.flatnonzero(tree.shares()[0] > 0)
        ramps = np.stack([_ramps(values[kept, place], leaf) for place, leaf in enumerate(policy.leaves)], axis=1)
        missing = np.isnan(scores.z[kept]).T
        missing[np.setdiff1d(np.arange(len(policy.leaves)), used)] = False
        leaf, unit = np.nonzero(missing)
        sizes = {
            "share": int(len(below[0]) > 1 and leeway.high > leeway.low),
            "themes": len(_moving(below, tree.count, nodes=True)),
            "indicators": len(_moving(below, tree.count, nodes=False)),
            "goalposts": 2 * len(used),
            "mean": int(any(math.isfinite(exponent) for exponent in tree.exponent)),
            "missing": len(leaf),
        }
        ends = np.cumsum([sizes[choice] for choice in CHOICES])
        columns = {choice: np.arange(end - sizes[choice], end) for choice, end in zip(CHOICES, ends, strict=True)}
        return cls(policy, tree, below, used, leeway, ramps, (leaf, unit), kept, scores.rank()[kept], columns)

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices that can move here."""
        return tuple(choice for choice in CHOICES if len(self.columns[choice]))

    def balances(self, draws: Array) -> Array:
        """Balances 0..1 of every run, `(runs, units)`.

        Args:
            draws: `(runs, columns)` on 0..1, a column for each thing that moves.
        """
        found = np.empty((len(draws), len(self.kept)))
        kinds: tuple[float | None, ...] = self.leeway.exponents
        mean = self.columns["mean"]
        kind = (draws[:, mean[0]] * len(kinds)).astype(np.intp) if len(mean) else np.zeros(len(draws), np.intp)
        size = max(1, CELLS // max(1, len(self.tree.paths) * len(self.kept)))
        # Runs with the same kind of mean go together, so that each batch has one formula.
        for place, exponent in enumerate(kinds if len(mean) else (None,)):
            rows = np.flatnonzero(kind == place)
            for start in range(0, len(rows), size):
                batch = rows[start : start + size]
                found[batch] = self._batch(draws[batch], exponent)
        return found

    def shift(self, draws: Array) -> Array:
        """How many places the units move from their present rank, on average over the units; `(runs,)`."""
        shown = displayed(100.0 * self.balances(draws), self.policy.decimals)
        return np.abs(rank_rows(shown) - self.ranks).mean(axis=1) if len(self.kept) else np.zeros(len(draws))

    def _batch(self, draws: Array, exponent: float | None) -> Array:
        tree, weights = self.tree, self._weights(draws)
        cells = np.empty((len(draws), len(tree.paths), len(self.kept)))
        cells[:, tree.count :] = self._leaves(draws)
        for node, below in reversed(list(enumerate(self.below))):
            if below:
                own = tree.exponent[node]
                used = own if exponent is None or math.isinf(own) else exponent
                parts = weights[:, below] / weights[:, below].sum(axis=1, keepdims=True)
                x = cells[:, below]
                mean = _mean(1 - x if tree.dual[node] else x, parts, used, tree.epsilon[node])
                cells[:, node] = 1 - mean if tree.dual[node] else mean
        return cells[:, 0]

    def _weights(self, draws: Array) -> Array:
        """Weights of all cells in each run, `(runs, cells)`."""
        tree, noise = self.tree, self.leeway.weights
        found = np.tile(np.array(tree.weight), (len(draws), 1))
        for choice, nodes in (("themes", True), ("indicators", False)):
            moving = _moving(self.below, tree.count, nodes)
            found[:, moving] *= 1 + noise * (2 * draws[:, self.columns[choice]] - 1)
        if len(self.columns["share"]):
            top = self.below[0]
            turned = next((cell for cell in top if tree.paths[cell] == "social"), top[-1])
            others = [cell for cell in top if cell != turned]
            low, high = self.leeway.low, self.leeway.high
            share = low + (high - low) * draws[:, self.columns["share"]]
            found[:, [turned]] = share
            nominal = np.array(tree.weight)[others]
            found[:, others] = (100.0 - share) * nominal / nominal.sum()
        return found

    def _leaves(self, draws: Array) -> Array:
        """Scores of all leaves in each run, `(runs, leaves, units)`."""
        moved = np.zeros((2, len(draws), self.ramps.shape[1], 1))
        ends = self.leeway.goalposts * (2 * draws[:, self.columns["goalposts"]] - 1)
        moved[0][:, self.used, 0], moved[1][:, self.used, 0] = np.split(ends, 2, axis=1)
        worst, width = moved[0], 1 + moved[1] - moved[0]
        found: Array = (self.ramps[0] - worst) / width
        bands = np.flatnonzero(np.isfinite(self.ramps[1]).any(axis=1))
        if len(bands):
            found[:, bands] = np.minimum(found[:, bands], (self.ramps[1][bands] - worst[:, bands]) / width[:, bands])
        np.clip(found, 0.0, 1.0, out=found)
        found[:, self.gaps[0], self.gaps[1]] = draws[:, self.columns["missing"]]
        return found


def what_decides(runs: Runs, count: int = COUNT, seed: int = SEED) -> sobol.Parts:
    """What part of the varying shift of ranks each of `runs.choices` makes; runs = count x (choices + 2)."""
    return sobol.decides(runs.shift, [runs.columns[choice] for choice in runs.choices], count, seed)


def drawn_ranks(runs: Runs, count: int = DRAWN, seed: int = SEED) -> Array:
    """The ranks that units take when every choice is drawn: 5th, 50th and 95th of 100 runs, `(units, 3)`."""
    columns = sum(len(columns) for columns in runs.columns.values())
    draws = latin(np.random.default_rng(seed), count, columns)
    ranks = rank_rows(displayed(100.0 * runs.balances(draws), runs.policy.decimals))
    found: Array = np.percentile(ranks, (5, 50, 95), axis=0, method="inverted_cdf").T
    return found


def rank_rows(shown: Array) -> Array:
    """Ranks of every row, 1 = greatest, equal figures share the least rank; none may be missing."""
    order = np.argsort(-shown, axis=1)
    figures = np.take_along_axis(shown, order, axis=1)
    same = np.zeros(shown.shape, dtype=np.bool_)
    same[:, 1:] = figures[:, 1:] == figures[:, :-1]
    places = np.maximum.accumulate(np.where(same, 0, np.arange(1, shown.shape[1] + 1)), axis=1)
    found = np.empty(shown.shape)
    np.put_along_axis(found, order, places, axis=1)
    return found


def _with_both(policy: Policy) -> Policy:
    """The policy with weight on both pillars, where it has only one: each run draws the social share anew."""
    weights = [node.weight for node in policy.nodes if node.path in ("financial", "social")]
    one_sided = len(weights) == 2 and min(weights) == 0 < max(weights)
    return policy.with_social(50.0) if one_sided else policy


def _below(tree: Tree) -> list[list[int]]:
    """The cells below each node that have weight and a leaf with weight: the others are nothing to score."""
    counts = [*(tree.shares().sum(axis=1) > 0), *(True for _ in tree.paths[tree.count :])]
    return [[cell for cell in cells if counts[cell]] for cells in tree.children()]


def _moving(below: list[list[int]], count: int, nodes: bool) -> list[int]:
    """Nodes below the first level (or leaves) that have weight and share a parent with another."""
    return [
        cell
        for node, cells in enumerate(below)
        if len(cells) > 1
        for cell in cells
        if (cell < count) == nodes and (node or not nodes)
    ]


def _ramps(values: Array, leaf: Leaf) -> Array:
    """Where values stand between worst (0) and best (1) of each side, `(2, units)`, not clamped."""
    posts = np.asarray(leaf.goalposts, dtype=np.float64)
    x = values
    if leaf.transform == "log":
        x, posts = np.log(np.where(x > 0, x, np.nan)), np.log(posts)
    rising = (x - posts[0]) / (posts[1] - posts[0])
    falling = (x - posts[3]) / (posts[2] - posts[3]) if len(posts) == 4 else np.full(len(x), np.inf)
    return np.stack([rising, falling])


def _mean(x: Array, parts: Array, exponent: float, epsilon: float) -> Array:
    """`formula.power_mean` of every run, over axis 1 of `(runs, children, units)`; nothing is missing."""
    least: Array = x.min(axis=1)
    most: Array = x.max(axis=1)
    if math.isinf(exponent):
        return least if exponent < 0 else most
    if exponent == 1:
        mean = (parts[:, None] @ x)[:, 0]
    else:
        mean = _bent_mean(epsilon + (1 - epsilon) * x, parts, exponent)
        mean = (mean - epsilon) / (1 - epsilon)
    held: Array = np.clip(mean, least, most)
    return held


def _bent_mean(lifted: Array, parts: Array, exponent: float) -> Array:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if abs(exponent) < NEAR_ZERO:
            return np.exp((parts[:, None] @ np.log(lifted))[:, 0])
        # Measured from the child that dominates, no power overflows.
        centre = lifted.min(axis=1) if exponent < 0 else lifted.max(axis=1)
        bent = (parts[:, None] @ (lifted / centre[:, None]) ** exponent)[:, 0] ** (1 / exponent)
        return np.where(centre > 0, centre * bent, 0.0)
