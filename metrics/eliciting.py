"""One question that sets the social share: which change on the social side is worth one on the financial side?

Whoever does not care between the two has told the weight: at the share s the changes of both sides balance,
(1 - s) (f(F') - f(F)) = s (f(G') - f(G)), f the power of the root's mean (trade-off weighting).
"""

from dataclasses import dataclass

import numpy as np

from metrics.formula import Array, bend, log_up, settled
from metrics.picture import Picture
from metrics.score import Scores, score
from metrics.seeking import value_at
from metrics.tree import Leaf
from metrics.whatif import steps

STEP = 0.2  # of its own health, by which the financial figure gets better
MOST = 25  # answers to choose from, about


@dataclass(frozen=True)
class Question:
    """Two figures of the whole: the financial one goes from `before` to `after`, the social one from `now` to ...

    `answers` are values of the social one, each better than now, and `shares` what each says: the social share, 0..100.
    """

    financial: str
    before: float
    after: float
    social: str
    now: float
    answers: tuple[float, ...]
    shares: tuple[float, ...]


def question(picture: Picture) -> Question | None:
    """The question on the heaviest figure of each side that can still get better; None where a side has none."""
    policy = picture.policy
    values = {driver.indicator: driver.value for driver in picture.whole.drivers if driver.value is not None}
    row = np.array([[values.get(leaf.indicator, np.nan) for leaf in policy.leaves]])
    scores = score(row, policy)
    first, second = (_heaviest(scores, pillar) for pillar in ("financial", "social"))
    if first is None or second is None or np.isnan(scores.cells[0, 0]):
        return None
    better, other = policy.leaves[first], policy.leaves[second]
    before, now = float(row[0, first]), float(row[0, second])
    after = _round(better, value_at(better, min(1.0, float(scores.z[0, first]) + STEP), before), before)
    gain = _gain(scores, row, first, after, "financial")
    gains = {float(value): _gain(scores, row, second, float(value), "social") for value in steps(other, now, MOST)}
    answers = tuple(sorted((value for value in gains if gains[value] > 0), key=lambda value: gains[value]))
    if gain <= 0 or not answers:
        return None
    shares = tuple(100.0 * gain / (gain + gains[value]) for value in answers)
    return Question(better.indicator, before, after, other.indicator, now, answers, shares)


def _heaviest(scores: Scores, pillar: str) -> int | None:
    """The leaf of a side with the most weight among those that are neither missing nor at an end."""
    shares, z = scores.tree.shares()[0], scores.z[0]
    able = [
        place
        for place, leaf in enumerate(scores.policy.leaves)
        if leaf.path.startswith(f"{pillar}/") and 0 < z[place] < 1 and len(leaf.goalposts) == 2
    ]
    return max(able, key=lambda place: float(shares[place]), default=None)


def _round(leaf: Leaf, value: float, before: float) -> float:
    """The nearest round value on the way from before."""
    near = steps(leaf, before, MOST)
    better = near[(near - before) * (leaf.goalposts[1] - leaf.goalposts[0]) > 0]
    return float(min(better, key=lambda one: abs(float(one) - value))) if len(better) else value


def _gain(scores: Scores, row: Array, place: int, value: float, pillar: str) -> float:
    """What a side adds to the sum of the root when one figure of it has another value."""
    moved = row.copy()
    moved[0, place] = value
    root = scores.policy.nodes[0]
    ends = [float(one.node(pillar)[0]) for one in (scores, score(moved, scores.policy))]
    bent = [float(bend(log_up(np.array([end]), root.epsilon), settled(root.exponent))[0]) for end in ends]
    return bent[1] - bent[0]
