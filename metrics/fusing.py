"""Indicators that read the same relations -> one SELECT for all of them: planning costs more than computing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

FIGURES = ("value", "n", "population", "effective_n", "variance")


@dataclass(frozen=True)
class Fused:
    """One SELECT: `sql` gives period, unit and a list of numbers, five (`FIGURES`) for each of `places`.

    `places` are positions in the sequence that was fused.
    """

    sql: str
    places: tuple[int, ...]


def fused(sqls: Sequence[str]) -> tuple[Fused, ...]:
    """The SELECTs of indicators joined by what stands after their select lists, which must be the same."""
    return _fused(tuple(sqls))


@cache
def _fused(sqls: tuple[str, ...]) -> tuple[Fused, ...]:
    groups: dict[str, list[int]] = {}
    nodes = []
    with duckdb.connect() as con:
        for place, sql in enumerate(sqls):
            node = _parsed(con, sql)
            nodes.append(node)
            groups.setdefault(json.dumps(_rest(node), sort_keys=True), []).append(place)
        return tuple(_one(con, [nodes[place] for place in places], tuple(places)) for places in groups.values())


def _one(con: duckdb.DuckDBPyConnection, nodes: list[dict[str, Any]], places: tuple[int, ...]) -> Fused:
    keys = [cell for cell in nodes[0]["select_list"][:2]]
    cells, figures = [], []
    for number, node in enumerate(nodes):
        given = {cell["alias"] or cell["column_names"][-1]: cell for cell in node["select_list"][2:]}
        for name in FIGURES:
            if name in given:
                cells.append({**given[name], "alias": f"{name}_{number}"})
            figures.append(f"{name}_{number}::DOUBLE" if name in given else "NULL")
    tree = {"error": False, "statements": [{"node": {**nodes[0], "select_list": keys + cells}, "named_param_map": []}]}
    sql = con.execute("SELECT json_deserialize_sql(?::JSON)", [json.dumps(tree)]).fetchall()[0][0]
    return Fused(f"SELECT period, unit, [{', '.join(figures)}]::DOUBLE[] AS figures FROM ({sql}) AS q", places)


def _parsed(con: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    tree = json.loads(con.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0], object_hook=_placeless)
    node: dict[str, Any] = tree["statements"][0]["node"]
    return node


def _rest(node: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in node.items() if key != "select_list"}


def _placeless(node: dict[str, Any]) -> dict[str, Any]:
    """A part of a parse without its place in the text."""
    return {key: part for key, part in node.items() if key != "query_location"}
