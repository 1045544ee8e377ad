"""What is kept about persons, for the officer who answers for it: tables, classes, how many; consent; requests done."""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
from openpyxl import Workbook

from metrics import activity, classes, schema
from metrics.access.roles import roles
from metrics.configuration import configuration
from metrics.exporting import cell
from metrics.schema import quote
from metrics.words import say

Cursor = duckdb.DuckDBPyConnection
# Whose rows a table holds, by the first of these columns that it has.
PERSONS = (("client_id", "clients"), ("staff_id", "staff"), ("loan_id", "loans"), ("response_id", "answers"))
QUOTED = {
    "complaints": "description", "client_surveys": "answer_text", "staff_surveys": "answer_text",
    "stakeholder_consultations": "statement",
}  # fmt: skip
DAYS = ("staging_days", "backup_days", "taken_out_days")


@dataclass(frozen=True)
class Held:
    """One table: rows, how many different persons (by `whose`: clients, loans, staff, answers, rows), its columns."""

    table: str
    rows: int
    persons: int
    whose: str
    quasi: tuple[str, ...]
    sensitive: tuple[str, ...]


@dataclass(frozen=True)
class Consent:
    """Texts of one table: how many may be quoted, may not, and of how many nobody asked."""

    table: str
    yes: int
    no: int
    unasked: int


@dataclass(frozen=True)
class Request:
    """One request that was answered: when (UTC), by whom, `access` or `erase`, rows, and why."""

    at: datetime.datetime
    who: str
    what: str
    rows: int
    reason: str


def kept(cursor: Cursor) -> list[Held]:
    """Every table with a row about a person, of all batches, those taken out among them; the most rows first."""
    found = []
    for table in schema.tables().values():
        known = classes.of_table(table.name)
        quasi, sensitive = (
            tuple(c for c in table.columns if known[c] == kind) for kind in (classes.QUASI, classes.SENSITIVE)
        )
        if not quasi and not sensitive:
            continue
        column, whose = next(((c, whose) for c, whose in PERSONS if c in table.columns), ("row_no", "rows"))
        persons = f"count(DISTINCT {quote(column)})" if whose != "rows" else "count(*)"
        rows, n = cursor.execute(f"SELECT count(*), {persons} FROM facts.{quote(table.name)}").fetchall()[0]
        if rows:
            found.append(Held(table.name, int(rows), int(n), whose, quasi, sensitive))
    return sorted(found, key=lambda one: -one.rows)


def consents(cursor: Cursor) -> list[Consent]:
    """How many texts of clients, staff and others may be quoted."""
    found = []
    for table, column in QUOTED.items():
        yes, no, unasked = cursor.execute(
            f"""SELECT count_if(may_quote), count_if(NOT may_quote), count_if(may_quote IS NULL)
            FROM {quote(table)} WHERE length(trim({quote(column)})) > 0"""
        ).fetchall()[0]
        if yes or no or unasked:
            found.append(Consent(table, int(yes), int(no), int(unasked)))
    return found


def requests(cursor: Cursor) -> list[Request]:
    """Every request of a person that was answered, as the account tells it, the latest first."""
    found = []
    for one in activity.entries(cursor):
        if one.what in ("access", "erase"):
            told = one.after or {}
            found.append(Request(one.at, one.who, one.what, sum(told.get("rows", {}).values()), told.get("reason", "")))
    return found[::-1]


def seen_by(language: str) -> list[tuple[str, str, str, str]]:
    """Role, how far it sees, numbers of clients plain or hashed, rows or only figures: as the table of roles has it."""

    def word(name: str) -> str:
        return say(language, f"personal.role_{name}")

    return [
        (say(language, f"access.role_{role.name}"), word("whole" if role.whole else "branches"),
         word("masked" if role.masked else "plain"), word("rows" if "rows" in role.actions else "figures"))
        for role in roles().values()
    ]  # fmt: skip


def days(language: str) -> list[str]:
    """How long what is kept, and how files and numbers of clients are kept, in sentences."""
    settings = configuration()
    found = [(name, getattr(settings, name)) for name in DAYS]
    said = [say(language, f"backup.page_{name}" if n else f"backup.page_{name}_never", n=n) for name, n in found]
    files = say(language, f"personal.files_{settings.keep_files}")
    return [*said, files, say(language, f"personal.ids_{settings.client_ids}")]


def record(cursor: Cursor, language: str) -> bytes:
    """The record of processing as a workbook: what is kept, of whom, for how long, who sees it, consent, requests."""
    book = Workbook(write_only=True)

    def sheet(name: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        made: Any = book.create_sheet(say(language, f"personal.part_{name}"))
        made.append([cell(made, say(language, f"personal.head_{head}"), bold=True) for head in heads])
        for row in rows:
            made.append([cell(made, value) for value in row])

    held = [(one.table, schema.tables()[one.table].summary, one.rows, one.persons,
             say(language, f"personal.whose_{one.whose}"), ", ".join(one.quasi), ", ".join(one.sensitive))
            for one in kept(cursor)]  # fmt: skip
    sheet("kept", ("table", "what", "rows", "persons", "whose", "quasi", "sensitive"), held)
    sheet("days", ("rule",), [[text] for text in days(language)])
    sheet("seen", ("role", "reach", "numbers", "rows"), seen_by(language))
    asked = [(one.table, one.yes, one.no, one.unasked) for one in consents(cursor)]
    sheet("consent", ("table", "yes", "no", "unasked"), asked)
    done = [(one.at.date(), one.who, say(language, f"personal.request_{one.what}"), one.rows, one.reason)
            for one in requests(cursor)]  # fmt: skip
    sheet("requests", ("day", "who", "request", "rows", "reason"), done)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
