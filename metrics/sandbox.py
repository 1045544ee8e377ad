"""Where the SQL of an indicator file is tried before anyone relies on it: it reads measures, reckons, and no more.

The database cannot do all of that: it gives a function as much memory as it asks for, whatever the limit. So a
function has to stand in a list, and what is in the list makes no long text and no list out of a short one.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from metrics.errors import DefinitionError, nearest

FUNCTIONS = frozenset({
    "+", "-", "*", "/", "//", "%", "**", "^", "~~", "!~~", "abs", "avg", "ceil", "count", "count_star", "exp", "floor",
    "greatest", "if", "least", "ln", "lower", "max", "min", "nullif", "pow", "regexp_matches", "round", "sign", "sqrt",
    "sum",
})  # fmt: skip
SETTINGS = (
    "memory_limit = '512MB'",
    "max_execution_time = 15000",  # milliseconds
    "max_expression_depth = 250",
    "autoload_known_extensions = false",
    "autoinstall_known_extensions = false",
    "allow_community_extensions = false",
    "allow_persistent_secrets = false",
    "python_enable_replacements = false",
    "enable_external_access = false",
    "lock_configuration = true",
)


@contextmanager
def opened() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that holds nothing, reaches nothing outside, and gives up after a while."""
    with duckdb.connect() as con:
        for setting in SETTINGS:
            con.execute("SET " + setting)
        yield con


def hold(file: str, sql: str, con: duckdb.DuckDBPyConnection) -> None:
    """Hold the SQL of a file to one SELECT, and to the functions that an indicator may use.

    Raises:
        DefinitionError: names the file and what is wrong.
    """
    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0][:200]
        raise DefinitionError("errors.definition_bad_sql", file=file, reason=reason) from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise DefinitionError("errors.definition_one_select", file=file, found=len(statements))
    for name in sorted(_called(sql, con) - FUNCTIONS):
        raise DefinitionError("errors.definition_function", file=file, name=name, nearest=nearest(name, FUNCTIONS))


def _called(sql: str, con: duckdb.DuckDBPyConnection) -> set[str]:
    """Every function that a query calls, also as a table; and every table that it names with its schema."""
    called: set[str] = set()

    def keep(node: dict[str, Any]) -> dict[str, Any]:
        if "function_name" in node:
            path = (node.get("catalog") or "", node.get("schema") or "", node["function_name"])
            called.add(".".join(filter(None, path)))
        if node.get("type") == "TABLE_FUNCTION":
            called.add(f"FROM {node['function'].get('function_name', '')}")
        if node.get("type") == "BASE_TABLE" and (node.get("schema_name") or node.get("catalog_name")):
            called.add(f"{node['schema_name']}.{node['table_name']}")
        return node

    json.loads(con.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0], object_hook=keep)
    return called
