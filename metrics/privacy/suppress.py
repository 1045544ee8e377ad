"""Which counts must be kept back: those of few people, and as many more as it takes to hide those.

The first step marks every count under the threshold. Then an attacker's bounds are computed (`bounds`): while a marked
count can be told more closely than the threshold is wide, one more count of its sums is kept back, the smallest that
helps. Counts that an earlier publication showed are known and cannot be kept back any more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from metrics.privacy.bounds import Sum, bounds

Place = tuple[tuple[str, str], ...]  # (dimension, member) pairs in order of dimension; () is the whole


def sums(counts: Mapping[Place, float]) -> tuple[list[Sum], dict[Place, float]]:
    """Every sum that holds between counts: a place, and all its parts by one dimension more.

    Returns:
        The sums, and the totals that nobody shows but that two sets of parts have in common.
    """
    parts: dict[tuple[Place, str], list[Place]] = defaultdict(list)
    for place in counts:
        for pair in place:
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
        found += [Sum(total, members, whole - sum(counts[one] for one in members)) for members in sets]
    return found, unseen


def few(counts: Mapping[Place, float], threshold: int) -> set[Place]:
    """The counts of somebody, but of fewer than the threshold."""
    return {place for place, n in counts.items() if 0 < n < threshold}


def hidden(
    counts: Mapping[Place, float], threshold: int, known: Collection[Place] = (), guarded: Iterable[Place] = ()
) -> set[Place]:
    """The places whose counts must be kept back.

    Args:
        counts: people by place; a place that somebody else shows stands among them too.
        threshold: fewer people than this are few.
        known: places that are shown elsewhere already.
        guarded: places to keep back besides, which must not be told from others either.
    """
    seen = frozenset(known)
    marked = (few(counts, threshold) | (set(guarded) & counts.keys())) - seen
    kept = set(marked)
    if not marked:
        return kept
    equations, unseen = sums(counts)
    every, tight = {**counts, **unseen}, sorted(marked)
    while True:
        unknown = kept | unseen.keys()
        found = bounds(every, equations, unknown, tight)
        # what is wide enough stays so: keeping back more never tells an attacker more
        tight = [place for place in tight if found[place][1] - found[place][0] < threshold - 1e-6]
        extra = next((one for place in tight if (one := _next(place, counts, equations, unknown, seen))), None)
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
