"""A difference of two healths as steps: how many points each indicator took or gave, and the finding in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from metrics.figures import points as points_text
from metrics.formula import Array, displayed
from metrics.score import Scores, contributions, score_leaves
from metrics.words import number, say

MOST = 8  # indicators with a step of their own; the others share one
TOGETHER = 3  # indicators of equal points that a sentence names; more are counted
ALL = 100.0


@dataclass(frozen=True)
class Step:
    """One step: what it is (an indicator's id, 'others' or 'rounding'), its points as shown, how many it joins."""

    name: str
    points: float
    joins: int = 1


@dataclass(frozen=True)
class Fall:
    """From one health as shown to another as shown; the points of `steps`, as shown, add up to the difference."""

    start: float
    end: float
    steps: tuple[Step, ...]

    @property
    def change(self) -> float:
        """The difference as shown."""
        return round(self.end - self.start, 6) + 0.0


def fall(parts: Sequence[tuple[str, float]], start: float, end: float, decimals: int = 0) -> Fall:
    """Steps from one health to another, the largest in the direction of the change first.

    Each step is rounded by itself, to one decimal (or to `decimals` where that is more). What is left of the
    difference as shown, because both healths are rounded too, is a step named 'rounding'.

    Args:
        parts: indicator and its points, which add up to `end - start`.
        start: 0..100.
        end: 0..100.
        decimals: of healths as shown.
    """
    fine = max(1, decimals)
    shown = [float(displayed(health, decimals)) for health in (start, end)]
    change = round(shown[1] - shown[0], fine)
    moved = sorted((part for part in parts if abs(part[1]) > 1e-9), key=lambda part: -abs(part[1]))
    own = [(name, value) for name, value in moved[:MOST] if _rounded(value, fine)]
    rest = [value for _, value in moved[len(own) :]]
    down = change < 0 or (change == 0 and end < start)
    own.sort(key=lambda part: part[1] if down else -part[1])
    steps = [Step(name, _rounded(value, fine)) for name, value in own]
    if _rounded(sum(rest), fine):
        steps.append(Step("others", _rounded(sum(rest), fine), len(rest)))
    left = round(change - sum(step.points for step in steps), fine) + 0.0
    if left:
        steps.append(Step("rounding", left, 0))
    return Fall(shown[0], shown[1], tuple(steps))


def _rounded(value: float, decimals: int) -> float:
    """Half away from zero on both sides, so that a step and its opposite show the same figure."""
    return float(np.sign(value) * displayed(abs(value), decimals)) + 0.0


def health(scores: Scores, pillar: str) -> Scores:
    """The same scores with one health as the root: financial, social, or balance, which they have already."""
    if pillar == "balance":
        return scores
    policy = scores.policy
    keep = [leaf.path.startswith(f"{pillar}/") for leaf in policy.leaves]
    cut = replace(
        policy,
        nodes=tuple(node for node in policy.nodes if f"{node.path}/".startswith(f"{pillar}/") or not node.path),
        leaves=tuple(leaf for leaf, kept in zip(policy.leaves, keep, strict=True) if kept),
    )
    return score_leaves(scores.z[:, keep], cut)


def between(now: Scores, before: Scores) -> list[tuple[str, float]]:
    """Points (0..100) that each indicator took or gave from one state of a unit to another, one row each."""
    return _named(now, contributions(now, before))


def from_all(now: Scores) -> list[tuple[str, float]]:
    """Points (0..100) that each indicator takes from 100, one row; what is missing takes none."""
    perfect = score_leaves(np.where(np.isnan(now.z), np.nan, 1.0), now.policy)
    return _named(now, contributions(now, perfect))


def _named(scores: Scores, parts: Array) -> list[tuple[str, float]]:
    return [(leaf.indicator, ALL * float(part)) for leaf, part in zip(scores.policy.leaves, parts[0], strict=True)]


def finding(language: str, found: Fall, head: str, named: Callable[[str], str]) -> str:
    """One sentence: what changed, then what took or gave most, what is equal together, and what went against it.

    Args:
        language: en or fr.
        found: the steps.
        head: the beginning of the sentence, what changed and by how much.
        named: an indicator's name within a sentence.
    """
    own = [step for step in found.steps if step.name not in ("others", "rounding")]
    if not own:
        return say(language, "why.said_nothing", head=head)
    sign = -1.0 if own[0].points < 0 else 1.0
    along = _told(language, [step for step in own if step.points * sign > 0], named, 2)
    against = _told(language, [step for step in reversed(own) if step.points * sign < 0], named, 1)
    if not against:
        return say(language, "why.said", head=head, along=along)
    return say(language, "why.said_against", head=head, along=along, against=against)


def _told(language: str, steps: Sequence[Step], named: Callable[[str], str], most: int) -> str:
    """The largest steps in words; those that show the same points are said together, so that none goes before."""
    said: list[str] = []
    count = 0
    for value, group in groupby(steps, key=lambda step: step.points):
        names = [named(step.name) for step in group]
        if count >= most:
            break
        count += len(names)
        way = "cost" if value < 0 else "gave"
        amount = points_text(language, abs(value)) if not said else _short(language, abs(value))
        if len(names) == 1:
            said.append(say(language, f"why.{way}", name=names[0], points=amount))
        elif len(names) <= TOGETHER:
            said.append(say(language, f"why.each_{way}", names=listed(language, names), points=amount))
        else:
            said.append(say(language, f"why.all_{way}", n=len(names), points=amount))
    return ", ".join(said)


def _short(language: str, value: float) -> str:
    return number(language, value, 0 if value == round(value) else 1)


def listed(language: str, names: Sequence[str], word: str = "and") -> str:
    """Names in a row: a; a and b; a, b and c (or: or)."""
    if len(names) < 2:
        return "".join(names)
    return say(language, f"why.list_{word}", first=", ".join(names[:-1]), last=names[-1])


def head_of(language: str, found: Fall, name: str, pillar: str, **against: str) -> str:
    """The beginning of the sentence: what the health did since a month (`since`), or beside another unit (`other`).

    Without either: what the health is, of 100.
    """
    said = {"name": name, "health": say(language, f"pages.side_{pillar}"), **against}
    kind = "since" if "since" in against else "beside" if "other" in against else "whole"
    way = "whole" if kind == "whole" else f"{kind}_{('down', 'same', 'up')[int(np.sign(found.change)) + 1]}"
    size = points_text(language, abs(found.change))
    return say(language, f"why.head_{way}", points=size, value=_short(language, found.end), **said)
