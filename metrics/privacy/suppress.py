"""Which counts must be kept back: those of few people, and as many more as it takes to hide those.

The first step marks every count under the threshold. Then an attacker's bounds are computed (`bounds`): while a marked
count can be told more closely than the threshold is wide, one more count of its sums is kept back, the smallest that
helps. Counts that an earlier publication showed are known and cannot be kept back any more.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from metrics.privacy.bounds import Sum, bounds

Place = tuple[tuple[str, str], ...]  # (dimension, member) pairs in order of dimension; () is the whole
# Some branches together, named by all of them: what a publication about a part of the institution shows as its whole.
BRANCHES, AND, OTHERS = "branches", "+", "other_branches"


def sums(counts: Mapping[Place, float]) -> tuple[list[Sum], dict[Place, float]]:
    """Every sum that holds between counts: a place, and all its parts by one dimension more.

    Returns:
        The sums, and the totals that nobody shows but that two sets of parts have in common.
    """
    parts: dict[tuple[Place, str], list[Place]] = defaultdict(list)
    for place in counts:
        for pair in [pair for pair in place if pair[0] != BRANCHES]:
            parts[tuple(one for one in place if one != pair), pair[0]].append(place)
    by_total: dict[Place, list[tuple[Place, ...]]] = defaultdict(list)
    for (total, _), members in sorted(parts.items()):
        by_total[total].append(tuple(members))
    found, unseen = [], {}
    for total, sets in by_total.items():
        if total not in counts and len(sets) == 1:
            continue
        whole = counts.get(total)
        if whole is None:
            whole = unseen[total] = max(sum(counts[one] for one in members) for members in sets)
        found += [Sum(total, members, _rest(whole, members, counts)) for members in sets]
    joint, rests = _joint({**counts, **unseen})
    return found + joint, {**unseen, **rests}


def _joint(counts: Mapping[Place, float]) -> tuple[list[Sum], dict[Place, float]]:
    """Some branches together: the sum of each of them, and what is left of the whole, which nobody shows."""
    found, rests = [], {}
    for place, n in counts.items():
        names = dict(place).get(BRANCHES)
        if names is None:
            continue
        beside = tuple(pair for pair in place if pair[0] != BRANCHES)
        parts = [tuple(sorted((*beside, ("branch", name)))) for name in names.split(AND)]
        if all(part in counts for part in parts):
            found.append(Sum(place, tuple(parts), _rest(n, parts, counts)))
        if beside in counts:
            rest = tuple(sorted((*beside, (OTHERS, names))))
            rests[rest] = counts[beside] - n
            found.append(Sum(beside, (place, rest)))
    return found, rests


def _rest(whole: float, parts: Iterable[Place], counts: Mapping[Place, float]) -> float:
    """What parts leave of the whole; nothing where a count is not known any more."""
    rest = whole - sum(counts[part] for part in parts)
    return 0.0 if math.isnan(rest) else rest


def few(counts: Mapping[Place, float], threshold: int) -> set[Place]:
    """The counts of somebody, but of fewer than the threshold."""
    return {place for place, n in counts.items() if 0 < n < threshold}


def hidden(
    counts: Mapping[Place, float], threshold: int, known: Collection[Place] = (), guarded: Iterable[Place] = ()
) -> set[Place]:
    """The places whose counts must be kept back.

    Args:
        counts: people by place; a place that somebody else shows stands among them too. NaN where an earlier
            publication kept it back, so that it is not known here: such a place must be guarded.
        threshold: fewer people than this are few.
        known: places that are shown elsewhere already.
        guarded: places to keep back besides, which must not be told from others either.
    """
    seen = frozenset(known)
    equations, unseen = sums(counts)
    every = {**counts, **unseen}
    marked = (few(every, threshold) | (set(guarded) & counts.keys())) - seen
    kept = marked & counts.keys()
    tight = sorted(marked)
    if not marked:
        return kept
    while True:
        unknown = kept | unseen.keys()
        found = bounds(every, equations, unknown, tight)
        # what is wide enough stays so: keeping back more never tells an attacker more
        tight = [place for place in tight if found[place][1] - found[place][0] < threshold - 1e-6]
        helping = (_next(place, counts, equations, unknown, seen) for place in tight)
        extra = next((one for one in helping if one is not None), None)  # the whole is (), which is no None
        if extra is None:
            return kept
        kept.add(extra)


def _next(
    tight: Place, counts: Mapping[Place, float], equations: Sequence[Sum], unknown: Collection[Place],
    seen: Collection[Place],
) -> Place | None:  # fmt: skip
    """One more count that helps to hide a place: the smallest part beside it, else the smallest total above it.

    Where all of its own sums are spent, those of the other unknown ones beside it are asked.
    """
    asked, reached = [tight], {tight}
    while asked:
        at = asked.pop(0)
        own = [one for one in equations if at == one.total or at in one.parts]
        for group in (_beside(at, own), [one.total for one in own]):
            free = [one for one in group if one not in unknown and one not in seen and counts.get(one, 0) > 0]
            if free:
                return min(free, key=lambda one: (counts[one], one))
        beyond = {place for one in own for place in (*one.parts, one.total) if place in unknown}
        asked += sorted(beyond - reached)
        reached |= beyond
    return None


def _beside(place: Place, own: Sequence[Sum]) -> list[Place]:
    """The places that share a sum with a place, its own total left out."""
    return [one for each in own for one in each.parts if one != place]
