"""What people decide and write down: risks, limits, actions, answers, codings. Nothing is changed, all is added.

A record is a kind, an id and a body of plain values. Saving it adds a version with who, when and why; so the history
is the table itself, undo is one more version, and whoever saves over a version that he has not seen is stopped and
shown it. A kind with a `table` is also rows of that canonical table, landed as a batch, so that every figure counts
them. The versions stand in the table `records`, which readers see through `v_records` as their scope allows.
"""

import datetime
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

from metrics import access, activity, journal, measures, pseudonyms, typed
from metrics.activity import Event
from metrics.configuration import configuration
from metrics.errors import EvenkeelError
from metrics.record import Body, Change, Conflict, Empty, Kind, Record, differing
from metrics.store import Store

Cursor = duckdb.DuckDBPyConnection
__all__ = [
    "Body", "Change", "Conflict", "Empty", "Kind", "Record", "as_of", "differing", "find", "history", "insert",
    "institution_of", "newest", "next_id", "remove", "save", "undo", "versions",
]  # fmt: skip
COLUMNS = "institution_id, kind, record_id, version, written_at, who, why, removed, body, batch_id"
NEWEST = "QUALIFY row_number() OVER (PARTITION BY institution_id, kind, record_id ORDER BY version DESC) = 1"


def newest(cursor: Cursor, kind: str | None = None) -> list[Record]:
    """The records of a kind (None: of all) as they stand now, by id; those taken away are left out."""
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM v_records WHERE ? IS NULL OR kind = ? {NEWEST} ORDER BY kind, record_id", [kind, kind]
    ).fetchall()
    return [record for record in map(_record, rows) if not record.removed]


def find(cursor: Cursor, kind: str, record_id: str) -> Record | None:
    """A record as it stands now; None where there is none, or it was taken away."""
    found = versions(cursor, kind, record_id)
    return found[-1] if found and not found[-1].removed else None


def versions(cursor: Cursor, kind: str, record_id: str) -> list[Record]:
    """Every version of a record, the oldest first."""
    sql = f"SELECT {COLUMNS} FROM v_records WHERE kind = ? AND record_id = ? ORDER BY version"
    return [_record(row) for row in cursor.execute(sql, [kind, record_id]).fetchall()]


def as_of(cursor: Cursor, kind: str, day: datetime.date) -> list[Record]:
    """The records of a kind as they stood at the end of a day."""
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM v_records WHERE kind = ? AND written_at::DATE <= ? {NEWEST} ORDER BY record_id",
        [kind, day],
    ).fetchall()
    return [record for record in map(_record, rows) if not record.removed]


def history(cursor: Cursor, kind: str | None = None, record_id: str | None = None) -> list[Change]:
    """Who changed what, when, from what: the latest change first."""
    sql = f"""SELECT {COLUMNS} FROM v_records WHERE (? IS NULL OR kind = ?) AND (? IS NULL OR record_id = ?)
        ORDER BY institution_id, kind, record_id, version"""
    found: list[Change] = []
    before: Record | None = None
    for record in map(_record, cursor.execute(sql, [kind, kind, record_id, record_id]).fetchall()):
        same = before is not None and before.id == record.id and before.kind == record.kind
        then = before if same and before is not None and before.institution == record.institution else None
        found += _changes(then, record)
        before = record
    return sorted(found, key=lambda change: change.record.at, reverse=True)


def _changes(before: Record | None, after: Record) -> list[Change]:
    then = {} if before is None or before.removed else before.body
    now = {} if after.removed else after.body
    return [Change(after, name, then.get(name), now.get(name)) for name in differing(then, now)]


def _record(row: Sequence[Any]) -> Record:
    institution, kind, record_id, version, written_at, who, why, removed, body, batch = row
    return Record(institution, kind, record_id, version, written_at, who, why, removed, json.loads(body), batch)


