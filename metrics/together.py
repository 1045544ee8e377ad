"""Goal-seek for several indicators at once: the least total effort with which they bring a node to a target.

The cheapest way up is found from the leaves to the node. The power mean of a node is a sum once its children are bent,
so that its cheapest way takes, of all small steps of its children, always the one that lifts the sum most for its
effort (marginal allocation: B. Fox, "Discrete optimization via marginal analysis", Management Science 13, 1966).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.formula import Array, bend, log_up, power_mean, settled
from metrics.score import Scores, score_leaves
from metrics.tree import Tree

STEPS = 48  # of each leaf on its way from now to its best, and again near where the target was found
WIDTHS = (1.0, 0.04, 0.002)  # how far about it is looked, closer each time
PARTS, ROUNDS = 256, 7  # the last stretch is divided by so much, so often
FLOOR, STEEP = 1e-9, 600.0  # a veto and a steep exponent stay finite
NEAR = 1e-12  # a best reach this near below the target reaches it

Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Together:
    """What several leaves would have to score, with the least total effort.

    Attributes:
        needed: `(units, leaves)` score 0..1 of each chosen leaf, in the order of the choice; NaN where the target is
            out of reach. No leaf falls: what is there already is kept, a missing leaf starts at 0.
        effort: `(units,)` sum of effort x rise over the chosen leaves; 0 where the target is there already, NaN where
            it is out of reach.
        reach: `(units,)` score 0..1 of the node with all chosen leaves at their best; NaN where it has none even then.
    """

    needed: Array
    effort: Array
    reach: Array


@dataclass(frozen=True, eq=False)
class _Way:
    """A cheapest way up: scores of a cell, the effort to there, and the scores of the chosen leaves, step by step."""

    score: Array
    effort: Array
    leaves: Array


def together(
    scores: Scores, target: float, leaves: Sequence[int], effort: Sequence[float] | None = None, path: str = ""
) -> Together:
    """The scores of several leaves at which a node reaches a target with the least total effort.

    The effort is the least one where every mean on the way is arithmetic, geometric, harmonic or any other with an
    exponent of at most 1 on healths (one of at least 1 on risks, `dual`), the weakest link included. Where an exponent
    is beyond 1 the target is hit all the same, but a choice with less effort may exist. Leaves that do not stand below
    the node, or have no weight there, are left as they are.

    Args:
        scores: of some units.
        target: score 0..1.
        leaves: the places, among the leaves, of those that may rise; each once.
        effort: of each of them, the effort of its whole way from 0 to 1, above 0; None: all alike.
        path: the node; the root without a path.

    Raises:
        DefinitionError: no such node.
    """
    tree, node = scores.tree, scores.place(path)
    chosen = np.array(leaves, dtype=np.intp)
    price = np.ones(len(chosen)) if effort is None else np.asarray(effort, dtype=np.float64)
    assert len(price) == len(chosen) == len(set(leaves)) and (price > 0).all(), "an effort above 0 for each leaf, once"
    moving = np.array([_below(tree, tree.count + leaf, node) for leaf in leaves], dtype=np.bool_)
    asked, price = chosen[moving], price[moving]
    start = scores.z.copy()
    start[:, asked] = np.nan_to_num(start[:, asked])
    now, reach = (score_leaves(z, scores.policy).cells[:, node] for z in (start, _with(start, asked, 1.0)))
    found = np.full((len(start), len(asked)), np.nan)
    held = reach >= target - NEAR
    found[held] = 1.0
    for unit in np.flatnonzero(held & (now < target) & (reach > target)):
        found[unit] = _cheapest(scores, start[unit], asked, price, target, node)
    found = np.where((held & (now >= target))[:, None], start[:, asked], found)
    needed = np.where(held[:, None], scores.z[:, chosen], np.nan)
    needed[:, moving] = found
    return Together(needed, (price * (found - start[:, asked])).sum(axis=1) + np.where(held, 0.0, np.nan), reach)


def _with(z: Array, leaves: Places, values: Array | float) -> Array:
    moved = z.copy()
    moved[:, leaves] = values
    return moved


def _below(tree: Tree, cell: int, node: int) -> bool:
    """Whether weight leads from a node down to a cell."""
    while cell != node:
        if tree.parent[cell] < 0 or tree.weight[cell] <= 0:
            return False
        cell = tree.parent[cell]
    return True


def _cheapest(scores: Scores, start: Array, asked: Places, price: Array, target: float, node: int) -> Array:
    """The scores of one unit's leaves where its cheapest way meets the target, which lies between start and best."""
    tree, first = scores.tree, start[asked]
    cells = score_leaves(start[None], scores.policy).cells[0]
    way, met = np.empty((0, len(asked))), first
    for width in WIDTHS:
        ends = [(max(z - width, low), min(z + width, 1.0)) for z, low in zip(met, first, strict=True)]
        near = [np.linspace(*end, STEPS + 1) for end in ends]
        grids = [np.union1d(np.linspace(low, 1.0, STEPS + 1), part) for low, part in zip(first, near, strict=True)]
        rising = {tree.count + int(leaf): _leaf(grids, place, price) for place, leaf in enumerate(asked)}
        up = _way(tree, cells, node, rising)
        way = np.maximum(up.leaves, first)
        place = min(int(np.searchsorted(up.score, target)), len(way) - 1)
        met = way[place]
    stretch = np.vstack([first, way[max(place - 2, 0) : place + 2], np.ones(len(asked))])
    return _met(scores, start, asked, stretch, target, node)


