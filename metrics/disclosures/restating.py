"""What the last disclosure said beside what the data say now, and what may have caused a difference."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from metrics.disclosures.model import HIDDEN, Cause, Disclosure, Restated, Source, Value

CLOSE = 1e-9  # relative; less is how machines add


def restated(last: Disclosure, again: Iterable[Value], files: Sequence[Source]) -> tuple[Restated, ...]:
    """The published values that are others now.

    Args:
        last: as it was published.
        again: the same lines at its date, computed from today's data.
        files: what the places of their sources mean.
    """
    before = {one.item: one for one in last.values if one.known and "/" not in one.item}
    found = []
    for now in again:
        then = before.get(now.item)
        if then is None or then.value is None or now.status == HIDDEN or _same(then.value, now.value):
            continue
        causes = tuple(_causes(last, then, now, files))
        found.append(Restated(now.item, last.period, now.unit, now.what, then.value, now.value, causes))
    return tuple(found)


def beside(last: Disclosure, found: Iterable[Value], period: str) -> tuple[Value, ...]:
    """The lines with what was published last for an earlier date."""
    if last.period >= period:
        return tuple(found)
    before = {one.item: one for one in last.values if one.known}
    return tuple(
        replace(one, before=before[one.item].value)
        if one.item in before and before[one.item].unit == one.unit and before[one.item].what == one.what
        else one
        for one in found
    )


def _same(one: float, other: float | None) -> bool:
    return other is not None and math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-12)


def _causes(last: Disclosure, then: Value, now: Value, files: Sequence[Source]) -> Iterable[Cause]:
    """Another line, other definitions, files that were corrected, came or went, as far as they differ."""
    if (then.what, then.place) != (now.what, now.place):
        yield Cause("item", (then.what, now.what))
    both = dict.fromkeys([*then.settings, *now.settings])
    changed = tuple(name for name in both if then.settings.get(name) != now.settings.get(name))
    if changed:
        yield Cause("definition", changed)
    if not now.known:  # then it rests on no file that could be compared
        return
    old, new = set(last.files(then)), {files[place] for place in now.sources}
    came, gone = new - old, old - new
    known = {(source.name, source.table) for source in old}
    corrected = {source for source in came if (source.name, source.table) in known}
    renewed = {(source.name, source.table) for source in corrected}
    for kind, given in (
        ("corrected", corrected), ("data", came - corrected),
        ("gone", {source for source in gone if (source.name, source.table) not in renewed}),
    ):  # fmt: skip
        if given:
            yield Cause(kind, tuple(sorted({f"{source.name} (#{source.batch})" for source in given})))
