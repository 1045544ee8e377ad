"""Putting small categories together before anything is kept back: a merged figure tells more than a hidden one."""

from collections.abc import Mapping, Sequence


def merged(members: Sequence[str], counts: Mapping[str, float], threshold: int, ordered: bool) -> list[tuple[str, ...]]:
    """Members in groups, each of at least the threshold where that is possible.

    Args:
        members: of one dimension, in the order in which they are shown.
        counts: people by member.
        ordered: whether only neighbours may stand together (ages, loan cycles); else the smallest ones do.

    Returns:
        Groups in the same order; a group of one is a member as it was. Nothing is merged where no member is small.
    """
    groups: list[tuple[str, ...]] = [(member,) for member in members if counts.get(member, 0) > 0]

    def size(group: tuple[str, ...]) -> float:
        return sum(counts[member] for member in group)

    while len(groups) > 1 and min(map(size, groups)) < threshold:
        place = min(range(len(groups)), key=lambda number: (size(groups[number]), number))
        near = [place - 1, place + 1] if ordered else [number for number in range(len(groups)) if number != place]
        other = min((one for one in near if 0 <= one < len(groups)), key=lambda number: (size(groups[number]), number))
        first, second = sorted((place, other))
        groups[first] += groups.pop(second)
    return groups
