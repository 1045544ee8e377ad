"""What if: one unit with other values of some indicators, the other units as they are."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from metrics.formula import Array, displayed, normalise
from metrics.picture import Picture, Unit
from metrics.policy import Policy
from metrics.score import ranks, score_leaves
from metrics.tree import Leaf

NODES = {"financial": "financial", "social": "social", "balance": ""}


@dataclass(frozen=True)
class State:
    """A unit as it would stand: healths 0..100 (None: too little is known), status, the health that decides, rank."""

    financial: float | None
    social: float | None
    balance: float | None
    status: str
    cause: str
    rank: int | None


def tried(picture: Picture, unit: Unit, values: Mapping[str, float]) -> State:
    """How a unit would stand with these values (indicator -> value) in place of its own.

    Goalposts, weights and the other units stay; a value that is missing now counts from then on.
    """
    scores, row = picture.scores, picture.scored.index(unit.id)
    z = scores.z[[row]].copy()
    for place, leaf in enumerate(scores.policy.leaves):
        if leaf.indicator in values:
            z[0, place] = float(normalise(values[leaf.indicator], leaf.goalposts, leaf.transform))
    then = score_leaves(z, scores.policy)
    healths = {name: _known(float(100.0 * then.node(path)[0])) for name, path in NODES.items()}
    status, cause = judged(healths, scores.policy)
    balances = 100.0 * scores.cells[:, 0]
    balances[row] = 100.0 * then.cells[0, 0]
    rank = float(ranks(balances, scores.policy.decimals)[row])
    return State(**healths, status=status, cause=cause, rank=None if np.isnan(rank) else int(rank))


def judged(healths: Mapping[str, float | None], policy: Policy) -> tuple[str, str]:
    """Status of the worst health as shown, and which it is; '' where all are within limits."""
    known = {name: value for name, value in healths.items() if value is not None}
    if not known:
        return "none", ""
    cause = min(known, key=lambda name: known[name])
    shown = float(displayed(known[cause], policy.decimals))
    if shown < policy.health_critical:
        return "critical", cause
    return ("below", cause) if shown < policy.health_limit else ("within", "")


def _known(health: float) -> float | None:
    return None if np.isnan(health) else health


def steps(leaf: Leaf, value: float, many: int = 100) -> Array:
    """Values to choose from, from end to end of the goalposts (and of the value now), in round steps."""
    low, high = min(*leaf.goalposts, value), max(*leaf.goalposts, value)
    rough = (high - low) / many
    size = 10.0 ** np.floor(np.log10(rough))
    step = size * next(times for times in (1, 2, 5, 10) if size * times >= rough * (1 - 1e-9))
    first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
    found: Array = np.round(np.arange(first, last + 1) * step, 12)
    return found
