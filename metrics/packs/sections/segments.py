"""Whom the figures of both pillars leave behind: segments beside each other, and the gaps that are more than chance."""

from collections.abc import Mapping, Sequence

from metrics import asking, slices, units
from metrics.charts.bars import Bar, bars, size
from metrics.charts.tones import LIGHT
from metrics.limits import Limit
from metrics.packs import cells
from metrics.packs.asked import NOTHING, Asked, Found
from metrics.packs.description import Part
from metrics.packs.model import Block, Cell, Chart, Column, Section, Series, Table, Text
from metrics.packs.sections import looked, together
from metrics.packs.sections.gaps import Gap, gaps
from metrics.words import say

BY = ("gender", "location", "age_band", "cycle", "product")
WHO = BY[:3]
OF_WHO = ("par30", "overindebted_share", "retention_rate", "csat", "complaints_rate")
OF_WHAT = ("par30", "overindebted_share", "renegotiated_ratio", "retention_rate", "csat")
MOST, COLUMNS = 4, 5  # gaps that are shown; indicators of a table
UNKNOWN = ("unknown", "")
# A client who comes back stands in the next cycle: who stays of a cycle cannot be told.
MEANINGLESS = {("cycle", "retention_rate"), ("cycle", "borrower_growth"), ("age_band", "borrower_growth")}
Values = Mapping[looked.Place, Found]


def section(asked: Asked, part: Part) -> Section | None:
    """Segments by who the clients are and by what they borrow, and where they differ most."""
    language = asked.language
    title = say(language, "packs.segments_title")
    wanted = [by for by in part.choices.get("by", BY) if by in asking.KINDS and by != looked.WHOLE]
    names = [one.id for one in asked.chosen(part.choices.get("indicators"))][:COLUMNS]
    kinds = (looked.WHOLE, *wanted)
    people = asked.once(f"borrowers {kinds}", lambda: {by: borrowers(asked, by) for by in kinds})
    joint = {by: together.groups(asked, by, people[by], UNKNOWN) for by in wanted}
    people = {by: together.counted(found, joint.get(by, ())) for by, found in people.items()}
    values = {by: _values(asked, by, names or _columns(by in WHO), joint[by]) for by in wanted}
    if not any(people[by] for by in wanted):
        message = say(language, "packs.segments_none")
        return Section(part.id, part.kind, title, message, (Text(say(language, "packs.segments_enable"), "note"),))
    found = gaps(asked, {by: _known(values[by]) for by in wanted})[:MOST]
    chart = _chart(asked, found)
    blocks: list[Block] = [chart] if chart else []
    for half in ("who", "what"):
        own = [by for by in wanted if (by in WHO) == (half == "who")]
        table = _table(asked, half, own, names or _columns(half == "who"), values, people)
        blocks += [table] if table else []
    return Section(part.id, part.kind, title, _message(asked, found), tuple(blocks))


def _columns(who: bool) -> Sequence[str]:
    return OF_WHO if who else OF_WHAT


def borrowers(asked: Asked, by: str) -> dict[str, float]:
    """Borrowers by unit of a kind, at the pack's date; nothing where no unit of the kind is known."""
    slice_ = asking.parse(by, asked.where, (asked.day,))
    rows = slices.sizes(asked.cursor, slice_, asking.reach(asked.cursor, slice_))
    found: dict[str, float] = {}
    for (day, unit), (_, _, n) in rows.items():
        if day == asked.day and n:
            found[unit or UNKNOWN[0]] = found.get(unit or UNKNOWN[0], 0.0) + n
    return found if found.keys() - set(UNKNOWN) else {}


def _values(asked: Asked, by: str, names: Sequence[str], joint: Sequence[tuple[str, ...]]) -> Values:
    fitting = [name for name in names if asking.KINDS[by][0] in asked.indicator(name).units]
    rows = looked.found(asked, fitting, by) if fitting else {}
    rows = together.valued(asked, by, rows, joint, fitting) if joint and fitting else rows
    return {key: one for key, one in rows.items() if (by, key[1]) not in MEANINGLESS}


def _known(found: Values) -> Values:
    return {key: one for key, one in found.items() if key[0] not in UNKNOWN}


def names_of(asked: Asked, by: str) -> Mapping[str, str]:
    """What readers call units of a kind, where the tables name them."""
    found = asked.once(f"names {by}", lambda: units.names(asked.cursor, by))
    return {unit: name for unit, (name, _) in found.items()}


def called(asked: Asked, by: str, unit: str, names: Mapping[str, str]) -> str:
    """A segment as readers know it: Women, Rural, First loan, a product's name."""
    if unit in UNKNOWN:
        return say(asked.language, "indicators.segment_gender_unknown")
    if together.JOINT in unit and unit not in names:
        return ", ".join(called(asked, by, one, names) for one in unit.split(together.JOINT))
    if by in ("gender", "location", "age_band", "cycle"):
        return say(asked.language, f"indicators.segment_{by}_{unit.lower()}")
    return names.get(unit, unit)


