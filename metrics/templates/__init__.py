"""Templates: a workbook to fill in for each canonical table, in English, French and Spanish.

What a column is called and what it means in a language stands in `LANGUAGE.toml` beside this file; in English the
columns are called by their names and explained by the comments of their tables. `examples.toml` fills one row.
"""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from metrics import schema
from metrics.errors import UsageError, nearest
from metrics.ingest import specs
from metrics.words import LANGUAGES

# The tables of a first import, in the order in which they are filled.
STARTER = ("branches", "products", "staff", "clients", "loans", "complaints", "client_surveys")
WHOSE = "institution_id"
NAMES_ITSELF = ("institutions", "reported_measures")

Value = str | int | float | bool | datetime.date | None


@dataclass(frozen=True)
class Column:
    """A column of a template: what it is called, what it means, what may stand in it.

    `kind` is that of the import (text, date, amount, flag, code ...); `words` has what to write for each code (and
    for True and False of a flag); `example` is a value as it is written in a cell.
    """

    name: str
    heading: str
    meaning: str
    kind: str
    needed: bool
    words: Mapping[str, str] = field(default_factory=dict)
    example: Value = None

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be chosen in its cells; empty where anything may be written."""
        return tuple(self.words.values())


@cache
def data(language: str) -> dict[str, Any]:
    """The texts of a language as its file has them.

    Raises:
        UsageError: there are no templates in this language.
    """
    if language not in LANGUAGES:
        raise UsageError("errors.no_such_language", name=language, known=", ".join(LANGUAGES))
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _examples() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))


def known(table: str) -> schema.Table:
    """A canonical table.

    Raises:
        UsageError: there is no such table.
    """
    found = schema.tables().get(table)
    if found is None:
        raise UsageError("errors.no_such_table", name=table, nearest=nearest(table, schema.tables()) or "loans")
    return found


def said(language: str, key: str) -> str:
    """A word of the templates themselves, such as the title of the sheet that explains them."""
    return str(data(language)["words"][key])


def sheet_name(table: str, language: str) -> str:
    """The name of a table's sheet."""
    about = data(language).get("about", {}).get(table)
    return str(about[0]) if about else table.replace("_", " ").capitalize()


def about(table: str, language: str) -> str:
    """What a table is for, in a sentence."""
    found = data(language).get("about", {}).get(table)
    return str(found[1]) if found else known(table).summary


@cache
def columns(table: str, language: str) -> tuple[Column, ...]:
    """The columns of a template in their order: whose records they are stands last, as an import knows it or asks."""
    given = known(table)
    names = [name for name in given.columns if name != WHOSE or table in NAMES_ITSELF]
    names += [] if table in NAMES_ITSELF else [WHOSE]
    return tuple(_column(given, name, language) for name in names)


def _column(table: schema.Table, name: str, language: str) -> Column:
    kind = specs.of_table(table.name).kinds[name]
    heading, meaning = data(language).get(table.name, {}).get(name, ("", ""))
    needed = name in table.required and (name != WHOSE or table.name in NAMES_ITSELF)
    return Column(
        name,
        heading or _titled(name),
        meaning or table.comments[name],
        kind,
        needed,
        _words(table, name, kind, language),
        _example(table.name, name, kind, language),
    )


def _titled(name: str) -> str:
    """A column's name as a heading: `nominal_rate_pct` is Nominal rate (%)."""
    words = name.removesuffix("_pct").split("_")
    words = ["ID" if word == "id" else "APR" if word == "apr" else word for word in words]
    bare = " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])
    return bare + " (%)" if name.endswith("_pct") else bare


def _words(table: schema.Table, name: str, kind: str, language: str) -> dict[str, str]:
    if kind == "flag":
        return {"true": said(language, "yes"), "false": said(language, "no")}
    listed = data(language).get("codes", {}).get(name, {})
    return {code: str(listed.get(code) or code.replace("_", " ").capitalize()) for code in table.enums.get(name, ())}


def _example(table: str, name: str, kind: str, language: str) -> Value:
    """An example as it is written in a cell: a free text of the language, a code or a flag as its word."""
    texts, listed = data(language)["examples"], _examples()
    found: Any = texts.get(f"{table}.{name}", listed.get(table, {}).get(name, listed["common"].get(name)))
    if found is None:
        return str(texts[name])
    if kind == "flag":
        return said(language, "yes" if found else "no")
    if kind == "code":
        return _words(schema.tables()[table], name, kind, language)[str(found)]
    free: Value = found
    return free


def filled(table: str, language: str) -> dict[str, Value]:
    """The example row as an import keeps it, column -> value: codes instead of words."""
    row = {}
    for column in columns(table, language):
        back = {word: code for code, word in column.words.items()}
        value = back[str(column.example)] if column.words else column.example
        row[column.name] = value == "true" if column.kind == "flag" else value
    return row