def _met(scores: Scores, start: Array, asked: Places, stretch: Array, target: float, node: int) -> Array:
    """Where the target is met on a way of rising leaves that starts under it and ends over it, by the formula."""
    for _ in range(ROUNDS):
        z = _with(np.repeat(start[None], len(stretch), axis=0), asked, stretch)
        over = score_leaves(z, scores.policy).cells[:, node] >= target
        over[-1] = True
        last = max(int(np.argmax(over)), 1)
        stretch = np.linspace(stretch[last - 1], stretch[last], PARTS + 1)
    met: Array = stretch[-1]
    return met


def _leaf(grids: list[Array], place: int, price: Array) -> _Way:
    """The way of a chosen leaf: straight up."""
    rise = grids[place]
    leaves = np.zeros((len(rise), len(price)))
    leaves[:, place] = rise
    return _Way(rise, price[place] * (rise - rise[0]), leaves)


def _way(tree: Tree, cells: Array, cell: int, rising: dict[int, _Way]) -> _Way:
    """The cheapest way up of a cell; a single step where nothing below it may rise."""
    if cell in rising:
        return rising[cell]
    count = next(iter(rising.values())).leaves.shape[1]
    below = [one for one in tree.children()[cell] if not np.isnan(cells[one])] if cell < tree.count else []
    ways = [_way(tree, cells, one, rising) for one in below]
    if all(len(way.score) == 1 for way in ways):
        return _Way(cells[[cell]], np.zeros(1), sum((way.leaves for way in ways), np.zeros((1, count))))
    exponent = settled(tree.exponent[cell])
    if np.isinf(exponent):
        return _weakest(ways) if (exponent < 0) != tree.dual[cell] else _strongest(ways)
    weights = np.array(tree.weight)[below]
    at = _merged([_rates(way, weight, tree, cell) for way, weight in zip(ways, weights, strict=True)])
    children = np.column_stack([way.score[steps] for way, steps in zip(ways, at, strict=True)])
    score = power_mean(children, weights, exponent, tree.epsilon[cell], tree.dual[cell])
    effort, leaves = _sums([(way.effort[steps], way.leaves[steps]) for way, steps in zip(ways, at, strict=True)])
    return _rise(score, effort, leaves)


def _rates(way: _Way, weight: float, tree: Tree, node: int) -> Array:
    """Effort of each step of a child for what it adds to the sum of its node, made to rise from step to step.

    Steps whose rate falls are taken in one go with those before, at their common rate: half of such a stretch is never
    the cheapest.
    """
    exponent, epsilon = settled(tree.exponent[node]), tree.epsilon[node]
    floor = max(np.log(FLOOR), -STEEP / max(abs(exponent), 1.0))
    logs = np.maximum(log_up(1.0 - way.score if tree.dual[node] else way.score, epsilon), floor)
    gain = np.abs(np.diff(bend(logs, exponent))) * weight
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = np.nan_to_num(np.diff(way.effort) / gain, nan=np.inf, posinf=np.inf)
        falls = rates[1:] < rates[:-1] * (1.0 - NEAR)
    return _pooled(np.diff(way.effort), gain) if falls.any() else np.maximum.accumulate(rates)


def _pooled(efforts: Array, gains: Array) -> Array:
    """Rates of steps, those that fall pooled with the steps before (pool adjacent violators)."""
    blocks: list[list[float]] = []
    for effort, gain in zip(efforts, gains, strict=True):
        blocks.append([effort, gain, 1])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] > blocks[-1][0] * blocks[-2][1]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    effort, gain, steps = np.array(blocks).reshape(-1, 3).T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.repeat(np.nan_to_num(effort / gain, nan=np.inf, posinf=np.inf), steps.astype(np.intp))


def _merged(rates: list[Array]) -> list[Places]:
    """At which step each child stands, step by step of all, the cheapest rate first."""
    child = np.repeat(np.arange(len(rates)), [len(one) for one in rates])
    order = child[np.argsort(np.concatenate(rates), kind="stable")]
    return [np.concatenate([[0], np.cumsum(order == one)]) for one in range(len(rates))]


def _weakest(ways: list[_Way]) -> _Way:
    """The way of a weakest link: all children under a level rise to it together."""
    least, most = (min(way.score[end] for way in ways) for end in (0, -1))
    levels = np.unique(np.concatenate([way.score for way in ways]))
    levels = levels[(levels >= least) & (levels <= most)]
    effort, leaves = _sums([_at(way, levels) for way in ways])
    return _rise(levels, effort, leaves)


def _strongest(ways: list[_Way]) -> _Way:
    """The way of a strongest link: the child that gets highest rises alone; of several the one with least effort."""
    best = max(ways, key=lambda way: (round(float(way.score[-1]), 9), -float(way.effort[-1])))
    least = max(float(way.score[0]) for way in ways)
    others = sum((way.leaves[:1] for way in ways if way is not best), np.zeros_like(best.leaves[:1]))
    return _rise(np.maximum(best.score, least), best.effort, best.leaves + others)


def _at(way: _Way, levels: Array) -> tuple[Array, Array]:
    """Effort and leaves of a way where its score reaches each level."""
    columns = np.column_stack([way.effort, way.leaves])
    found = np.column_stack([np.interp(levels, way.score, column) for column in columns.T])
    return found[:, 0], found[:, 1:]


def _sums(parts: list[tuple[Array, Array]]) -> tuple[Array, Array]:
    efforts, leaves = zip(*parts, strict=True)
    return np.sum(efforts, axis=0), np.sum(leaves, axis=0)


def _rise(score: Array, effort: Array, leaves: Array) -> _Way:
    """A way of rising scores; of steps with equal scores the first, which is the cheapest."""
    rising, first = np.unique(np.maximum.accumulate(score), return_index=True)
    return _Way(rising, effort[first], leaves[first])
