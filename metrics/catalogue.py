"""Indicator files -> frozen Indicator objects. A wrong file is refused with its name, key and the nearest valid key."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import duckdb

from metrics import heads, measures, own, sandbox, words
from metrics.errors import DefinitionError, nearest
from metrics.indicator import TEXTS, Indicator, of_own
from metrics.policy_toml import SETTINGS as ALL_SETTINGS
from metrics.schema import quote

__all__ = ["Indicator", "indicators", "load", "run_example", "shipped"]

FOLDER = Path(__file__).parent / "indicators"
REQUIRED = {
    "unit", "better", "goalposts", "limits", "units", "people", "risk", "standard", "example",
}  # fmt: skip
LISTS, TABLES = ("units", "risk", "standard", "goalposts"), ("limits", "example")
CHOICES = {
    "unit": ("%", "ratio", "count", "money", "days", "points"),
    "better": ("lower", "higher", "band"),
    "people": ("clients", "staff", "none"),
}
UNITS = ("institution", "branch", "product", "officer", "segment")
SETTINGS = {
    "renegotiated_at_risk": "BOOLEAN",
    "par_from_30": "BOOLEAN",
    "overindebted_line": "DOUBLE",
    "complaint_days": "INTEGER",
    "small_loan_line": "DOUBLE",
    "large_loan_line": "DOUBLE",
    "retention": "VARCHAR",
    "par_overdue_amount": "BOOLEAN",
    "two_point_averages": "BOOLEAN",
    "annualised": "BOOLEAN",
    "caseload_limit": "INTEGER",
    "poverty_line": "VARCHAR",
    "rate_cap": "DOUBLE",
    "provision_current": "DOUBLE",
    "provision_1_30": "DOUBLE",
    "provision_31_60": "DOUBLE",
    "provision_61_90": "DOUBLE",
    "provision_91_180": "DOUBLE",
    "provision_over_180": "DOUBLE",
}
DEFAULTS = {name: ALL_SETTINGS[name] for name in SETTINGS}
NEAR = 1e-9
RETURNS = ["period", "unit", "value", "n"]
OPTIONAL = ["population", "effective_n", "variance"]
# Relations that keep one row for each value of a dimension, which sums could not give back.
KEPT = {"branch_portfolio": "branch_id", "officer_portfolio": "officer_id", "sector_portfolio": "sector"}


def indicators() -> dict[str, Indicator]:
    """All indicators by id: those shipped in the order of their folders, then the institution's own."""
    return _indicators(own.stamp())


@lru_cache(8)
def _indicators(_: own.Stamp) -> dict[str, Indicator]:
    return {**shipped(), **{one.id: of_own(one) for one in own.every()}}


@cache
def shipped() -> dict[str, Indicator]:
    """The indicators that come with the program, by id, in the order of their folders."""
    return {i.id: i for i in load(FOLDER)}


def load(folder: Path) -> list[Indicator]:
    """Read and check every indicator file below a folder (PILLAR/THEME/ID.sql).

    Raises:
        DefinitionError: names the file, the key and the nearest valid one.
    """
    with sandbox.opened() as con:
        empty_relations(con)
        return [_indicator(file, con) for file in sorted(folder.glob("*/*/*.sql"))]


def checked(file: Path) -> Indicator:
    """One indicator file, checked as those that ship are, and by its own example; nothing of it is kept.

    Raises:
        DefinitionError: names the file and what is wrong.
    """
    with sandbox.opened() as con:
        empty_relations(con)
        found = _indicator(file, con)
        try:
            given = run_example(found, con)
        except duckdb.Error as error:
            raise DefinitionError("errors.definition_bad_sql", file=file.name, reason=_first(error)) from error
        for unit, value in found.example["expect"].items():
            if given.get(unit) is None or abs(float(given[unit] or 0) - float(value)) > NEAR * max(1, abs(value)):
                raise DefinitionError(
                    "errors.definition_example", file=file.name, unit=unit, value=str(value), found=str(given.get(unit))
                )
    return found


