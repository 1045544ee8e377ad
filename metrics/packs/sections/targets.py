"""What the board set out to reach and where that stands: targets with gap and day, and what decisions watch."""

from collections.abc import Mapping, Sequence

from metrics.appetite import lines
from metrics.appetite.lines import Line
from metrics.catalogue import Indicator
from metrics.charts.lines_plot import shortened
from metrics.decisions import Decision
from metrics.packs import cells
from metrics.packs.asked import NOTHING, Asked, Found
from metrics.packs.description import Part
from metrics.packs.model import Block, Cell, Column, Number, Section, Table, Text
from metrics.packs.sections import looked
from metrics.packs.sections.segments import called, names_of
from metrics.words import date, say

MOST, LONGEST = 12, 200  # rows of a table, letters of a decision
HEADS = (("figure", "text", 2.2), ("where", "text", 1.4), ("value", "number", 1.0), ("target", "number", 1.0),
         ("gap", "number", 1.0), ("until", "text", 1.1), ("who", "text", 1.5))  # fmt: skip
WATCHED = (("decision", "text", 3.2), ("watches", "text", 1.8), ("then", "number", 1.0), ("value", "number", 1.0),
           ("due", "text", 1.0), ("status", "text", 1.0), ("who", "text", 2.0))  # fmt: skip
Scope = tuple[str, str]  # kind of unit, unit


def section(asked: Asked, part: Part) -> Section | None:
    """Targets that the board set, and the decisions that watch a figure."""
    language = asked.language
    wanted = {one.id for one in asked.chosen(part.choices.get("indicators"))}
    held = [one for one in lines.listed(asked.cursor) if one.holds(asked.day)]
    aimed = [one for one in held if one.terms.get("target") is not None and (not wanted or one.indicator in wanted)]
    rows = [row for one in aimed if (row := _row(asked, one)) is not None]
    taken = [one for one in looked.decided(asked) if one.indicator_id and one.meeting_on <= asked.day]
    blocks: list[Block] = []
    if rows:
        rows.sort(key=lambda row: (row[1], str(row[0][0])))
        shown = tuple(row for row, _ in rows[:MOST])
        more = say(language, "packs.breaches_more", n=len(rows) - MOST) if len(rows) > MOST else ""
        heads = tuple(Column(say(language, f"packs.targets_col_{name}"), kind, wide) for name, kind, wide in HEADS)
        blocks.append(Table("targets", say(language, "packs.targets_table", n=len(rows)), heads, shown, more))
    else:
        blocks.append(Text(say(language, "packs.targets_how"), "plain"))
    blocks += [_decided(asked, taken)] if taken else []
    blocks += looked.unfiltered(asked)
    return Section(
        part.id, part.kind, say(language, "packs.targets_title"), _message(asked, rows, taken), tuple(blocks)
    )


Row = tuple[tuple[Cell, ...], int]  # the cells; 0 where the target is missed, 1 reached, 2 not known


def _message(asked: Asked, rows: Sequence[Row], taken: Sequence[Decision]) -> str:
    language = asked.language
    known = [state for _, state in rows if state != 2]
    if rows:
        return say(
            language, "packs.targets_reached", n=len(rows), reached=known.count(1), unknown=len(rows) - len(known)
        )
    if taken:
        return say(language, "packs.targets_only_decisions", n=len(taken))
    return say(language, "packs.targets_none")


def _scope(one: Line, asked: Asked) -> Scope | None:
    """The kind of unit and the unit of a limit; None for one that holds for every unit of a kind."""
    if one.scope == "institution":
        return looked.WHOLE, asked.picture.whole.id
    if not one.scope_id:
        return None
    if one.scope == "segment":
        by, _, unit = one.scope_id.partition("/")
        return by, unit
    return one.scope, one.scope_id


def _row(asked: Asked, one: Line) -> Row | None:
    scope = _scope(one, asked)
    if scope is None:
        return None
    by, unit = scope
    indicator = asked.indicator(one.indicator)
    found = looked.found(asked, [indicator.id], by).get((unit, indicator.id), NOTHING)
    place = {} if by == looked.WHOLE else {by: unit}
    number = cells.value(asked, indicator, found.value, found.n, None, False, **place)
    target = float(one.terms["target"])
    aim = looked.limit(asked, indicator, target)
    ends = one.valid_to != lines.NEVER
    until = date(asked.language, one.valid_to) if ends else say(asked.language, "packs.targets_open")
    gap = looked.distance(asked, indicator, number, target)
    where = say(asked.language, "packs.whole") if not place else called(asked, by, unit, names_of(asked, by))
    state = 2 if number.value is None else int(_reached(indicator, number.value, target))
    cells_ = (looked.name(asked, indicator), where, number, aim, gap, until, str(one.terms.get("approved_by") or "–"))
    return cells_, state


def _reached(indicator: Indicator, value: float, target: float) -> bool:
    """Whether a value is as good as the target; a figure that is best in a band has to meet it to half a percent."""
    if indicator.better == "band":
        return abs(value - target) <= 0.005 * abs(target)
    return value >= target if indicator.better == "higher" else value <= target


def _decided(asked: Asked, taken: Sequence[Decision]) -> Table:
    language = asked.language
    order = {"overdue": 0, "open": 1, "done": 2}
    ranked = sorted(taken, key=lambda one: (order[one.status(asked.day)], one.due_on, one.id))
    heads = tuple(Column(say(language, f"packs.targets_col_{name}"), kind, wide) for name, kind, wide in WATCHED)
    names = {str(one.indicator_id) for one in ranked}
    values = {by: looked.found(asked, _meant(asked, names, by), by) for by in (looked.WHOLE, "branch")}
    rows = tuple(_watched(asked, one, values) for one in ranked[:MOST])
    more = say(language, "packs.breaches_more", n=len(ranked) - MOST) if len(ranked) > MOST else ""
    return Table("decisions", say(language, "packs.targets_decisions", n=len(ranked)), heads, rows, more)


def _meant(asked: Asked, names: set[str], by: str) -> list[str]:
    return sorted(name for name in names if by in asked.indicator(name).units)


def _watched(asked: Asked, one: Decision, values: Mapping[str, Mapping[looked.Place, Found]]) -> tuple[Cell, ...]:
    language, indicator = asked.language, asked.indicator(str(one.indicator_id))
    inner = one.branch_id if one.branch_id and "branch" in indicator.units else None
    place = {"branch": inner} if inner else {}
    key = ("branch", inner) if inner else (looked.WHOLE, asked.picture.whole.id)
    now = values[key[0]].get((key[1], indicator.id), NOTHING)
    then: Number = cells.value(asked, indicator, one.value, one.value_n, one.value_on or one.meeting_on, False, **place)
    name = looked.name(asked, indicator)
    branch = {unit.id: unit.name for unit in asked.picture.units}.get(inner or "", inner or "")
    return (
        shortened(one.text, LONGEST),
        say(language, "packs.targets_in", name=name, unit=branch) if branch else name,
        then,
        cells.value(asked, indicator, now.value, now.n, None, False, **place),
        date(language, one.due_on),
        say(language, f"packs.targets_state_{one.status(asked.day)}"),
        one.owner or say(language, "packs.breaches_nobody"),
    )
