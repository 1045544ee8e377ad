"""Headings as people write them, and the canonical columns, indicators and codes that they mean."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from metrics import catalogue, own, schema

NOT_WORD = re.compile(r"[\W_]+")
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
PERCENT_WORDS = frozenset({"pct", "percent", "percentage", "pourcent", "pourcentage", "porcentaje", "percentual"})
TITLES = ("title", "short", "plain")
# What a loan or client sheet often carries beside its own columns: table -> other table -> columns.
CARRIED: dict[str, dict[str, tuple[str, ...]]] = {
    "loans": {
        "clients": ("gender", "birth_date", "location", "household_income_month", "bureau_instalment_month"),
        "branches": ("branch_name",),
        "products": ("product_name",),
    },
    "clients": {"branches": ("branch_name",)},
}
# The name of a branch or product stands for its number where a sheet has no number.
NAMED = {"branch_id": "branch_name", "product_id": "product_name"}
NAMED_BACK = {named: unit for unit, named in NAMED.items()}


@cache
def synonyms() -> dict[str, Any]:
    """The dictionary of headings and codes (`synonyms.toml`)."""
    return tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8"))


@cache
def normal(heading: str) -> str:
    """A heading without case, accents, punctuation; a percent sign becomes the word pct, at the front.

    `PAR30 %` and `% PAR30` both read `pct par30`; `N° prêt*` reads `no pret`.
    """
    text = heading.replace("°", "o").replace("#", " no ").replace("%", " pct ").replace("œ", "oe").lower()
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = NOT_WORD.sub(" ", text).split()
    kept = [word for word in words if word not in PERCENT_WORDS]
    return " ".join(["pct", *kept] if len(kept) < len(words) else kept)


def forms(heading: str) -> tuple[str, ...]:
    """The forms under which a heading is looked up: whole, then without what stands in brackets."""
    whole, bare = normal(heading), normal(IN_BRACKETS.sub(" ", heading))
    return (whole, bare) if bare and bare != whole else (whole,)


def says_percent(heading: str) -> bool:
    """Whether a heading itself says that its figures are percentages."""
    return normal(heading).startswith("pct")


def _words(entries: Mapping[str, Iterable[str]], columns: Iterable[str]) -> dict[str, str]:
    return {normal(word): column for column in columns for word in [column.replace("_", " "), *entries.get(column, ())]}


@cache
def of_table(table: str) -> dict[str, str]:
    """Normalised heading -> column, for a canonical table and what its sheets carry for other tables."""
    own, common = synonyms()["tables"].get(table, {}), synonyms()["common"]
    columns = [*schema.tables()[table].columns]
    entries = {column: list(own.get(column, common.get(column, ()))) for column in columns}
    carried = carried_by(table)
    # In a list of branches "name" is the branch's; in a list of clients it is not.
    extra = {
        column: common[column] if column in NAMED.values() else
        synonyms()["tables"].get(other, {}).get(column, common.get(column, ()))
        for column, other in carried.items()
    }  # fmt: skip
    for unit, name in NAMED.items():
        if unit in columns and name not in {*columns, *carried}:
            entries[unit] += [name.replace("_", " "), *common[name]]
    return _words(extra, extra) | _words(entries, columns)


def carried_by(table: str) -> dict[str, str]:
    """Columns that sheets of a table carry for other tables -> the table that they belong to."""
    return {column: other for other, columns in CARRIED.get(table, {}).items() for column in columns}


def of_ready_values() -> dict[str, str]:
    """Normalised heading -> `unit:branch`, `period`, `n`, `portfolio`, `clients`, or an indicator's id."""
    return _of_ready_values(own.stamp())


@lru_cache(8)
def _of_ready_values(_: own.Stamp) -> dict[str, str]:
    ready = synonyms()["ready"]
    found = {normal(word): f"unit:{kind}" for kind, words in ready["units"].items() for word in words}
    found |= {normal(word): column for column, words in ready["columns"].items() for word in words}
    for name, indicator in catalogue.indicators().items():
        titles = [texts[part] for texts in indicator.texts.values() for part in TITLES]
        for word in [name.replace("_", " "), *titles, *synonyms()["indicators"].get(name, ())]:
            found.setdefault(_distinct(name, normal(word)), name)
        for heading in indicator.own.headings if indicator.own else ():
            found.setdefault(normal(heading), name)
    return found


def _distinct(name: str, word: str) -> str:
    """A short name of a share that is also the name of a count (Women, Rural) counts only with a percent sign."""
    is_share = catalogue.indicators()[name].unit == "%"
    listed = {normal(synonym) for synonym in synonyms()["indicators"].get(name, ())}
    plain = word.isalpha() and name not in word and word not in listed
    return f"pct {word}" if is_share and plain else word


def indicator(heading: str) -> str | None:
    """What a heading of a sheet of ready values means; see `of_ready_values`."""
    known = of_ready_values()
    for form in forms(heading):
        if form in known:
            return known[form]
        bare = form.removeprefix("pct ")
        if bare != form and not known.get(bare, "unit:").startswith("unit:"):
            found = known[bare]
            return found if found in catalogue.indicators() else None
    return None


@cache
def of_codes(column: str) -> dict[str, str]:
    """Normalised word -> code of a coded column."""
    entries = synonyms()["codes"].get(column, {})
    return _words(entries, entries)


@cache
def weak_words() -> frozenset[str]:
    """Headings that a list names and that mean other things as well: never certain by themselves."""
    return frozenset(normal(word) for word in synonyms()["words"]["weak"])


def is_guide(sheet: str) -> bool:
    """Whether a sheet's name says that it only explains the others, as in the templates."""
    return normal(sheet) in synonyms()["words"]["guide"]


@cache
def total_words() -> tuple[str, ...]:
    """Beginnings of the first cell of a row of totals, normalised."""
    return tuple(normal(word) for word in synonyms()["words"]["total"])
