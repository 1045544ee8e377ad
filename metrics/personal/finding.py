"""Where one client stands in the data: the numbers that lead there, and every row under them, of any batch."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from metrics import pseudonyms, schema
from metrics.errors import EvenkeelError
from metrics.schema import Table, quote
from metrics.store import Store

Cursor = duckdb.DuckDBPyConnection
# Where the numbers stand that lead to a client beside the client's own.
LED_BY = {
    "loan_id": "loans", "account_id": "savings", "application_id": "applications", "complaint_id": "complaints",
    "response_id": "client_surveys",
}  # fmt: skip
# Columns by which a row is the client's; a response's number says nothing outside its survey.
LINKS = ("client_id", "loan_id", "account_id", "application_id", "complaint_id")


@dataclass(frozen=True)
class Person:
    """A client: institution, number as it is kept (a pseudonym where numbers are keyed), and the numbers under it."""

    institution: str
    client: str
    given: str
    numbers: dict[str, tuple[str, ...]]

    @property
    def words(self) -> tuple[str, ...]:
        """Every number that leads to the person, the longest first."""
        every = {self.client, self.given, *(one for listed in self.numbers.values() for one in listed)}
        return tuple(sorted(every, key=lambda one: (-len(one), one)))


def find(store: Store, cursor: Cursor, client: str, institution: str | None = None) -> Person:
    """The client with a number, in all that was ever landed.

    Raises:
        EvenkeelError: no institution has such a client, or several have.
    """
    given = client.strip()
    names = [given, pseudonyms.keyed(pseudonyms.key(store.path.parent), "client_id", given)]
    found: dict[str, str] = {}
    for name in (one for one in names if one):
        for owner in _owners(cursor, name):
            found.setdefault(owner, name)
    if institution is not None:
        found = {owner: name for owner, name in found.items() if owner == institution}
    if not found:
        raise EvenkeelError("personal.no_such_client")
    if len(found) > 1:
        raise EvenkeelError("personal.several_institutions", known=", ".join(sorted(found)))
    owner, name = next(iter(found.items()))
    numbers = {column: _numbers(cursor, table, column, owner, name) for column, table in LED_BY.items()}
    return Person(owner, name, given, {column: listed for column, listed in numbers.items() if listed})


def _owners(cursor: Cursor, client: str) -> set[str]:
    """The institutions in whose tables a client's number stands."""
    found = set()
    for table in schema.tables().values():
        if "client_id" in table.columns:
            rows = f"SELECT DISTINCT institution_id FROM facts.{quote(table.name)} WHERE client_id = ?"
            found |= {row[0] for row in cursor.execute(rows, [client]).fetchall()}
    return found


def _numbers(cursor: Cursor, table: str, column: str, owner: str, client: str) -> tuple[str, ...]:
    x = quote(column)
    rows = cursor.execute(
        f"SELECT DISTINCT {x} FROM facts.{quote(table)} WHERE institution_id = ? AND client_id = ? ORDER BY 1",
        [owner, client],
    ).fetchall()
    return tuple(row[0] for row in rows if row[0])


def tables() -> list[Table]:
    """The tables that can hold rows about a client."""
    return [table for table in schema.tables().values() if any(column in table.columns for column in LINKS)]


def whose(table: Table) -> str:
    """The condition that finds a person's rows in a table; `params` has what it asks for."""
    known = " OR ".join(f"list_contains(${column}::VARCHAR[], {quote(column)})" for column in _links(table))
    return f"institution_id = $institution AND ({known})"


def params(table: Table, person: Person) -> dict[str, object]:
    """The parameters of `whose`."""
    numbers = {"client_id": (person.client,), **person.numbers}
    return {"institution": person.institution} | {column: list(numbers.get(column, ())) for column in _links(table)}


def _links(table: Table) -> list[str]:
    return [column for column in LINKS if column in table.columns]


def rows(cursor: Cursor, person: Person) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Every row about the person: its cells, and `file`, `batch_id`, `row_no`, `landed_at`, `status` of its batch."""
    for table in tables():
        columns = ", ".join(f"t.{quote(column)}" for column in table.columns)
        found = cursor.execute(
            f"""SELECT f.name AS file, t.batch_id, t.row_no, b.landed_at, b.status::VARCHAR AS status, {columns}
            FROM (FROM facts.{quote(table.name)} WHERE {whose(table)}) AS t JOIN batches AS b USING (batch_id)
            LEFT JOIN batch_files AS f ON f.batch_id = t.batch_id AND f.file_no = t.file_no
            ORDER BY t.batch_id, t.row_no""",
            params(table, person),
        )
        names = [one[0] for one in found.description]
        for row in found.fetchall():
            yield table, dict(zip(names, row, strict=True))


def batches(cursor: Cursor, person: Person) -> set[int]:
    """The batches that have a row about the person."""
    found = set()
    for table in tables():
        sql = f"SELECT DISTINCT batch_id FROM facts.{quote(table.name)} WHERE {whose(table)}"
        found |= {int(row[0]) for row in cursor.execute(sql, params(table, person)).fetchall()}
    return found


def counted(cursor: Cursor, person: Person) -> dict[str, int]:
    """Table -> how many rows are about the person."""
    found = {}
    for table in tables():
        sql = f"SELECT count(*) FROM facts.{quote(table.name)} WHERE {whose(table)}"
        n = int(cursor.execute(sql, params(table, person)).fetchall()[0][0])
        if n:
            found[table.name] = n
    return found
