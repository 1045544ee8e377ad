"""The annex: every indicator with data, one table a theme, the units beside each other."""

import math
from collections.abc import Iterable, Sequence

from metrics.catalogue import Indicator, indicators
from metrics.documents import notes
from metrics.packs import cells
from metrics.packs.asked import NOTHING, Asked
from metrics.packs.description import Part
from metrics.packs.model import Cell, Column, Section, Table
from metrics.packs.refs import at
from metrics.units import names
from metrics.words import say


def section(asked: Asked, part: Part) -> Section | None:
    """All indicators of the catalogue that have data, or those that the description names; None without any."""
    by = str(part.choices.get("by", "")) or asked.picture.by
    given = part.choices.get("indicators")
    among = {name for _, name in asked.parts(by)} | set(asked.whole())
    chosen = [one for one in asked.chosen(given, indicators()) if one.id in among]
    units = members(asked, by)
    measured = [one for one in chosen if _measured(asked, one, by, units)]
    tables = tuple(
        table(asked, f"annex_{pillar}_{theme}", say(asked.language, f"themes.{theme}"), own, by, units)
        for (pillar, theme), own in _themes(measured)
    )
    if not tables:
        return None
    title = str(part.choices.get("title", "")) or say(asked.language, "packs.section_annex")
    left = len(chosen) - len(measured)
    said = say(asked.language, "packs.annex_message" if left else "packs.annex_full", n=len(measured), left=left)
    return Section(part.id, part.kind, title, said, tables)


def members(asked: Asked, by: str) -> tuple[tuple[str, str], ...]:
    """The units of a kind, id and name: in the picture's order where it has them, none for the institution alone."""
    if by == "institution":
        return ()
    if by == asked.picture.by:
        return tuple((unit.id, unit.name) for unit in asked.picture.units)
    named = names(asked.cursor, by)
    found = dict.fromkeys(unit for unit, _ in asked.parts(by))
    return tuple((unit, named.get(unit, (unit, ""))[0]) for unit in found)


def table(
    asked: Asked, name: str, title: str, chosen: Sequence[Indicator], by: str, units: Sequence[tuple[str, str]]
) -> Table:
    """Indicators down, units across, the whole and the people behind it first; each figure with its status."""
    language = asked.language
    columns = [
        Column(say(language, "packs.col_indicator"), "text", 3.0),
        Column(say(language, "packs.col_whole"), "number"),
        Column(say(language, "packs.col_n"), "number"),
        *(Column(name, "number") for _, name in units),
    ]
    rows = tuple(_row(asked, one, by, units) for one in chosen)
    return Table(name, title, tuple(columns), rows, say(language, "packs.annex_note"))


def _row(asked: Asked, indicator: Indicator, by: str, units: Sequence[tuple[str, str]]) -> tuple[Cell, ...]:
    whole, parts = asked.whole().get(indicator.id, NOTHING), asked.parts(by)
    made: list[Cell] = [
        notes.name(indicator, asked.picture, asked.language),
        cells.value(asked, indicator, whole.value, whole.n, judged=True),
        cells.people(asked, indicator, whole.n),
    ]
    for unit, _ in units:
        found = parts.get((unit, indicator.id), NOTHING)
        made.append(cells.value(asked, indicator, found.value, found.n, judged=True, **at(by, unit)))
    return tuple(made)


def _measured(asked: Asked, indicator: Indicator, by: str, units: Sequence[tuple[str, str]]) -> bool:
    found = [asked.whole().get(indicator.id, NOTHING)]
    found += [asked.parts(by).get((unit, indicator.id), NOTHING) for unit, _ in units]
    return not all(math.isnan(one.value) for one in found)


def _themes(chosen: Iterable[Indicator]) -> list[tuple[tuple[str, str], list[Indicator]]]:
    found: dict[tuple[str, str], list[Indicator]] = {}
    for one in chosen:
        found.setdefault((one.pillar, one.theme), []).append(one)
    return list(found.items())
