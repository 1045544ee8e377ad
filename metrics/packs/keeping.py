"""Which figures of a pack are kept back: over all its tables and charts, and over what earlier packs have shown.

Figures that rest on the same people are one population: what hides a place for one of them hides it for all, or the
number behind the one would tell that of the other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from metrics.catalogue import indicators
from metrics.packs.model import Pack, numbers
from metrics.packs.refs import Place, parsed, ref
from metrics.privacy.suppress import hidden

Counts = dict[Place, float]
Kind = tuple[str, str]  # what is counted, and on which day


def hidden_in(
    pack: Pack, published: Iterable[Pack] = (), threshold: int = 10, more: Mapping[str, int] | None = None,
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
    found, apart = set(guarded), {parsed(name) for name in guarded}
    for kinds in _populations(own):
        counts = {place: n for kind in kinds for place, n in own[kind].items()}
        seen = {place for kind in kinds for place in known[kind]}
        besides = {place for what, day, place in apart if (what, day) in kinds}
        kept = hidden(counts, threshold, seen, besides)
        found |= {ref(what, day, **dict(place)) for what, day in kinds for place in kept}
    return frozenset(found)


def _counts(packs: Iterable[Pack], more: Mapping[str, int]) -> dict[Kind, Counts]:
    """The people behind every figure that is shown, where they are people."""
    known = indicators()
    found: dict[Kind, Counts] = defaultdict(dict)
    named = [(number.ref, number.n) for pack in packs for _, number in numbers(pack)] + list(more.items())
    for name, n in named:
        if not name or n is None:
            continue
        what, day, place = parsed(name)
        if what not in known or known[what].people != "none":
            found[what, day][place] = float(n)
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
    both = counts[one].keys() & counts[other].keys()
    return any(counts[one][place] for place in both) and all(
        counts[one][place] == counts[other][place] for place in both
    )
