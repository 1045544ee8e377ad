"""What would bring a unit to a target: one indicator at a time, in its own unit of measure."""

from dataclasses import dataclass

import numpy as np

from metrics.formula import displayed
from metrics.picture import Picture, Unit, at_rows
from metrics.score import score_leaves
from metrics.seeking import seek, value_at

HALVINGS = 50
NODES = {"financial": "financial", "social": "social", "balance": ""}


@dataclass(frozen=True)
class Way:
    """One indicator whose change alone would be enough: its value now and then, and the points of its own health."""

    indicator: str
    before: float
    after: float
    points: float


@dataclass(frozen=True)
class Goal:
    """What to reach: `name` is red, amber or typed; `health` is financial, social or balance; `target` is 0..100."""

    name: str
    health: str
    target: float


@dataclass(frozen=True)
class Ways:
    """The ways of a unit to a target.

    `health` is financial, social or balance; `limit` is the target, 0..100; `ways` come with the fewest points first;
    `furthest` is the indicator that lifts that health most at its best, and to how much (0..100). `short` has the
    indicators that are not enough, each with its value now, its best value and how far that lifts the health, the
    furthest first.
    """

    health: str
    limit: float
    ways: tuple[Way, ...]
    furthest: tuple[str, float] | None
    short: tuple[tuple[str, float, float, float], ...] = ()


def ways(picture: Picture, unit: Unit) -> Ways | None:
    """What would bring a unit that needs action back within its limit; None where it needs none."""
    if unit.status not in ("below", "critical"):
        return None
    return to_reach(picture, unit, Goal("amber", unit.cause, picture.scores.policy.health_limit))


def goals(picture: Picture, unit: Unit) -> tuple[Goal, ...]:
    """What a unit may aim at: to leave red, to leave amber (of the health furthest below), or a balance of one's own.

    A health that is not known has no goal.
    """
    policy = picture.scores.policy
    found = []
    if unit.status == "critical":
        found.append(Goal("red", unit.cause, policy.health_critical))
    if unit.status in ("critical", "below"):
        found.append(Goal("amber", unit.cause, policy.health_limit))
    health = next((name for name in ("balance", "financial", "social") if getattr(unit, name) is not None), None)
    if health is not None:
        now = float(displayed(getattr(unit, health), 0))
        found.append(Goal("typed", health, min(100.0, now + 5.0)))
    return tuple(found)


def to_reach(picture: Picture, unit: Unit, goal: Goal) -> Ways | None:
    """What would bring a health of a unit to a target; None where the unit has no figures.

    Only indicators that are measured count: what is missing has no value to start from.
    """
    if unit.id not in picture.scored:
        return None
    policy = picture.scores.policy
    scores = at_rows(picture.scores, [picture.scored.index(unit.id)])
    found = seek(scores, goal.target / 100, NODES[goal.health])
    values = {driver.indicator: driver.value for driver in unit.drivers}
    each, short, reach = [], [], {}
    for place, leaf in enumerate(policy.leaves):
        value, now = values.get(leaf.indicator), scores.z[0, place]
        if value is None or np.isnan(now) or np.isnan(found.reach[0, place]):
            continue
        reach[leaf.indicator] = 100.0 * float(found.reach[0, place])
        needed = float(found.needed[0, place])
        if needed > now:
            points = 100.0 * (needed - float(now))
            each.append(Way(leaf.indicator, value, value_at(leaf, needed, value), points))
        elif np.isnan(needed) and now < 1.0:
            short.append((leaf.indicator, value, value_at(leaf, 1.0, value), reach[leaf.indicator]))
    furthest = max(reach.items(), key=lambda pair: pair[1], default=None)
    return Ways(
        goal.health, goal.target, tuple(sorted(each, key=lambda way: way.points)), furthest,
        tuple(sorted(short, key=lambda one: -one[3])),
    )  # fmt: skip


def shared(picture: Picture, unit: Unit, goal: Goal, both: tuple[Way, ...]) -> tuple[float, ...]:
    """The values at which several ways together are enough, each gone to the same share of its whole."""
    scores = at_rows(picture.scores, [picture.scored.index(unit.id)])
    leaves = {leaf.indicator: place for place, leaf in enumerate(scores.policy.leaves)}
    places = [leaves[way.indicator] for way in both]
    z, rise = scores.z.copy(), np.array([way.points / 100 for way in both])
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        share = (low + high) / 2
        z[0, places] = scores.z[0, places] + share * rise
        there = score_leaves(z, scores.policy).node(NODES[goal.health])[0] >= goal.target / 100
        low, high = (low, share) if there else (share, high)
    ends = scores.z[0, places] + high * rise
    return tuple(
        value_at(scores.policy.leaves[place], float(end), way.before)
        for place, end, way in zip(places, ends, both, strict=True)
    )
