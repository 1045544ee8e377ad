"""Which figures of a pack are kept back: over all its tables and charts, and over what earlier packs have shown.

Figures that rest on the same people are one population: what hides a place for one of them hides it for all, or the
number behind the one would tell that of the other.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from metrics.catalogue import indicators
from metrics.packs.model import Pack, numbers
from metrics.packs.refs import Place, parsed
from metrics.privacy.suppress import BRANCHES, hidden

Counts = dict[Place, float]
Kind = tuple[str, str]  # what is counted, and on which day


def hidden_in(
    pack: Pack, published: Collection[Pack] = (), threshold: int = 10, more: Mapping[str, int] | None = None,
    guarded: Collection[str] = (),
) -> frozenset[str]:  # fmt: skip
    """The names of the figures that a pack must keep back.

    Args:
        pack: composed with nothing hidden.
        published: earlier packs: what they show is known.
        threshold: fewer people than this are few.
        more: people by name of figures that stand in no table, such as those that a live balance is made of.
        guarded: names of figures to keep back besides, whoever they are of.
    """
    own = _counts([pack], more or {})
    shown = _counts(published, {})
    known: dict[Kind, set[Place]] = defaultdict(set)
    for kind, places in shown.items():
        for place, n in places.items():
            if own[kind].setdefault(place, n) == n:
                known[kind].add(place)
    found, apart = set(guarded), _places(guarded, pack)
    for earlier in published:
        # What was kept back once stays so, and must not be told by what is shown now.
        for what, day, place in _places((one.ref for _, one in numbers(earlier) if one.hidden and one.ref), earlier):
            apart.add((what, day, place))
            own[what, day].setdefault(place, math.nan)
    names = _names([*(number.ref for _, number in numbers(pack)), *(more or {})], pack.filters)
    for kinds in _populations(own):
        every = [(place, n) for kind in kinds for place, n in own[kind].items()]
        counts = dict(sorted(every, key=lambda one: not math.isnan(one[1])))  # a number goes before none
        seen = {place for kind in kinds for place in known[kind]}
        besides = {place for what, day, place in apart if (what, day) in kinds}
        kept = hidden(counts, threshold, seen, besides)
        found |= {name for what, day in kinds for place in kept if (name := names.get((what, day, place)))}
    return frozenset(found)


def _places(names: Iterable[str], pack: Pack) -> set[tuple[str, str, Place]]:
    """What, day and place in the whole institution of a pack's figures."""
    return {(what, day, within(place, pack.filters)) for what, day, place in map(parsed, names)}


def within(place: Place, filters: Mapping[str, str]) -> Place:
    """A place of a pack that is a part of the institution, as the whole institution names it."""
    held = dict(filters)
    if any(key == "branch" for key, _ in place):
        held.pop(BRANCHES, None)
    return tuple(sorted({**held, **dict(place)}.items()))


def _names(names: Iterable[str], filters: Mapping[str, str]) -> dict[tuple[str, str, Place], str]:
    """A pack's own names of its figures, by what, day and place in the whole institution."""
    known = ((name, parsed(name)) for name in names if name)
    return {(what, day, within(place, filters)): name for name, (what, day, place) in known}


def _counts(packs: Iterable[Pack], more: Mapping[str, int]) -> dict[Kind, Counts]:
    """The people behind every figure that is shown, where they are people."""
    known = indicators()
    found: dict[Kind, Counts] = defaultdict(dict)
    for pack in packs:
        for name, n in [*((number.ref, number.n) for _, number in numbers(pack)), *more.items()]:
            if not name or n is None:
                continue
            what, day, place = parsed(name)
            if what not in known or known[what].people != "none":
                found[what, day][within(place, pack.filters)] = float(n)
    return found


def _populations(counts: Mapping[Kind, Counts]) -> list[list[Kind]]:
    """Kinds in groups: those of one day that count the same people wherever both are known."""
    groups: list[list[Kind]] = []
    for kind in sorted(counts):
        same = [group for group in groups if any(_same(kind, other, counts) for other in group)]
        groups = [group for group in groups if group not in same]
        groups.append([one for group in same for one in group] + [kind])
    return groups


def _same(one: Kind, other: Kind, counts: Mapping[Kind, Counts]) -> bool:
    if one[1] != other[1]:
        return False
    both = [place for place in counts[one].keys() & counts[other].keys() if not _lost(place, one, other, counts)]
    return any(counts[one][place] for place in both) and all(
        counts[one][place] == counts[other][place] for place in both
    )


def _lost(place: Place, one: Kind, other: Kind, counts: Mapping[Kind, Counts]) -> bool:
    """Whether a count is not known any more, of either kind."""
    return math.isnan(counts[one][place]) or math.isnan(counts[other][place])
