"""What a column says about one person: `classes.toml` has the class of every column of every canonical table."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

IDENTIFIER, QUASI, SENSITIVE, MEASURE = CLASSES = ("identifier", "quasi", "sensitive", "measure")
HIDDEN = "•••"
# Records that are rows of a table about persons, or are named after one: what they say stays out of the account.
OF_RECORDS = {
    "complaint": "complaints", "statement": "stakeholder_consultations", "answers": "client_surveys",
    "staff_answers": "staff_surveys", "coding": "",
}  # fmt: skip


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


def hidden(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a record without what it says about a person; other kinds of record stay as they are."""
    if kind not in OF_RECORDS or not OF_RECORDS[kind]:
        return dict(body)
    known = of_table(OF_RECORDS[kind])
    return {name: value if known.get(name) == MEASURE or value is None else HIDDEN for name, value in body.items()}
