"""How staff fare: turnover, load, satisfaction, training, women among them; with limits and changes."""

import math
from collections.abc import Sequence

from metrics import limits
from metrics.packs import cells
from metrics.packs.asked import NOTHING, Asked
from metrics.packs.description import Part
from metrics.packs.model import Block, Cell, Chart, Column, Number, Section, Table, Text
from metrics.packs.refs import parsed
from metrics.packs.sections import looked
from metrics.words import month, say

INDICATORS = (
    "staff_turnover", "loan_officer_turnover", "caseload_overload", "borrowers_per_loan_officer", "staff_satisfaction",
    "training_hours", "staff_incidents", "incentive_social_share", "pct_female_staff", "pct_female_managers",
    "pct_female_loan_officers", "gender_pay_gap",
)  # fmt: skip
SEVERITY = {"red": 0, "amber": 1}
HEADS = (("figure", "text", 2.6), ("now", "number", 1.1), ("before", "number", 1.1), ("change", "number", 1.2),
         ("limit", "number", 1.1), ("n", "number", 0.8))  # fmt: skip


def section(asked: Asked, part: Part) -> Section | None:
    """The figures of the staff, those past a limit first."""
    language = asked.language
    title = say(language, "packs.staff_title")
    names = [one.id for one in asked.chosen(part.choices.get("indicators"), INDICATORS)]
    rows = _rows(asked, names)
    measured = [row for row in rows if isinstance(row[1], Number) and (row[1].value is not None or row[1].hidden)]
    if not measured:
        text = say(language, "packs.figure_enable", columns=looked.enabling(asked, names))
        return Section(part.id, part.kind, title, say(language, "packs.staff_none"), (Text(text, "note"),))
    measured.sort(key=lambda row: SEVERITY.get(_number(row).level, 2))
    chart = _chart(asked, names, measured)
    missing = len(names) - len(measured)
    note = say(language, "packs.figure_missing", n=missing) if missing else ""
    table = Table("staff", say(language, "packs.staff_table"), _columns(asked), tuple(measured), note)
    blocks: tuple[Block, ...] = (*([chart] if chart else []), table)
    return Section(part.id, part.kind, title, _message(asked, measured), blocks)


def _chart(asked: Asked, names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Chart | None:
    """The figure that most needs somebody over time; none where it is kept back, and no other in its place."""
    lines, now = looked.held(asked), asked.whole()
    known = [name for name in names if name in now and not math.isnan(now[name].value)]
    if not known:
        return None
    first = min(known, key=lambda name: SEVERITY.get(limits.level(asked.indicator(name), now[name].value, lines)[0], 2))
    row = next((row for row in rows if parsed(_number(row).ref)[0] == first and not _number(row).hidden), None)
    return looked.over_time(asked, asked.indicator(first), "staff", _headed(asked, row)) if row else None


def _number(row: Sequence[Cell]) -> Number:
    cell = row[1]
    assert isinstance(cell, Number), "the second column is the figure"
    return cell


def _columns(asked: Asked) -> tuple[Column, ...]:
    before = asked.picture.before_period
    when = month(asked.language, before) if before else ""
    return tuple(
        Column(say(asked.language, f"packs.figure_col_{name}", month=when), kind, wide) for name, kind, wide in HEADS
    )


def _rows(asked: Asked, names: Sequence[str]) -> list[tuple[Cell, ...]]:
    lines, before = looked.held(asked), asked.picture.before_period
    now, then = asked.whole(), asked.whole(before) if before else {}
    found: list[tuple[Cell, ...]] = []
    for name in names:
        indicator, one, other = asked.indicator(name), now.get(name, NOTHING), then.get(name, NOTHING)
        number = looked.measured(asked, indicator, one, lines)
        earlier = cells.value(asked, indicator, other.value, other.n, before or asked.day)
        limit = looked.limit(asked, indicator, looked.line_at(lines.get(name), number.level))
        moved = cells.change(asked, indicator, one, other, before or asked.day)
        n = cells.people(asked, indicator, one.n)
        row = (looked.name(asked, indicator), number, earlier, moved, limit, n)
        found.append(row)
    return found


def _headed(asked: Asked, row: Sequence[Cell]) -> str:
    number = _number(row)
    return looked.headed(asked, asked.indicator(parsed(number.ref)[0]), number, row[4])


def _message(asked: Asked, rows: Sequence[Sequence[Cell]]) -> str:
    """How many are past their limit, and the first of them."""
    past = [row for row in rows if _number(row).level in ("amber", "red")]
    if not past:
        return say(asked.language, "packs.staff_within", n=len(rows))
    first, line = past[0], past[0][4]
    said = {"name": first[0], "value": _number(first).text, "line": line if isinstance(line, str) else line.text}
    return say(asked.language, "packs.staff_past", n=len(past), total=len(rows), **said)
