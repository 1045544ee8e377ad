"""Growth against its limits over time, and beside the signs that it strains clients and staff, by unit."""

import math
from collections.abc import Mapping, Sequence

from metrics.packs.asked import NOTHING, Asked, Found
from metrics.packs.description import Part
from metrics.packs.model import Block, Cell, Column, Figures, Number, Section, Table, Text
from metrics.packs.sections import looked
from metrics.words import say

GROWTH = ("glp_growth", "borrower_growth")
STRAIN = ("par30", "overindebted_share", "retention_rate", "complaints_rate")
LOAD = ("borrowers_per_loan_officer", "caseload_overload")  # of the whole alone: units have few officers
MOST = 13  # units of the table beside the whole


def section(asked: Asked, part: Part) -> Section | None:
    """How fast portfolio and borrowers grow, where they grow fastest, and what goes with it there."""
    language = asked.language
    title = say(language, "packs.growth_title")
    names = [one.id for one in asked.chosen(part.choices.get("indicators"), (*GROWTH, *STRAIN))]
    whole = _row(asked, names, asked.whole())
    units = _units(asked, names)
    grown = [cell for row in (whole, *units) for cell in _numbers(row)[:2]]
    if all(cell.value is None and not cell.hidden for cell in grown):
        text = Text(say(language, "packs.growth_enable", columns=looked.enabling(asked, names[:2])), "note")
        return Section(part.id, part.kind, title, say(language, "packs.growth_none"), (text, *_load(asked)))
    charts = [_chart(asked, name) for name in names[:2] if name in GROWTH]
    blocks: tuple[Block, ...] = (*_load(asked), *(one for one in charts if one is not None))
    blocks += (_table(asked, names, whole, units),)
    return Section(part.id, part.kind, title, _message(asked, whole, units), blocks)


def _numbers(row: Sequence[Cell]) -> list[Number]:
    return [cell for cell in row if isinstance(cell, Number)]


def _row(asked: Asked, names: Sequence[str], values: Mapping[str, Found]) -> tuple[Cell, ...]:
    lines = looked.held(asked)
    found = [looked.measured(asked, asked.indicator(name), values.get(name, NOTHING), lines) for name in names]
    return (say(asked.language, "packs.segments_all"), *found)


def _units(asked: Asked, names: Sequence[str]) -> list[tuple[Cell, ...]]:
    """A row for each of the units that grow fastest, in that order; what is not known or kept back stands last."""
    by = asked.picture.by
    if by == looked.WHOLE:
        return []
    lines, values = asked.picture.limits, looked.found(asked, names, by)
    rows: list[tuple[str, list[Number]]] = []
    fastest = sorted(asked.picture.units, key=lambda unit: _slower(values.get((unit.id, names[0]), NOTHING)))
    for unit in fastest[:MOST]:  # chosen by what is known, so that none moves up for one that is kept back
        place = {by: unit.id}
        found = (values.get((unit.id, name), NOTHING) for name in names)
        pairs = zip(names, found, strict=True)
        made = [looked.measured(asked, asked.indicator(name), one, lines, **place) for name, one in pairs]
        if any(one.value is not None or one.hidden for one in made):
            rows.append((unit.name, made))
    rows.sort(key=lambda row: (row[1][0].value is None, -(row[1][0].value or 0.0), row[0]))
    return [(title, *made) for title, made in rows]


def _slower(found: Found) -> float:
    return math.inf if math.isnan(found.value) else -found.value


def _table(asked: Asked, names: Sequence[str], whole: tuple[Cell, ...], units: Sequence[tuple[Cell, ...]]) -> Table:
    language = asked.language
    columns = (
        Column(say(language, "packs.unit"), "text", 1.6),
        *(Column(looked.name(asked, asked.indicator(name)), "number") for name in names),
    )
    lines = looked.held(asked)
    limits: tuple[Cell, ...] = (
        say(language, "packs.growth_limits"),
        *(looked.limit(asked, asked.indicator(name), looked.line_at(lines.get(name), "")) for name in names),
    )
    rows = (limits, whole, *units)
    left = len(asked.picture.units) - MOST
    more = say(language, "packs.growth_more", n=left) if left > 0 and units else ""
    note = f"{say(language, 'packs.growth_note')} {more}".strip()
    return Table("growth", say(language, "packs.growth_table"), columns, rows, note)


def _load(asked: Asked) -> tuple[Block, ...]:
    """What loan officers carry."""
    lines, items = looked.held(asked), []
    for name in LOAD:
        indicator = asked.indicator(name)
        number = looked.measured(asked, indicator, asked.whole().get(name, NOTHING), lines)
        if number.value is not None:
            line = looked.limit(asked, indicator, looked.line_at(lines.get(name), number.level))
            items.append((looked.name(asked, indicator), number, looked.beside(asked, line, number)))
    return (Figures(tuple(items)),) if items else ()


def _chart(asked: Asked, name: str) -> Block | None:
    indicator = asked.indicator(name)
    one = asked.whole().get(name, NOTHING)
    lines = looked.held(asked)
    number = looked.measured(asked, indicator, one, lines)
    line = looked.limit(asked, indicator, looked.line_at(lines.get(name), number.level))
    return looked.over_time(asked, indicator, f"growth_{name}", looked.headed(asked, indicator, number, line))


def _message(asked: Asked, whole: Sequence[Cell], units: Sequence[Sequence[Cell]]) -> str:
    """How fast the whole grows and where fastest, with the late loans there."""
    language = asked.language
    number = _numbers(whole)[0]
    parts = []
    if number.value is not None:
        way = "shrank" if number.value < 0 else "whole"
        parts.append(say(language, f"packs.growth_{way}", value=number.text))
    fast = [row for row in units if _numbers(row)[0].value is not None]
    if fast:
        first = _numbers(fast[0])
        past = [one for one in first[1:] if one.level in ("amber", "red")]
        key = "packs.growth_fastest" if len(fast) > 1 else "packs.growth_one"
        parts.append(say(language, key, unit=str(fast[0][0]), value=first[0].text))
        parts.append(say(language, "packs.growth_strained", n=len(past)))
    return (", ".join(parts) or say(language, "packs.growth_kept_back")) + "."
