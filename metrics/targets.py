"""What would bring a unit back within its limit: one indicator at a time, in its own unit of measure."""

from dataclasses import dataclass

import numpy as np

from metrics.picture import Picture, Unit, at_rows
from metrics.seeking import seek, value_at

NODES = {"financial": "financial", "social": "social", "balance": ""}


@dataclass(frozen=True)
class Way:
    """One indicator whose change alone would be enough: its value now and then, and the points of its own health."""

    indicator: str
    before: float
    after: float
    points: float


@dataclass(frozen=True)
class Ways:
    """The ways of a unit back within the limit of the health that is furthest below it.

    `health` is financial, social or balance; `limit` is 0..100; `ways` come with the fewest points first;
    `furthest` is the indicator that lifts that health most at its best, and to how much (0..100).
    """

    health: str
    limit: float
    ways: tuple[Way, ...]
    furthest: tuple[str, float] | None


def ways(picture: Picture, unit: Unit) -> Ways | None:
    """What would bring a unit that needs action back within its limit; None where it needs none.

    Only indicators that are measured count: what is missing has no value to start from.
    """
    if unit.status not in ("below", "critical") or unit.id not in picture.scored:
        return None
    policy = picture.scores.policy
    scores = at_rows(picture.scores, [picture.scored.index(unit.id)])
    found = seek(scores, policy.health_limit / 100, NODES[unit.cause])
    values = {driver.indicator: driver.value for driver in unit.drivers}
    each, reach = [], {}
    for place, leaf in enumerate(policy.leaves):
        value, now = values.get(leaf.indicator), scores.z[0, place]
        if value is None or np.isnan(now) or np.isnan(found.reach[0, place]):
            continue
        reach[leaf.indicator] = 100.0 * float(found.reach[0, place])
        needed = float(found.needed[0, place])
        if needed > now:
            points = 100.0 * (needed - float(now))
            each.append(Way(leaf.indicator, value, value_at(leaf, needed, value), points))
    furthest = max(reach.items(), key=lambda pair: pair[1], default=None)
    return Ways(unit.cause, policy.health_limit, tuple(sorted(each, key=lambda way: way.points)), furthest)
