"""Reading the account of everything: who did what, page by page; whether all of it holds; whose seal a document bears.

`activity` writes it. Here nothing is written.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb

from metrics import activity
from metrics.activity import COLUMNS, FIRST, Entry
from metrics.errors import EvenkeelError
from metrics.words import date, say

Cursor = duckdb.DuckDBPyConnection
PRINTED = 12  # digits of a seal that a document bears
SHORTEST = 8  # with fewer two entries may have the same
STEP = 2000
WHERE = """(? = '' OR who = ?) AND (? = '' OR what = ?) AND (?::INTEGER IS NULL OR batch_id = ?)
    AND (?::DATE IS NULL OR done_at >= ?::DATE) AND (?::DATE IS NULL OR done_at < ?::DATE + 1)
    AND (? = '' OR contains(lower(concat_ws(' ', subject, who, told_before, told_after)), lower(?)))"""


@dataclass(frozen=True)
class Wanted:
    """Which entries are wanted; what is empty or None leaves none out. Both days count (UTC)."""

    who: str = ""
    what: str = ""
    batch: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    text: str = ""

    @property
    def values(self) -> list[object]:
        """What stands for the question marks of `WHERE`."""
        given = (self.who, self.what, self.batch, self.since, self.until, self.text.strip())
        return [value for one in given for value in (one, one)]


@dataclass(frozen=True)
class Checked:
    """What a check of the whole account found: how many entries hold, the first that does not, the newest's seal."""

    total: int
    broken: int | None
    head: Entry | None


def page(cursor: Cursor, wanted: Wanted, start: int = 0, most: int = 50) -> tuple[list[Entry], int]:
    """The newest entries that are wanted, from the one at place `start` on, and how many there are in all."""
    total = int(cursor.execute(f"SELECT count(*) FROM activity WHERE {WHERE}", wanted.values).fetchall()[0][0])
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM activity WHERE {WHERE} ORDER BY no DESC LIMIT ? OFFSET ?",
        [*wanted.values, most, start],
    ).fetchall()
    return [activity.of_row(row) for row in rows], total


def people(cursor: Cursor) -> list[str]:
    """Everyone who ever did something, by name."""
    return [str(row[0]) for row in cursor.execute("SELECT DISTINCT who FROM activity ORDER BY 1").fetchall()]


def kinds(cursor: Cursor) -> list[str]:
    """What was ever done, in the order of `activity.WHAT`."""
    known = {row[0] for row in cursor.execute("SELECT DISTINCT what FROM activity").fetchall()}
    return [name for name in activity.WHAT if name in known]


def check(cursor: Cursor, at: Callable[[int, int], None] | None = None) -> Checked:
    """Hold every entry against its seal and the one before it.

    Args:
        at: told now and then how many were looked at, of how many.
    """
    total = int(cursor.execute("SELECT count(*) FROM activity").fetchall()[0][0])
    broken = activity.broken(_counted(activity.entries(cursor), total, at))
    return Checked(total, broken, activity.head(cursor))


def _counted(found: Iterator[Entry], total: int, at: Callable[[int, int], None] | None) -> Iterator[Entry]:
    for place, one in enumerate(found):
        if at is not None and place % STEP == 0:
            at(place, total)
        yield one


def of_seal(cursor: Cursor, printed: str) -> Entry:
    """The entry whose seal a document bears, where every entry up to it holds.

    Args:
        printed: the seal, or its first digits, as the document has it.

    Raises:
        EvenkeelError: it is no seal, no entry has it, or an entry before it is not as it was written.
    """
    digits = "".join(printed.lower().split()).rstrip("….")
    if len(digits) < SHORTEST or any(digit not in "0123456789abcdef" for digit in digits):
        raise EvenkeelError("activity.no_seal", value=printed.strip()[:80], least=SHORTEST)
    previous = FIRST
    for no, one in enumerate(activity.entries(cursor), 1):
        if one.no != no or one.sealed != one.seal(previous):
            raise EvenkeelError("activity.seal_broken", no=no)
        if one.sealed.startswith(digits):
            return one
        previous = one.sealed
    raise EvenkeelError("activity.seal_unknown", value=digits)


def landed(cursor: Cursor, batch: int) -> Entry | None:
    """The entry with which a batch came in; None where it is of a version that kept no account."""
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM activity WHERE batch_id = ? AND what IN ('upload', 'rows') ORDER BY no LIMIT 1", [batch]
    ).fetchall()
    return activity.of_row(rows[0]) if rows else None


def mark(cursor: Cursor) -> tuple[str, ...]:
    """What a document bears of the account: number, seal and day (ISO) of the newest entry that can change a figure.

    Who signed in and who took a document away moves it not: the same data, policy and date give the same document.
    """
    found = activity.figures_head(cursor)
    return () if found is None else (str(found.no), found.sealed[:PRINTED], found.at.date().isoformat())


def line(marked: tuple[str, ...], language: str) -> str:
    """A mark as documents print it; empty where there is none."""
    if not marked:
        return ""
    no, seal, day = marked
    return say(language, "activity.line", no=no, seal=seal, date=date(language, datetime.date.fromisoformat(day)))