def relations() -> dict[str, dict[str, str]]:
    """Every relation that an indicator may read: name -> column -> type."""
    keys = {"period": "DATE", "unit": "VARCHAR"}
    found: dict[str, dict[str, str]] = {"settings": dict(SETTINGS)}
    for name, measure in measures.catalogue().items():
        found[name] = keys | dict.fromkeys(measure.parts, "DOUBLE")
        found[name + "_12m"] = keys | dict.fromkeys(measure.twin_parts(), "DOUBLE")
    for name, kept in KEPT.items():
        found[name] = keys | {kept: "VARCHAR", "glp": "DOUBLE", "active_borrowers": "DOUBLE"}
    return found


def empty_relations(con: duckdb.DuckDBPyConnection) -> None:
    """Make every relation as an empty temporary table, for checks and for examples."""
    for name, columns in relations().items():
        listed = ", ".join(f"{quote(column)} {quote(kind)}" for column, kind in columns.items())
        con.execute(f"CREATE OR REPLACE TEMP TABLE {quote(name)} ({listed})")


def _indicator(file: Path, con: duckdb.DuckDBPyConnection) -> Indicator:
    head, sql = heads.read(file)
    head, texts = heads.with_texts(file.name, head, TEXTS, REQUIRED)
    heads.check_kinds(file.name, head, LISTS, TABLES)
    _check_head(file.name, head)
    parts = _check_sql(file.name, sql, con)
    used = parts.pop("settings", ())
    _check_example(file.name, head["example"], parts)
    theme = file.parent
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in head.items()}
    return Indicator(
        id=file.stem, pillar=theme.parent.name, theme=theme.name, texts=texts, sql=sql, parts=parts, settings=used,
        **fields,
    )  # fmt: skip


def _check_head(file: str, head: dict[str, Any]) -> None:
    for key, choices in CHOICES.items():
        _choice(file, key, head[key], choices)
    for unit in head["units"]:
        _choice(file, "units", unit, UNITS)
    for key in head["limits"]:
        _choice(file, "limits", key, ("amber", "red"))
    for risk in head["risk"]:
        _choice(file, "risk", risk, tuple(words.area("en", "risks")))
    if head["goalposts"]:
        _check_goalposts(file, head["goalposts"], head["better"])


