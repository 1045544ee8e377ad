"""Sections of the sample's pack for tests: each made once, and what stands in one: tables, charts, numbers, texts."""

from collections.abc import Iterator
from functools import cache

from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Chart, Figures, Number, Section, Table, Text
from metrics.packs.sections import breaches, growth, risks, segments, staff, targets, voices
from tests import packing

MODULES = {
    "risks": risks, "breaches": breaches, "segments": segments, "voices": voices, "staff": staff, "growth": growth,
    "targets": targets,
}  # fmt: skip
KINDS = tuple(MODULES)


@cache
def asked(language: str = "en") -> Asked:
    return packing.asked(language)


def made(kind: str, of: Asked | None = None, **choices: object) -> Section:
    found = MODULES[kind].section(of or asked(), Part(kind, kind, choices))
    assert found is not None
    return found


@cache
def section(kind: str, language: str = "en") -> Section:
    return made(kind, asked(language))


def tables(found: Section) -> dict[str, Table]:
    own = [block for block in found.blocks if isinstance(block, Table)]
    return {one.id: one for one in [*own, *(chart.table for chart in charts(found))]}


def charts(found: Section) -> list[Chart]:
    return [block for block in found.blocks if isinstance(block, Chart)]


def numbers(found: Section) -> Iterator[Number]:
    for table in tables(found).values():
        yield from (cell for row in table.rows for cell in row if isinstance(cell, Number))
    for block in found.blocks:
        if isinstance(block, Figures):
            yield from (number for _, number, _ in block.items)


def texts(found: Section) -> str:
    parts = [found.title, found.message]
    for block in found.blocks:
        if isinstance(block, Text):
            parts += [block.text, block.by]
        elif isinstance(block, Figures):
            parts += [text for label, number, said in block.items for text in (label, number.text, number.word, said)]
        elif isinstance(block, Chart):
            parts += [block.title, block.alt, block.note, block.svg, *block.categories]
    for table in tables(found).values():
        parts += [table.title, table.note, *(column.title for column in table.columns)]
        parts += [cell if isinstance(cell, str) else f"{cell.text} {cell.word}" for row in table.rows for cell in row]
    return "\n".join(parts)