def save(
    store: Store, kind: Kind, record_id: str, body: Body, who: str, why: str = "", seen: int = 0,
    institution: str | None = None,
) -> Record:  # fmt: skip
    """Add a version of a record; returns it. A body without a change adds nothing.

    Args:
        record_id: empty for a new record, which gets the next number of its kind.
        body: the whole of it; empty texts and None count as no value.
        seen: the version that the writer had before his eyes; 0 where there was none.

    Raises:
        Conflict: another version stands now.
        EvenkeelError: a field that must be filled is empty, or the kind's own check refuses.
    """
    plain = {name: value for name, value in json.loads(json.dumps(body, default=str)).items() if _filled(value)}
    if plain.get("client_id") and configuration().client_ids == "keyed":
        plain["client_id"] = pseudonyms.keyed(pseudonyms.key(store.path.parent), "client_id", plain["client_id"])
    unknown = plain.keys() - kind.fields.keys()
    assert not unknown, f"{kind.name} has no {unknown}"
    with closing(store.cursor()) as cursor:
        whose = institution or institution_of(cursor)
        name = record_id or next_id(cursor, kind)
        before = _seen(cursor, kind.name, name, seen, plain)
        if before is not None and not before.removed and before.body == plain:
            return before
        for one, needed in kind.fields.items():
            if needed and one not in plain:
                raise Empty(kind, one)
        if kind.check is not None:
            kind.check(cursor, name, plain)
    at = before.version if before else 0
    return _add(store, kind, Record(whose, kind.name, name, at, _now(), who, why, False, plain), kind.needs(plain))


def remove(store: Store, kind: Kind, record_id: str, who: str, why: str = "", seen: int = 0) -> Record:
    """Take a record away, with a version that says so; undo brings it back.

    Raises:
        Conflict: another version stands now than the one seen.
    """
    with closing(store.cursor()) as cursor:
        before = _seen(cursor, kind.name, record_id, seen, {})
    assert before is not None, "there is something to take away"
    return _add(store, kind, replace(before, at=_now(), who=who, why=why, removed=True), kind.needs(before.body))


def undo(store: Store, kind: Kind, record_id: str, who: str, seen: int) -> Record:
    """Put back what stood before the version that was seen, as one more version; returns it.

    Raises:
        Conflict: another version stands now.
    """
    with closing(store.cursor()) as cursor:
        _seen(cursor, kind.name, record_id, seen, {})
        known = versions(cursor, kind.name, record_id)
    last, before = known[-1], known[-2] if len(known) > 1 else None
    gone = before is None or before.removed
    body = last.body if before is None else before.body
    # Whoever may take a step may take it back.
    undone = replace(last, at=_now(), who=who, why=UNDONE, removed=gone, body=body)
    return _add(store, kind, undone, kind.needs(last.body))


UNDONE = "undo"


def _seen(cursor: Cursor, kind: str, record_id: str, seen: int, mine: Body) -> Record | None:
    """The newest version; raises where it is not the one seen."""
    known = versions(cursor, kind, record_id)
    last = known[-1] if known else None
    if last is not None and last.version != seen and not (seen == 0 and last.removed):
        raise Conflict(last, next((one for one in known if one.version == seen), None), mine)
    return last


def _add(store: Store, kind: Kind, record: Record, action: str) -> Record:
    """Write the version after `record`'s, and land its rows or take them out, in one transaction."""
    _allowed(store, record, action)
    written: list[Record] = []

    def put(cursor: Cursor, batch: int | None) -> None:
        known = versions(cursor, record.kind, record.id)
        if known and known[-1].version != record.version:  # saved while this one was being checked
            raise Conflict(known[-1], known[record.version - 1] if record.version else None, record.body)
        written.append(insert(cursor, record, batch))

    def out(cursor: Cursor, batch: int) -> None:
        measures.build(cursor, batch)
        put(cursor, None)

    with closing(store.cursor()) as cursor:
        own = _own_batch(cursor, record)
    if kind.rows is not None and not record.removed:
        rows, source = kind.rows(record.id, record.body), f"{kind.name} {record.id}"
        typed.land_rows(store, record.who, record.institution, kind.table, rows, put, source, own, action)
    elif own is not None:
        store.rollback(own, out, record.who)
    else:
        store.write(lambda cursor: put(cursor, None), figures=False)
    with closing(store.cursor()) as cursor:
        journal.follow(cursor, store.raw)
    return written[0]


def _allowed(store: Store, record: Record, action: str) -> None:
    """Refuse whoever may not write such a record, or none about this branch."""
    actor, branch = access.need(action), record.body.get("branch_id")
    reach = store.reach.within(actor.reach).branches
    if reach is not None and branch not in reach:
        raise access.Forbidden("access.other_branch", role=actor.role)


