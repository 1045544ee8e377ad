"""Exact split of a change of the root's score into one part for each leaf, for every exponent."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.formula import Array, bend, log_up, settled
from metrics.tree import Tree

Flags = NDArray[np.bool_]

# Below this change of a logarithm a ratio of differences is mostly rounding: its limit, the slope, is used.
TINY = 1e-5


def split(before: Tree, after: Tree, old: Array, new: Array) -> Array:
    """Parts of the change of the root's score, `(units, leaves)`; they add up to the change.

    At a node with power mean V and powers f of its children c, f(V) is a weighted mean of the f(c), so the
    change of V is k times the sum of (weight x change of f(c)), where k is the change of V over the change
    of f(V): the logarithmic mean division index (LMDI) where the exponent is 0. What a child is due is
    passed on to its leaves by the ratio of its part to its own change. A child whose weight changes, appears
    or disappears is measured from the middle of both states of f(V).

    Args:
        before: the tree of the old scores; `after` has the same cells and formulas, perhaps other weights.
        after: the tree of the new scores.
        old: `(units, cells)` old scores 0..1, NaN = missing.
        new: the same, new.
    """
    part, mixes = _leaf_parts(after.count, old, new)
    below = [sorted({*one, *other}) for one, other in zip(before.children(), after.children(), strict=True)]
    for node, children in reversed(list(enumerate(below))):
        if not children:
            continue
        states = (_state(before, old, node, children), _state(after, new, node, children))
        flow, jump = _due(*states, after.exponent[node], after.epsilon[node])
        part[:, node] = _passed(flow, part[:, children])
        there = [state.shares > 0 for state in states]
        aside = (-jump if after.dual[node] else jump) / np.maximum(there[0].astype(float) + there[1], 1.0)
        for state, mix, present in zip(states, mixes, there, strict=True):
            part[:, node] += _passed(np.where(present, aside, 0.0), mix[:, children])
            mix[:, node] = _passed(state.shares, mix[:, children])
    unknown = np.isnan(old[:, 0]) | np.isnan(new[:, 0])
    return np.where(unknown[:, None], np.nan, part[:, 0])


def _leaf_parts(nodes: int, old: Array, new: Array) -> tuple[Array, tuple[Array, Array]]:
    """What each leaf adds to the change of each cell, and its share in each cell before and after."""
    units, cells = new.shape
    part, mix = np.zeros((units, cells, cells - nodes)), np.zeros((units, cells, cells - nodes))
    for leaf in range(cells - nodes):
        part[:, nodes + leaf, leaf] = np.nan_to_num(new[:, nodes + leaf] - old[:, nodes + leaf])
        mix[:, nodes + leaf, leaf] = 1.0
    return part, (mix, mix.copy())


def _passed(factor: Array, tables: Array) -> Array:
    passed: Array = np.einsum("uc,ucl->ul", factor, tables)
    return passed


@dataclass(frozen=True, eq=False)
class _State:
    """One state of a node: its score, its children's, and their shares of the weight present."""

    whole: Array
    x: Array
    shares: Array


def _state(tree: Tree, values: Array, node: int, children: list[int]) -> _State:
    x, whole = values[:, children], values[:, node]
    weights = np.where(np.isnan(x), 0.0, np.array(tree.weight)[children])
    total = weights.sum(axis=1, keepdims=True)
    shares = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    return _State(1.0 - whole, 1.0 - x, shares) if tree.dual[node] else _State(whole, x, shares)


def _due(old: _State, new: _State, exponent: float, epsilon: float) -> tuple[Array, Array]:
    """What a node's change takes of each child's own change (a factor), and beside it (an amount)."""
    exponent = settled(exponent)
    both = (old.shares > 0) & (new.shares > 0)
    if math.isinf(exponent):
        return _extreme(old, new, both, exponent)
    flow, jump = _smooth(old, new, both, exponent, epsilon)
    if epsilon == 0 and exponent <= 0:
        # A zero vetoes. Taken to the limit, the whole change is due to the children that were or became zero.
        veto = (old.whole == 0) | (new.whole == 0)
        limit = _limit(old, new, both, (old.shares > 0) & (old.x == 0), (new.shares > 0) & (new.x == 0))
        flow, jump = (np.where(veto[:, None], at, soft) for at, soft in zip(limit, (flow, jump), strict=True))
    return flow, jump


