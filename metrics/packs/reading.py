"""A pack read back from the text that it was kept as."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from metrics.packs.model import (
    Block,
    Cell,
    Chart,
    Column,
    Definition,
    Figures,
    Live,
    Number,
    Pack,
    Section,
    Series,
    Signature,
    Table,
    Text,
)
from metrics.words import area


def from_json(text: str, number: Callable[[str], float] = float) -> Pack:
    """A pack from what `as_json` wrote."""
    data = json.loads(text, parse_float=number)
    sections = tuple(
        Section(**{**section, "blocks": tuple(_block(block) for block in section["blocks"])})
        for section in data["sections"]
    )
    definitions = tuple(Definition(**one) for one in data["definitions"])
    # Words that a form says since it was frozen: what stands in it goes before them.
    said = {name: text for name, text in area(data["language"], "packs").items() if isinstance(text, str)}
    data["words"] = said | data["words"]
    return Pack(**{**data, "sections": sections, "definitions": definitions, "basis": _pairs(data["basis"])})


def _block(data: Mapping[str, Any]) -> Block:
    kind = data["_"]
    given = {key: value for key, value in data.items() if key != "_"}
    if kind == "Table":
        return _table(given)
    if kind == "Chart":
        series = tuple(Series(**{**one, "values": tuple(one["values"])}) for one in given["series"])
        table = _table({key: value for key, value in given["table"].items() if key != "_"})
        lines = tuple((name, value, level) for name, value, level in given["limits"])
        told = {"categories": tuple(given["categories"]), "series": series, "table": table, "limits": lines}
        return Chart(**{**given, **told})
    if kind == "Figures":
        return Figures(tuple((label, _cell(number), said) for label, number, said in given["items"]))  # type: ignore[misc]
    if kind == "Live":
        healths = {unit: tuple(_cell(one) for one in found) for unit, found in given["healths"].items()}
        values = {unit: tuple(found) for unit, found in given["values"].items()}
        return Live(**{**given, "healths": healths, "values": values, "leaves": tuple(given["leaves"])})
    if kind == "Signature":
        return Signature(tuple(given["roles"]), _pairs(given["lines"]))
    return Text(**given)


def _table(given: Mapping[str, Any]) -> Table:
    columns = tuple(Column(**one) for one in given["columns"])
    rows = tuple(tuple(_cell(cell) for cell in row) for row in given["rows"])
    return Table(**{**given, "columns": columns, "rows": rows})


def _cell(data: Any) -> Cell:
    return data if isinstance(data, str) else Number(**{key: value for key, value in data.items() if key != "_"})


def _pairs(data: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, said) for name, said in data)
