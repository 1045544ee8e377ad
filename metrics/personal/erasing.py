"""Erasing one client: no byte stays anywhere in the data folder, and every total is as it was, or it is said why not.

Inside one transaction the person's rows lose the person (`emptying`), the batches that named the person are kept as
rows from then on, and the account says what was done without saying to whom. Then the file is written anew, because
the engine keeps deleted bytes, what stands beside it is tidied, and the backups are replaced by a fresh one. Where the
process is killed in between, the next call of `finish` does the rest.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isclose, isnan

import duckdb

from metrics import access, activity, backup, keeping, ledger, measures, pseudonyms, values
from metrics.activity import Event
from metrics.batch import NewBatch
from metrics.errors import EvenkeelError
from metrics.personal import emptying, finding, remembering, traces
from metrics.personal.finding import Person
from metrics.policy import SETTINGS
from metrics.store import Store

Cursor = duckdb.DuckDBPyConnection
UNFINISHED = "erasing"  # in `meta`, until what stands beside the database is tidied
SAME = 1e-9  # threads add fractions in any order
Key = tuple[str, datetime.date, str, str]
Figures = Mapping[Key, tuple[float, float, str]]


@dataclass(frozen=True)
class Change:
    """An indicator that is not what it was: by which kind of unit, when, of whom, and why (`personal.why_REASON`)."""

    indicator: str
    by: str
    unit: str
    period: datetime.date
    before: float | None
    after: float | None
    reason: str


@dataclass(frozen=True)
class Erased:
    """What an erasure does, or did: rows by table, batches that are kept as rows from then on, indicators.

    `figures` counts every indicator of the institution and its branches at every date; `changes` are those that
    differ. `elsewhere` are backups that were made outside the usual folder: people have to take those away.
    """

    rows: Mapping[str, int]
    batches: tuple[int, ...]
    figures: int
    changes: tuple[Change, ...]
    records: int = 0
    staged: int = 0
    elsewhere: tuple[str, ...] = ()


def look(store: Store, client: str, institution: str | None = None, words: Sequence[str] = ()) -> Erased:
    """What erasing a client would do; nothing is changed.

    Raises:
        Forbidden: the role does not allow it.
        EvenkeelError: there is no such client, or several institutions have one.
    """
    access.need("erase")
    found: list[Erased] = []
    with closing(store.cursor()) as cursor:
        person = finding.find(store, cursor, client, institution)
        store.trial(NewBatch("", {}, ()), {}, cursor, lambda cursor, _: found.append(_done(cursor, person, words)[0]))
    return found[0]


def erase(
    store: Store, client: str, reason: str, institution: str | None = None, words: Sequence[str] = ()
) -> Erased:
    """Erase a client; `words` are names or numbers that may stand in texts of others, and are hidden there.

    Raises:
        Forbidden: the role does not allow it.
        EvenkeelError: there is no such client, or several institutions have one; the reason is empty or names the
            person, which the account would keep.
    """
    access.need("erase")
    found: list[Erased] = []
    with closing(store.cursor()) as cursor:
        person = finding.find(store, cursor, client, institution)
    _check(reason, (*person.words, *words))

    def change(cursor: Cursor) -> None:
        told, landed = _done(cursor, person, words)
        told = replace(told, batches=tuple(_kept_as_rows(store, cursor, person, words, told.batches)))
        cursor.execute("INSERT OR REPLACE INTO meta VALUES (?, 1)", [UNFINISHED])
        activity.add(cursor, _event(store, person, told, landed, reason))
        found.append(told)

    store.write(change)
    keeping.settle(store.raw, found[0].batches)
    staged, elsewhere = finish(store, (*person.words, *words))
    return replace(found[0], staged=staged, elsewhere=elsewhere)


def finish(store: Store, words: Sequence[str] = ()) -> tuple[int, tuple[str, ...]]:
    """Write the file anew and tidy what stands beside it, where an erasure has not come to its end.

    Returns how many uploads were taken away, and where backups stand that people have to take away.
    """
    with closing(store.cursor()) as cursor:
        if not cursor.execute("SELECT 1 FROM meta WHERE name = ?", [UNFINISHED]).fetchall():
            return 0, ()
    staged: list[int] = []

    def tidy() -> None:
        with closing(store.cursor()) as cursor:
            traces.journal_anew(store, cursor)
        if store.raw is not None:
            traces.unnamed(store.raw)
        traces.former(store.path.parent)
        staged.append(traces.staged(store, [word for word in words if len(word) >= emptying.SHORTEST]))

    store.compact(tidy)
    elsewhere = tuple(backup.renew(store)) if store.raw is not None else ()
    traces.copies(store)
    store.write(lambda cursor: cursor.execute("DELETE FROM meta WHERE name = ?", [UNFINISHED]), figures=False)
    return staged[0], elsewhere


def _check(reason: str, words: Sequence[str]) -> None:
    if not reason.strip():
        raise EvenkeelError("personal.no_reason")
    told = reason.casefold()
    if any(word.casefold() in told for word in words if len(word) >= emptying.SHORTEST):
        raise EvenkeelError("personal.reason_names")


def _done(cursor: Cursor, person: Person, words: Sequence[str]) -> tuple[Erased, dict[str, object]]:
    """Empty the person's rows inside the caller's transaction; returns what that does, and the ledger's new lines."""
    rows = finding.counted(cursor, person)
    touched = finding.batches(cursor, person)
    texts = emptying.texts(cursor, person)
    states = [("", _figures(cursor))]
    for name in emptying.STEPS:
        if emptying.step(cursor, person, name) or name == "words":
            fresh = emptying.numbers(cursor, person) if name == "words" else {}
            measures.build(cursor, None)
            states.append((name, _figures(cursor)))
    touched |= emptying.mentions(cursor, (*person.words, *words))
    records = remembering.erase(cursor, person, fresh, words, texts)
    landed: dict[str, object] = {str(number): ledger.enter(cursor, number) for number in sorted(touched)}
    changes = [one for (_, before), (name, after) in pairwise(states) for one in _changes(before, after, name)]
    return Erased(rows, tuple(sorted(touched)), len(states[0][1]), tuple(changes), records), landed


