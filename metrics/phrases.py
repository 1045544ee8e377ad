"""Sentences of what it takes, how fast it ever went, what the weight means, and what if."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from metrics import exchange
from metrics.catalogue import indicators
from metrics.figures import figure, points
from metrics.findings import shown
from metrics.paces import SPANS, Moves, Pace, fastest
from metrics.picture import Picture, Unit, at_rows
from metrics.targets import Goal, Way, Ways
from metrics.waterfall import listed
from metrics.whatif import NODES, State
from metrics.words import month, number, say

Named = Callable[[str], str]
NAMED = 2  # ways that one sentence names
SHARES = ("%", "points")  # units in which a point means one of a hundred
LARGE = 100.0  # points from which on a rate is beyond any scale


def value_text(language: str, indicator: str, value: float | None, currency: str) -> str:
    """A value in its indicator's own unit."""
    return figure(language, indicators()[indicator], value, currency)


def takes(
    language: str, goal: Goal, unit: Unit, found: Ways, both: Sequence[float], named: Named, currency: str
) -> str:
    """What it takes: To leave amber: PAR30 7.2 % → 4.9 %, or retention 71 % → 78 %; both: 6.1 % and 74 %.

    Args:
        both: the values at which the first two ways together are enough; empty where there are no two.
        named: an indicator's name within a sentence.
    """
    health = say(language, f"pages.side_{goal.health}")
    head = say(language, f"why.takes_{goal.name}", health=health, target=shown(goal.target))
    now = getattr(unit, goal.health)
    if now is not None and not found.ways and now >= goal.target:
        return say(language, "why.takes_nothing", head=head, health=health, value=shown(now))
    if found.ways:
        ways = listed(language, [_way(language, way, named, currency) for way in found.ways[:NAMED]], "or")
        if not both:
            return say(language, "why.takes_said", head=head, ways=ways)
        ends = zip(found.ways, both, strict=False)
        then = listed(language, [value_text(language, way.indicator, end, currency) for way, end in ends])
        return say(language, "why.takes_both", head=head, ways=ways, both=then)
    if found.furthest is None:
        return say(language, "why.takes_unknown", head=head)
    name, reach = found.furthest
    said = {"name": named(name), "reach": shown(reach), "health": health}
    return say(language, "why.takes_none", head=head, **said)


def _way(language: str, way: Way, named: Named, currency: str) -> str:
    before, after = (value_text(language, way.indicator, one, currency) for one in (way.before, way.after))
    return say(language, "why.takes_way", name=named(way.indicator), before=before, after=after)


def still(language: str, goal: Goal, then: State) -> str:
    """The other healths that stay under the limit that a unit wants to leave; empty where none does, or for one's own.

    Args:
        goal: what is reached.
        then: the unit once it is reached.
    """
    others = {health: getattr(then, health) for health in NODES if health != goal.health}
    under = [
        say(language, "why.still_one", health=say(language, f"pages.side_{health}"), value=shown(value))
        for health, value in others.items()
        if goal.name != "typed" and value is not None and shown(value) < goal.target
    ]
    return say(language, "why.still", list=listed(language, under), limit=shown(goal.target)) if under else ""


def size_text(language: str, indicator: str, size: float, currency: str) -> str:
    """The size of a change: shares in points, the rest in the indicator's own unit."""
    known = indicators()[indicator]
    return points(language, size * 100) if known.unit in SHARES else figure(language, known, size, currency)


def pace(
    language: str, found: Sequence[Moves], leaf: int, way: Way, names: Mapping[str, str], by: str, currency: str
) -> str:
    """Whether any unit ever moved so far over a quarter or a year; empty where there is no history of both ends.

    Args:
        found: changes over a quarter, then over a year.
        leaf: the indicator's place among the leaves.
        names: of units by id.
        by: the kind of unit.
    """
    change = way.after - way.before
    known = [moves for moves in found if len(moves.rows) and not np.isnan(moves.sizes[:, leaf]).all()]
    if not known:
        return ""
    kind = say(language, f"pages.unit_{by}")
    for moves in known:
        most = fastest(moves, leaf, change)
        if most is not None and most.size >= abs(change) * (1 - 1e-9):
            span = "quarter" if moves.months == SPANS[0] else "year"
            return say(language, f"why.pace_{span}", kind=kind, **_whose(language, most, names))
    ever = [most for moves in known if (most := fastest(moves, leaf, change)) is not None]
    if not ever:
        return say(language, "why.pace_none", kind=kind)
    most = max(ever, key=lambda one: one.size)
    size = size_text(language, way.indicator, most.size, currency)
    span = say(language, f"why.span_{most.months}")
    return say(language, "why.pace_never", kind=kind, size=size, span=span, **_whose(language, most, names))


def _whose(language: str, most: Pace, names: Mapping[str, str]) -> dict[str, str]:
    return {"unit": names.get(most.unit, most.unit), "month": month(language, most.day)}


def rates(picture: Picture, unit: Unit) -> tuple[str, tuple[tuple[str, float], ...]] | None:
    """What one point of a unit's main driver is worth in points of its next ones, those of the other pillar first.

    Only shares are compared, whose points mean the same to every reader; None where fewer than two can be.
    """
    if unit.id not in picture.scored or unit.balance is None:
        return None
    scores = at_rows(picture.scores, [picture.scored.index(unit.id)])
    own = {driver.indicator: driver.value for driver in unit.drivers}
    leaves = [leaf.indicator for leaf in scores.policy.leaves]
    values = np.array([[np.nan if own.get(name) is None else own[name] for name in leaves]], dtype=float)
    found = dict(zip(leaves, exchange.rates(scores, values)[0], strict=True))
    able = [driver for driver in unit.drivers if indicators()[driver.indicator].unit in SHARES
            and not np.isnan(found.get(driver.indicator, np.nan))]  # fmt: skip
    if len(able) < 2:
        return None
    # The main driver, and the next ones of the other pillar before those of its own; what moves most comes first.
    main = [able[0], *sorted(able[1:], key=lambda driver: driver.pillar == able[0].pillar)[:NAMED]]
    first, *others = sorted((driver.indicator for driver in main), key=lambda name: -abs(found[name]))
    worth = [(name, abs(exchange.worth(found[first], found[name]))) for name in others]
    kept = tuple(pair for pair in worth if pair[1] < LARGE)
    return (first, kept) if kept else None


def rate(language: str, found: tuple[str, tuple[tuple[str, float], ...]], named: Named) -> str:
    """At this weight, 1 point of PAR30 is worth 2.4 points of client retention or 1.1 points of ..."""
    first, others = found
    said = [say(language, "why.rate_points", points=points(language, size), name=named(name)) for name, size in others]
    return say(language, "why.rate", name=named(first), list=listed(language, said, "or"))


def moved(language: str, now: State, then: State, units: int, many: int, name: str) -> str:
    """What if, in one sentence: both healths, the balance and the rank, before and after."""
    parts = []
    for health in NODES:
        ends = [getattr(one, health) for one in (now, then)]
        if ends[1] is None:
            continue
        first, last = ("–" if end is None else number(language, shown(end)) for end in ends)
        key = "why.whatif_health" if first != last else "why.whatif_health_same"
        parts.append(say(language, key, health=say(language, f"pages.side_{health}"), before=first, after=last))
    if then.rank is not None:
        key = "why.whatif_rank" if now.rank != then.rank else "why.whatif_rank_same"
        before = "–" if now.rank is None else number(language, now.rank)
        parts.append(say(language, key, before=before, after=then.rank, n=units))
    return say(language, "why.whatif_said", name=name, n=many, list=", ".join(parts))