def _choice(file: str, key: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise _bad(file, key, value, ", ".join(choices), nearest(str(value), choices))


def _check_goalposts(file: str, posts: list[float], better: str) -> None:
    wanted = 4 if better == "band" else 2
    if len(posts) != wanted or posts[0] == posts[1]:
        raise _bad(file, "goalposts", posts, f"{wanted} numbers, worst and best apart", None)
    if wanted == 2 and (posts[0] > posts[1]) != (better == "lower"):
        raise _bad(file, "goalposts", posts, f'worst, best for better = "{better}"', None)


def _bad(file: str, key: str, value: object, expected: str, near: str | None) -> DefinitionError:
    return DefinitionError(
        "errors.definition_bad_value", file=file, key=key, value=str(value), expected=expected, nearest=near
    )


def _check_sql(file: str, sql: str, con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """One SELECT over known relations that returns period, unit, value, n; gives the parts that it reads."""
    sandbox.hold(file, sql, con)
    known = relations()
    for name in sorted(_tables(sql, con)):
        if name not in known:
            near = nearest(name, known)
            raise DefinitionError("errors.definition_unknown_measure", file=file, name=name, nearest=near)
    try:
        found = [row[0] for row in con.execute("DESCRIBE " + sql).fetchall()]
    except duckdb.Error as error:
        raise DefinitionError("errors.definition_bad_sql", file=file, reason=_first(error)) from error
    if found != RETURNS + [name for name in OPTIONAL if name in found]:
        raise DefinitionError("errors.definition_columns", file=file, found=", ".join(found))
    return _parts(sql, con)


def _tables(sql: str, con: duckdb.DuckDBPyConnection) -> set[str]:
    """The relations that a query reads, from DuckDB's own parse of it; names that it gives itself (WITH) left out."""
    tree = con.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0]
    read: set[str] = set()
    given: set[str] = set()

    def keep(node: dict[str, Any]) -> dict[str, Any]:
        if node.get("type") == "BASE_TABLE":
            read.add(node["table_name"])
        if node.keys() == {"key", "value"}:
            given.add(node["key"])
        return node

    json.loads(tree, object_hook=keep)
    return read - given


def _parts(sql: str, con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """The parts of each measure that a query names, from DuckDB's own parse of it."""
    tree = con.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0]
    named: set[str] = set()

    def keep(node: dict[str, Any]) -> dict[str, Any]:
        named.update(node.get("column_names") or ())
        return node

    json.loads(tree, object_hook=keep)
    found = {}
    for name in sorted(_tables(sql, con)):
        columns = relations()[name].keys() - {"period", "unit", "months"}
        found[name] = tuple(sorted(named & columns))
    return found


def _check_rows(file: str, example: dict[str, Any]) -> None:
    """Hold an example to tables of rows, and what it expects to numbers by unit."""
    for name, rows in example.items():
        kinds: tuple[type, ...] = (int, float) if name == "expect" else (dict,)
        listed = rows.values() if name == "expect" and isinstance(rows, dict) else rows
        if not isinstance(rows, dict if name == "expect" else list) or not all(isinstance(o, kinds) for o in listed):
            raise _bad(file, f"example.{name}", rows, "{...}", None)


def _check_example(file: str, example: dict[str, Any], parts: Mapping[str, tuple[str, ...]]) -> None:
    _check_rows(file, example)
    measured = (rows for name, rows in example.items() if name not in ("expect", "settings"))
    units = {str(row.get("unit")) for rows in measured for row in rows}
    if len(units) < 2:
        raise _bad(file, "example", f"{len(units)} unit", "at least two units", None)
    if 0.0 not in [float(value) for value in example.get("expect", {}).values()] and not parts.keys() <= KEPT.keys():
        raise _bad(file, "example.expect", example.get("expect"), "at least one unit that yields 0", None)
    known = relations()
    for name, rows in example.items():
        if name == "expect":
            continue
        if name not in known:
            near = nearest(name, known)
            raise DefinitionError("errors.definition_unknown_measure", file=file, name=name, nearest=near)
        for column in {column for row in rows for column in row} - known[name].keys():
            near = nearest(column, known[name])
            raise DefinitionError("errors.definition_unknown_part", file=file, measure=name, name=column, nearest=near)


def run_example(indicator: Indicator, con: duckdb.DuckDBPyConnection) -> dict[str, float | None]:
    """What the indicator's SQL gives for its own example: unit -> value. Rows of a unit are cells, summed first."""
    empty_relations(con)
    given = {"settings": [{}], **indicator.example}
    for name, rows in given.items():
        if name == "expect":
            continue
        for row in rows:
            filled = {**DEFAULTS, **row} if name == "settings" else {"period": "2026-09-30", **row}
            columns = ", ".join(quote(column) for column in filled)
            places = ", ".join("?" * len(filled))
            con.execute(f"INSERT INTO {quote(name)} ({columns}) VALUES ({places})", list(filled.values()))
        if name not in KEPT and name != "settings":
            _sum_cells(con, name)
    rows = con.execute(indicator.sql).fetchall()
    return {row[1]: row[2] for row in rows}


def _sum_cells(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Give a relation of an example one row for each unit, as a slice does."""
    parts = [column for column in relations()[name] if column not in ("period", "unit", "months")]
    sums = "".join(f", sum({quote(part)}) AS {quote(part)}" for part in parts)
    months = ", max(months) AS months" if name.endswith("_12m") else ""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {quote(name)} AS "
        f"SELECT period, unit{sums}{months} FROM {quote(name)} GROUP BY period, unit"
    )


def _first(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
