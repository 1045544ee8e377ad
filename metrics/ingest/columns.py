"""Which column of a sheet is which column of a table: by name, by the words of the heading, by the cells below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics import schema
from metrics.ingest import concepts, contents, headings, specs
from metrics.ingest.contents import Facts
from metrics.ingest.model import CERTAIN, Use
from metrics.store import Cursor, quote

# How sure each reason is, for choosing between two columns that claim the same canonical one.
SURENESS = {"mapping": 9, "same": 8, "synonym": 7, "words": 4, "looks": 3, "weak": 3, "ids": 2, "cells": 1}
LISTED = CERTAIN | {"weak"}
# Columns whose numbers are landed elsewhere: column -> (table, its column).
LANDED = {
    "client_id": ("clients", "client_id"), "loan_id": ("loans", "loan_id"), "branch_id": ("branches", "branch_id"),
    "product_id": ("products", "product_id"), "officer_id": ("staff", "staff_id"), "group_id": ("groups", "group_id"),
}  # fmt: skip
MOST_ALIKE = 0.8
DISTINCT = 0.5
ENOUGH_ROWS = 20


@dataclass(frozen=True)
class Claims:
    """The columns that a table finds in a row of headings, and the canonical columns that two of them claim."""

    uses: tuple[Use, ...]
    doubled: Mapping[str, tuple[Use, ...]]


def find(texts: Sequence[str], facts: Sequence[Facts], table: str, cursor: Cursor | None = None) -> Claims:
    """The columns of a table among some headings."""
    dated = any(_listed(text, table) == "as_of" for text in texts if text)
    claims = [
        Use(column, place, text, reason)
        for place, text in enumerate(texts)
        if text
        for column, reason in _named(text, table, facts[place], dated).items()
    ]
    uses, doubled = _settle(claims)
    uses = _by_unit_name(uses, table)
    free = set(schema.tables()[table].columns) - {use.column for use in uses}
    taken = {use.place for use in uses} | {use.place for claimed in doubled.values() for use in claimed}
    if len(uses) > 1:
        uses += tuple(_alone(texts, facts, free, taken, cursor))
    return Claims(uses, doubled)


def _listed(text: str, table: str) -> str | None:
    """The column that the dictionary gives for a heading."""
    known = headings.of_table(table)
    return next((known[form] for form in headings.forms(text) if form in known), None)


def _named(text: str, table: str, facts: Facts, dated: bool) -> dict[str, str]:
    """The columns that a heading may be -> why; empty where the cells below are of another kind."""
    spec = specs.of_table(table)
    column = _listed(text, table)
    found = {column: _reason(text, column)} if column else dict.fromkeys(concepts.best(text, table), "words")
    judged = {}
    for name, reason in found.items():
        verdict = contents.verdict(spec.kinds[name], name, spec.codes.get(name, ()), facts)
        if reason in CERTAIN:
            # With a date in each row, a loan stands once a date.
            again = not dated and _repeats(name, table, facts)
            judged[name] = "looks" if verdict == "differs" or again else reason
        elif verdict != "differs":
            judged[name] = reason
    return judged


def _reason(text: str, column: str) -> str:
    bare = headings.forms(text)[-1]
    if headings.normal(text) == headings.normal(column.replace("_", " ")):
        return "same"
    return "weak" if bare in headings.weak_words() else "synonym"


def _repeats(column: str, table: str, facts: Facts) -> bool:
    """Whether what should number the rows of a table stands in many of them again."""
    own = [name for name in schema.tables()[table].key if name not in ("institution_id", "as_of")]
    counted = sum(facts.values.values())
    return own == [column] and counted >= ENOUGH_ROWS and len(facts.values) < counted * DISTINCT


def _settle(claims: list[Use]) -> tuple[tuple[Use, ...], dict[str, tuple[Use, ...]]]:
    """One column of the sheet for each canonical one: the surest claim.

    Two that a list names are doubled, which is asked; two that only their words suggest are both left open.
    """
    by_column: dict[str, list[Use]] = {}
    for use in claims:
        by_column.setdefault(use.column, []).append(use)
    uses, doubled = [], {}
    for column, claimed in by_column.items():
        certain = [use for use in claimed if use.certain]
        surest = max(SURENESS[use.reason] for use in claimed)
        first = certain or [use for use in claimed if SURENESS[use.reason] == surest]
        if len(first) > 1 and first[0].reason in LISTED:
            doubled[column] = tuple(first)
        if len(first) == 1 or column in doubled:
            uses.append(max(first, key=lambda use: SURENESS[use.reason]))
    return _one_each(uses), doubled


def _one_each(uses: list[Use]) -> tuple[Use, ...]:
    """A heading whose words may be either of two columns is left open, unless the other one is taken already."""
    sure = {use.place for use in uses if use.certain}
    counted: dict[int, int] = {}
    for use in uses:
        counted[use.place] = counted.get(use.place, 0) + 1
    return tuple(use for use in uses if counted[use.place] == 1 or (use.certain and use.place in sure))


def _by_unit_name(uses: tuple[Use, ...], table: str) -> tuple[Use, ...]:
    """A branch's or product's name stands for its number where there is no number."""
    columns = {use.column for use in uses}
    for unit, named in headings.NAMED.items():
        if unit not in columns and named in columns and named not in schema.tables()[table].columns:
            uses = tuple(Use(unit, use.place, use.heading, use.reason) if use.column == named else use for use in uses)
    return uses


def _alone(
    texts: Sequence[str], facts: Sequence[Facts], free: set[str], taken: set[int], cursor: Cursor | None
) -> list[Use]:
    """Columns that their cells betray: genders, one currency, numbers of clients or branches already landed."""
    found: list[Use] = []
    for place, text in enumerate(texts):
        if not text or place in taken:
            continue
        column, reason = contents.speaks_alone(facts[place], free), "cells"
        if column is None and cursor is not None:
            column, reason = _landed(cursor, facts[place], free), "ids"
        if column:
            found.append(Use(column, place, text, reason))
            free = free - {column}
    return found


def _landed(cursor: Cursor, facts: Facts, free: set[str]) -> str | None:
    """The identifier whose landed values most of a column's cells are."""
    values = [value for value in facts.values if len(value) > 1]
    if len(values) < contents.FEW or facts.share("word", "code", "whole") < MOST_ALIKE:
        return None
    for column, (table, named) in LANDED.items():
        if column in free:
            known = cursor.execute(
                f"""SELECT count(DISTINCT {quote(named)}) FROM {quote(table)}
                WHERE list_contains($values, {quote(named)})""",
                {"values": values},
            ).fetchall()[0][0]
            if known >= len(values) * MOST_ALIKE:
                return column
    return None
