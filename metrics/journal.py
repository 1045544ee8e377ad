"""What people wrote down, kept beside the database too: `raw/records.jsonl`, one version a line, only ever added to.

The database is the truth; the journal follows it after each commit, and catches up with what a killed process left
out. Where the database is lost, `build --from-raw` takes the records from here, and the policies and scenarios that
were saved from `raw/policies.jsonl`, which is written anew whenever one of them changes.
"""

import json
import os
from pathlib import Path

import duckdb

from metrics.schema import quote

Cursor = duckdb.DuckDBPyConnection
NAME = "records.jsonl"
COLUMNS = (
    "institution_id", "kind", "record_id", "version", "written_at", "who", "why", "removed", "body", "branch_id",
    "batch_id",
)  # fmt: skip

POLICIES, SAVED = "policies.jsonl", ("policy_versions", "scenarios")


def follow(cursor: Cursor, raw: Path | None) -> None:
    """Add to the journal what the database has and it has not; a line that was cut off is written anew."""
    if raw is None:
        return
    known = lines(raw)
    rows = cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM records ORDER BY rowid OFFSET ?", [len(known)]).fetchall()
    if not rows:
        return
    raw.mkdir(mode=0o700, exist_ok=True)
    path, whole = raw / NAME, sum(len(line) + 1 for line in known)
    with open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
        out.truncate(whole)
        for row in rows:
            told = dict(zip(COLUMNS, row, strict=True))
            out.write(json.dumps(told, ensure_ascii=False, default=str).encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())


def lines(raw: Path) -> list[bytes]:
    """The whole lines of the journal; none where there is no journal."""
    path = raw / NAME
    text = path.read_bytes() if path.exists() else b""
    return text.split(b"\n")[:-1]


def replay(cursor: Cursor, raw: Path) -> None:
    """Write the journal's versions into a database that has none of them, inside the caller's transaction."""
    places = ", ".join("?" * len(COLUMNS))
    for told in map(json.loads, lines(raw)):
        cursor.execute("INSERT INTO records VALUES (" + places + ")", [told[name] for name in COLUMNS])


def policies(cursor: Cursor, raw: Path) -> None:
    """Write down every policy and scenario as it is saved, where the file says otherwise; all of them or none."""
    rows = [(table, row) for table in SAVED for row in cursor.execute("FROM " + quote(table)).fetchall()]
    told = sorted(json.dumps([table, *row], ensure_ascii=False, default=str) for table, row in rows)
    content, path = "".join(line + "\n" for line in told).encode(), raw / POLICIES
    if content == (path.read_bytes() if path.exists() else b""):
        return
    raw.mkdir(mode=0o700, exist_ok=True)
    part = path.with_name(POLICIES + ".part")
    with open(part, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def replay_policies(cursor: Cursor, raw: Path) -> None:
    """Write the saved policies and scenarios into a database that is made anew, inside the caller's transaction."""
    path = raw / POLICIES
    for line in path.read_bytes().splitlines() if path.exists() else ():
        table, *row = json.loads(line)
        if table in SAVED:
            places = ", ".join("?" * len(row))
            cursor.execute(f"INSERT OR REPLACE INTO {quote(table)} VALUES ({places})", row)
