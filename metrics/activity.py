"""The account of everything: who did what, when, from what to what. Only ever added to, each entry sealing the last.

An entry is written in the transaction of the change itself, so there is neither one without the other. Its hash is of
the entry and of the hash before it: whoever alters, inserts or removes one breaks every hash that follows. The last
hash is printed in documents and kept beside the database after each commit (`raw/activity.jsonl`), which also tells
when a database came back without what it had acknowledged.
"""

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from metrics import access

Cursor = duckdb.DuckDBPyConnection
COLUMNS = "no, done_at, who, role, what, subject, told_before, told_after, batch_id, sealed"
# What an entry can be about; each has words (`activity.what_NAME`).
WHAT = (
    "sign_in", "sign_out", "upload", "mapping", "override", "rows", "take_out", "bring_back", "record", "weights",
    "limits", "policy", "indicator", "export", "role", "access", "erase", "backup", "restore", "rebuild", "settings",
)  # fmt: skip
# What changes no figure of a document: who came in, what was taken away, and what was made of the figures.
BESIDE = ("sign_in", "sign_out", "export", "role", "access", "backup")
MADE_OF_FIGURES = ("pack", "disclosure")  # kinds of record
FIRST = "0" * 64
LONG = 400  # letters of a value that an entry holds; of a longer one it holds the hash


@dataclass(frozen=True)
class Event:
    """What is done, to what, from what to what: plain values, and never the value of a cell."""

    what: str
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    batch: int | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the account; `at` is UTC, `sealed` its hash."""

    no: int
    at: datetime.datetime
    who: str
    role: str
    what: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    batch: int | None
    sealed: str

    def seal(self, previous: str) -> str:
        """The hash that this entry must have after the one before it."""
        told = [
            self.no, self.at.isoformat(), self.who, self.role, self.what, self.subject, self.before, self.after,
            self.batch,
        ]  # fmt: skip
        text = json.dumps([previous, *told], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def add(cursor: Cursor, event: Event, who: str = "") -> Entry:
    """Write an entry inside the caller's transaction; returns it. `who` where it is not the one who acts."""
    assert event.what in WHAT, event.what
    actor = access.current()
    # Where people sign in nobody acts under a typed name.
    name = who if who and actor.role == access.OWNER else actor.name
    last = head(cursor)
    before, after = (None if told is None else json.loads(_json(told)) for told in (event.before, event.after))
    at = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    entry = Entry(
        (last.no if last else 0) + 1, at, name, actor.role, event.what, event.subject, before, after, event.batch, "",
    )  # fmt: skip
    sealed = entry.seal(last.sealed if last else FIRST)
    return put(cursor, Entry(**{**vars(entry), "sealed": sealed}))


def put(cursor: Cursor, entry: Entry) -> Entry:
    """Write an entry as it is, sealed already; returns it."""
    told = [None if value is None else _json(value) for value in (entry.before, entry.after)]
    row = [entry.no, entry.at, entry.who, entry.role, entry.what, entry.subject, *told, entry.batch, entry.sealed]
    cursor.execute("INSERT INTO activity VALUES (" + ", ".join("?" * len(row)) + ")", row)
    return entry


def head(cursor: Cursor) -> Entry | None:
    """The newest entry; None where there is none."""
    rows = cursor.execute(f"SELECT {COLUMNS} FROM activity WHERE no = (SELECT max(no) FROM activity)").fetchall()
    return of_row(rows[0]) if rows else None


def figures_head(cursor: Cursor) -> Entry | None:
    """The newest entry of what can change a figure: what a document rests on, whoever took it away meanwhile."""
    kinds = ", ".join("?" * len(BESIDE))
    records = " AND ".join("subject NOT LIKE ?" for _ in MADE_OF_FIGURES)
    rows = cursor.execute(
        f"""SELECT {COLUMNS} FROM activity WHERE what NOT IN ({kinds}) AND (what <> 'record' OR ({records}))
        ORDER BY no DESC LIMIT 1""",
        [*BESIDE, *(f"{kind} %" for kind in MADE_OF_FIGURES)],
    ).fetchall()
    return of_row(rows[0]) if rows else None


def find(cursor: Cursor, no: int) -> Entry | None:
    """The entry of a number; None where there is none."""
    rows = cursor.execute(f"SELECT {COLUMNS} FROM activity WHERE no = ?", [no]).fetchall()
    return of_row(rows[0]) if rows else None


def entries(cursor: Cursor, since: int | None = None) -> Iterator[Entry]:
    """Every entry, or those after the number `since`, the oldest first; also one whose number none can have."""
    cursor.execute(f"SELECT {COLUMNS} FROM activity WHERE ?::BIGINT IS NULL OR no > ? ORDER BY no", [since, since])
    while rows := cursor.fetchmany(1000):
        yield from map(of_row, rows)


def broken(found: Iterator[Entry] | Sequence[Entry]) -> int | None:
    """The number of the first entry that is not as it was written, or that does not follow; None where all hold."""
    previous = FIRST
    for no, entry in enumerate(found, 1):
        if entry.no != no or entry.sealed != entry.seal(previous):
            return no
        previous = entry.sealed
    return None


def of_row(row: Sequence[Any]) -> Entry:
    """A row of `COLUMNS` as an entry."""
    no, at, who, role, what, subject, before, after, batch, sealed = row
    told = [None if value is None else json.loads(value) for value in (before, after)]
    return Entry(no, at, who, role, what, subject, told[0], told[1], batch, sealed)


def brief(told: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an event, a long one by its hash: what proves it without holding it."""
    found = dict(told)
    for name, value in told.items():
        written = value if isinstance(value, str) else _json(value)
        if len(written) > LONG:
            found[name] = {"sha256": hashlib.sha256(written.encode()).hexdigest()}
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
