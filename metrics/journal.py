"""What people wrote down, kept beside the database too: `raw/records.jsonl`, one version a line, only ever added to.

The database is the truth; the journal follows it after each commit, and catches up with what a killed process left
out. Where the database is lost, `build --from-raw` takes the records from here.
"""

import json
import os
from pathlib import Path

import duckdb

Cursor = duckdb.DuckDBPyConnection
NAME = "records.jsonl"
COLUMNS = (
    "institution_id", "kind", "record_id", "version", "written_at", "who", "why", "removed", "body", "branch_id",
    "batch_id",
)  # fmt: skip


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