def _own_batch(cursor: Cursor, record: Record) -> int | None:
    """The batch that holds a record's rows now, if they count."""
    found = cursor.execute(
        """SELECT max(batch_id) FROM records JOIN batches USING (batch_id)
        WHERE institution_id = ? AND kind = ? AND record_id = ? AND status = 'live'""",
        [record.institution, record.kind, record.id],
    ).fetchall()
    return None if found[0][0] is None else int(found[0][0])


def insert(cursor: Cursor, record: Record, batch: int | None = None) -> Record:
    """Write a record as its next version, inside a transaction of the caller; returns it with its number."""
    key = [record.institution, record.kind, record.id]
    last = "SELECT coalesce(max(version), 0) FROM records WHERE institution_id = ? AND kind = ? AND record_id = ?"
    version = int(cursor.execute(last, key).fetchall()[0][0]) + 1
    body = json.dumps(record.body, ensure_ascii=False)
    branch = record.body.get("branch_id")
    told = [version, record.at, record.who, record.why, record.removed, body, branch, batch]
    cursor.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*key, *told])
    activity.add(cursor, _event(cursor, record, version, batch), record.who)
    return replace(record, version=version, batch=batch)


def _event(cursor: Cursor, record: Record, version: int, batch: int | None) -> Event:
    """What the account says of a new version: the fields that differ, before and after."""
    known = versions(cursor, record.kind, record.id)
    before = known[-2].body if len(known) > 1 and not known[-2].removed else {}
    after: Body = {} if record.removed else record.body
    names = differing(before, after)
    secret = _secret(cursor)
    then, now = (_told(record.kind, {name: body.get(name) for name in names}, secret) for body in (before, after))
    about = record.kind in (*PERSONAL, "coding")
    name = pseudonyms.keyed(secret, "record", record.id) if about else record.id
    why = {} if about else {"why": record.why}
    return Event("record", f"{record.kind} {name} @{version}", then, {**now, **why}, batch)


# What clients and staff said of themselves, as a person typed it in: the account names the fields, not what they hold.
PERSONAL = ("complaint", "statement", "answers", "staff_answers", "unlearned")
# References to what one person said: a complaint's number leads to a client.
REFERRED = ("complaints/", "client_surveys/", "staff_surveys/")


def _secret(cursor: Cursor) -> str:
    """The key of the data folder: the account never holds what it has to forget."""
    path = cursor.execute("SELECT path FROM duckdb_databases() WHERE database_name = current_database()").fetchall()
    return pseudonyms.key(Path(path[0][0]).parent)


def _unnamed(value: Any, secret: str) -> Any:
    """Plain values with references to what a person said as pseudonyms."""
    if isinstance(value, list):
        return [_unnamed(one, secret) for one in value]
    named = isinstance(value, str) and value.startswith(REFERRED)
    return pseudonyms.keyed(secret, "record", value) if named else value


def _told(kind: str, body: Body, secret: str) -> dict[str, Any]:
    """The fields of a body for the account: no person's words, and what is long by its hash."""
    plain = {name: _unnamed(value, secret) for name, value in body.items()}
    return {"fields": sorted(body)} if kind in PERSONAL else activity.brief(plain)


def institution_of(cursor: Cursor) -> str:
    """The institution that a record belongs to where only one is in scope.

    Raises:
        EvenkeelError: there is none, or there are several.
    """
    rows = cursor.execute("SELECT institution_id FROM v_institutions ORDER BY 1").fetchall()
    if len(rows) != 1:
        raise EvenkeelError("records.which_institution", n=len(rows))
    return str(rows[0][0])


def next_id(cursor: Cursor, kind: Kind) -> str:
    """The next free id of a kind: its first letter and a number."""
    rows = cursor.execute("SELECT DISTINCT record_id FROM v_records WHERE kind = ?", [kind.name]).fetchall()
    known = {row[0] for row in rows}
    names = (f"{kind.name[0].upper()}-{n:03d}" for n in count(len(known) + 1))
    return next(name for name in names if name not in known)


def _filled(value: object) -> bool:
    return value is not None and value != "" and value != [] and value != {}


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
