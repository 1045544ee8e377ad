"""What a column says about one person: `classes.toml` has the class of every column of every canonical table."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

IDENTIFIER, QUASI, SENSITIVE, MEASURE = CLASSES = ("identifier", "quasi", "sensitive", "measure")
HIDDEN = "•••"


@cache
def of_table(table: str) -> Mapping[str, str]:
    """Column -> class; empty for what is no canonical table."""
    return {column: name for name, columns in _file().get(table, {}).items() for column in columns}


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("classes.toml").read_text(encoding="utf-8"))


def of_column(column: str, *tables: str) -> str:
    """The class of a column in the first of these tables that has it; what none has is taken for an identifier."""
    return next((found for table in tables if (found := of_table(table).get(column))), IDENTIFIER)