def _kept_as_rows(
    store: Store, cursor: Cursor, person: Person, words: Sequence[str], touched: Sequence[int]
) -> list[int]:
    """Keep the rows of every batch that named the person in the place of its files; returns these batches."""
    if store.raw is None:
        return list(touched)
    long = [word for word in (*person.words, *words) if len(word) >= emptying.SHORTEST]
    found = sorted({*touched, *traces.naming(store.raw, long)} if long else keeping.numbers(store.raw))
    for number in found:
        kept = cursor.execute("DELETE FROM batch_records WHERE batch_id = ? RETURNING kept", [number]).fetchall()
        emptying.corrections(cursor, number)
        again = NewBatch("", {}, (), kept=json.loads(kept[0][0]))
        keeping.record(cursor, store.raw, store.staging, number, again)
    return found


def _event(store: Store, person: Person, told: Erased, landed: Mapping[str, object], reason: str) -> Event:
    """What the account says: how much, from where, why; of the person what the folder's key makes of the number."""
    subject = pseudonyms.keyed(pseudonyms.key(store.path.parent), "client_id", person.client)
    after = {
        "rows": dict(told.rows), "batches": list(told.batches), "records": told.records, "figures": told.figures,
        "changed": len(told.changes), "reason": reason.strip(), "landed": dict(landed),
    }  # fmt: skip
    return Event("erase", subject, after=after)


def _figures(cursor: Cursor) -> Figures:
    """Every indicator of the institution and its branches at every date, with the people behind it."""
    found: dict[Key, tuple[float, float, str]] = {}
    for by in ("institution", "branch"):
        frame = values.values(cursor, SETTINGS, by=by)
        columns = ["period", "unit", "indicator", "value", "n", "status"]
        for period, unit, indicator, value, n, status in frame[columns].itertuples(index=False):
            found[by, period, str(unit), str(indicator)] = (float(value), float(n), str(status))
    return found


def _changes(before: Figures, after: Figures, reason: str) -> list[Change]:
    return [
        Change(key[3], key[0], key[2], key[1], _plain(before.get(key)), _plain(after.get(key)), reason)
        for key in dict.fromkeys((*before, *after))
        if not _same(before.get(key), after.get(key))
    ]


def _same(one: tuple[float, float, str] | None, other: tuple[float, float, str] | None) -> bool:
    if one is None or other is None or one[2] != other[2]:
        return one == other
    return all(
        (isnan(then) and isnan(now)) or isclose(then, now, rel_tol=SAME, abs_tol=SAME)
        for then, now in zip(one[:2], other[:2], strict=True)
    )


def _plain(found: tuple[float, float, str] | None) -> float | None:
    return None if found is None or isnan(found[0]) else found[0]