def _message(asked: Asked, found: Sequence[Gap]) -> str:
    if not found:
        return say(asked.language, "packs.segments_alike")
    first = found[0]
    return say(
        asked.language, "packs.segments_gap", name=looked.name(asked, first.indicator),
        by=say(asked.language, f"packs.segments_by_{first.by}"), worst=_segment(asked, first, first.worst),
        low=first.worst_number.text, best=_segment(asked, first, first.best), high=first.best_number.text,
    )  # fmt: skip


def _segment(asked: Asked, gap: Gap, unit: str) -> str:
    return called(asked, gap.by, unit, names_of(asked, gap.by))


def _table(
    asked: Asked, name: str, kinds: Sequence[str], columns: Sequence[str], values: Mapping[str, Values],
    people: Mapping[str, Mapping[str, float]],
) -> Table | None:  # fmt: skip
    """Segments in rows: borrowers, their share, and the indicators that have values there."""
    measured = {of for by in kinds for (_, of), found in values[by].items() if found.value == found.value}
    present = [one for one in columns if one in measured]
    rows = [row for by in kinds for row in _rows(asked, by, present, values[by], people)]
    if not rows:
        return None
    language = asked.language
    lines, whole = looked.held(asked), asked.whole()
    total = cells.count(asked, "borrowers", sum(people[looked.WHOLE].values()) or None)
    first: list[Cell] = [say(language, "packs.segments_all"), "", total, cells.share(asked, "borrowers", 1.0)]
    first += [looked.measured(asked, asked.indicator(one), whole.get(one, NOTHING), lines) for one in present]
    heads = [Column(say(language, f"packs.segments_col_{key}"), kind, wide) for key, kind, wide in HEADS]
    heads += [Column(looked.name(asked, asked.indicator(one)), "number") for one in present]
    title = say(language, f"packs.segments_{name}")
    return Table(f"segments_{name}", title, tuple(heads), (tuple(first), *rows), say(language, "packs.segments_note"))


HEADS = (("by", "text", 1.0), ("segment", "text", 1.4), ("borrowers", "number", 1.0), ("share", "number", 0.8))


def _rows(
    asked: Asked, by: str, columns: Sequence[str], values: Values, people: Mapping[str, Mapping[str, float]]
) -> list[tuple[Cell, ...]]:
    total, names = sum(people[looked.WHOLE].values()), names_of(asked, by)
    lines: Mapping[str, Limit] = looked.held(asked, by)
    found = []
    for unit in sorted(people[by], key=lambda one: (one in UNKNOWN, together.place(one.split(together.JOINT)[0]), one)):
        n = people[by][unit]
        row: list[Cell] = [
            say(asked.language, f"packs.segments_kind_{by}"), called(asked, by, unit, names),
            cells.count(asked, "borrowers", n, None, **{by: unit}),
            cells.share(asked, "borrowers", n / total if total else None, n, 0, **{by: unit}),
        ]  # fmt: skip
        for one in columns:
            indicator = asked.indicator(one)
            row.append(looked.measured(asked, indicator, values.get((unit, one), NOTHING), lines, **{by: unit}))
        found.append(tuple(row))
    return found


def _chart(asked: Asked, found: Sequence[Gap]) -> Chart | None:
    if not found:
        return None
    language = asked.language
    heads = ("figure", "by", "worst", "low", "best", "high", "gap")
    number = ("low", "high", "gap")
    columns = tuple(
        Column(say(language, f"packs.segments_col_{name}"), "number" if name in number else "text") for name in heads
    )
    rows: list[tuple[Cell, ...]] = []
    drawn = []
    for gap in found:
        name, by = looked.name(asked, gap.indicator), say(language, f"packs.segments_kind_{gap.by}")
        low, high = _segment(asked, gap, gap.worst), _segment(asked, gap, gap.best)
        size_ = cells.plain(asked, round(gap.size), "health")
        rows.append((name, by, low, gap.worst_number, high, gap.best_number, size_))
        named = say(language, "packs.figure_is_plain", name=name, value=low)
        drawn.append(Bar(named, size_.value, size_.text, gap.indicator.pillar))
    title = say(language, "packs.segments_chart", n=len(found))
    width, height = size(drawn)
    return Chart(
        id="segments", title=title, kind="bars", categories=tuple(one.name for one in drawn), unit="health",
        series=(Series(columns[6].title, tuple(one.value for one in drawn)),),
        alt=f"{title}. {_message(asked, found)}", table=Table("segments_gaps", title, columns, tuple(rows)),
        svg=looked.drawn(asked, "segments", drawn, lambda: bars(drawn, LIGHT)), width=width, height=height,
        note=say(language, "packs.segments_chart_note"),
    )  # fmt: skip