def _extreme(old: _State, new: _State, both: Flags, exponent: float) -> tuple[Array, Array]:
    """Weakest or strongest link: due to the child that is the extreme in the more extreme of both states."""
    reduce = np.fmin if exponent < 0 else np.fmax
    seen = [np.where(state.shares > 0, state.x, np.nan) for state in (old, new)]
    ends = [reduce.reduce(x, axis=1) for x in seen]
    reached = [x == end[:, None] for x, end in zip(seen, ends, strict=True)]
    later = ends[1] < ends[0] if exponent < 0 else ends[1] > ends[0]
    due = np.where(later[:, None], reached[1], reached[0])
    flow, jump = _limit(old, new, both, due & ~later[:, None], due & later[:, None])
    still = both & due & (old.x == new.x) & (ends[0] == ends[1])[:, None]
    share = np.where(still, old.shares, 0.0)
    return flow + share / np.maximum(share.sum(axis=1, keepdims=True), 1e-300), jump


def _limit(old: _State, new: _State, both: Flags, at_old: Flags, at_new: Flags) -> tuple[Array, Array]:
    """The whole change given to the children that stand at the limit in exactly one state, by weight."""
    due = np.where(at_old ^ at_new, np.where(at_old, old.shares, new.shares), 0.0)
    due = due / np.maximum(due.sum(axis=1, keepdims=True), 1e-300)
    amount = due * np.nan_to_num(new.whole - old.whole)[:, None]
    change = np.where(both, new.x - old.x, 1.0)
    flow = np.divide(amount, change, out=np.zeros_like(amount), where=both & (change != 0))
    return flow, np.where(both, 0.0, amount)


def _smooth(old: _State, new: _State, both: Flags, exponent: float, epsilon: float) -> tuple[Array, Array]:
    logs = [log_up(state.x, epsilon) for state in (old, new)]
    wholes = [log_up(state.whole, epsilon)[:, None] for state in (old, new)]
    # All powers are measured from the child that dominates both states, so that none overflows.
    reduce = np.fmin if exponent < 0 else np.fmax
    seen = [np.where(state.shares > 0, log, np.nan) for state, log in zip((old, new), logs, strict=True)]
    centre = reduce.reduce(np.hstack(seen), axis=1)[:, None]
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        f = [np.where(np.isnan(log), 0.0, bend(log - centre, exponent)) for log in logs]
        whole = [bend(log - centre, exponent) for log in wholes]
        middle = (whole[0] + whole[1]) / 2
        weight = (old.shares + new.shares) / 2
        plain = np.where(both, weight * (f[1] - f[0]), 0.0)
        aside = np.where(
            both,
            (new.shares - old.shares) * ((f[0] + f[1]) / 2 - middle),
            new.shares * (f[1] - middle) - old.shares * (f[0] - middle),
        )
        total = (plain + aside).sum(axis=1, keepdims=True)
        level = np.log((np.exp(wholes[0]) + np.exp(wholes[1])) / 2)
        small = np.abs(wholes[1] - wholes[0]) < TINY
        change = (new.whole - old.whole)[:, None]
        back = np.where(small, 1.0 / _slope(level, centre, exponent, epsilon), change / total)
        ratio = plain / np.where(both, new.x - old.x, np.nan)
        limit = weight * _slope((logs[0] + logs[1]) / 2, centre, exponent, epsilon)
        passed = np.where(np.abs(logs[1] - logs[0]) < TINY, limit, ratio)
        return _finite(back * np.where(both, passed, 0.0)), _finite(back * aside)


def _slope(logs: Array, centre: Array, exponent: float, epsilon: float) -> Array:
    """Derivative of the bent power by the score, at a logarithm of the shifted score."""
    steps = (exponent - 1.0) * (logs - centre) if exponent != 1 else np.zeros_like(logs)
    slope: Array = (1.0 - epsilon) * np.exp(steps - centre)
    return slope


def _finite(values: Array) -> Array:
    return np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
