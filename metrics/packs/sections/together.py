"""Small segments put together before anything is kept back: their common figure tells more than two hidden ones."""

from collections.abc import Mapping, Sequence

from metrics.packs.asked import Asked, Found
from metrics.packs.sections import looked
from metrics.privacy.merging import merged

JOINT = "+"  # between the members of a segment that was put together
ORDERED = ("age_band", "cycle")  # only neighbours stand together
ALIKE = ("product",)  # any of the smallest do; women and men, town and country never
AGES = ("under_25", "25_34", "35_49", "50_64", "65_plus")


def groups(asked: Asked, by: str, people: Mapping[str, float], unknown: Sequence[str]) -> list[tuple[str, ...]]:
    """Members of a kind that stand together because one of them is of few people; none where nobody is few."""
    if by not in ORDERED + ALIKE:
        return []
    known = sorted((one for one in people if one not in unknown), key=lambda one: (place(one), one))
    return [one for one in merged(known, people, asked.threshold, by in ORDERED) if len(one) > 1]


def place(member: str) -> int:
    """Where a member stands among those of its kind: ages from the youngest on; others by name."""
    return AGES.index(member) if member in AGES else len(AGES)


def counted(people: Mapping[str, float], joint: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """People by segment, with those together under their common name."""
    gone = {member for group in joint for member in group}
    alone = {member: n for member, n in people.items() if member not in gone}
    return alone | {JOINT.join(group): sum(people[member] for member in group) for group in joint}


def valued(
    asked: Asked, by: str, values: Mapping[looked.Place, Found], joint: Sequence[tuple[str, ...]], wanted: Sequence[str]
) -> dict[looked.Place, Found]:
    """Values by segment and indicator, with those of the segments together asked of all their people at once."""
    gone = {member for group in joint for member in group}
    found = {place: one for place, one in values.items() if place[0] not in gone}
    for group in joint:
        rows = asked.values(looked.WHOLE, None, sorted(set(wanted)), ((by, group),))
        columns = rows[["indicator", "value", "n", "coverage", "status"]].itertuples(index=False, name=None)
        found |= {(JOINT.join(group), name): Found(*rest) for name, *rest in columns}
    return found
