"""The account beside the database: `raw/activity.jsonl`, one entry a line, only ever added to, on the disk at once.

The database is the truth while it is whole. This file tells when it is not: a log that was cut off, or a file that was
put back from before, opens without a fault and lacks changes that were acknowledged. Whoever opens the database asks
the witness first. Where the database is lost, `build --from-raw` takes the account from here, people's roles with it.
"""

import datetime
import json
import os
from contextlib import suppress
from pathlib import Path

import duckdb

from metrics import activity, journal, keeping
from metrics.activity import Entry
from metrics.errors import DamagedError

Cursor = duckdb.DuckDBPyConnection
NAME = "activity.jsonl"
TAIL = 1 << 16  # bytes read from the end to find the last line; more where that line is longer
POLICIES = ("policy", "weights", "limits")  # what an entry about a saved policy or scenario says it is
SHOWN = 8  # numbers of batches that a sentence names


class Witness:
    """The second copy of one database's account. `raw` is None where a database is made from something else."""

    def __init__(self, raw: Path | None) -> None:
        self.path = None if raw is None else raw / NAME
        self._no, self._size = 0, 0

    def ask(self, cursor: Cursor) -> None:
        """Compare with the database that has just been opened, and catch up with what a killed process left out.

        Raises:
            DamagedError: the database lacks entries that were acknowledged, or holds others.
        """
        if self.path is None:
            return
        last, self._size = _last(self.path)
        if last is not None:
            _compare(cursor, self.path, last)
        self._no = 0 if last is None else last.no
        self.follow(cursor)
        with suppress(OSError):
            journal.policies(cursor, self.path.parent)

    def follow(self, cursor: Cursor) -> None:
        """Write down what was committed since. What fails here is made good later: the database has it."""
        if self.path is None:
            return
        found = list(activity.entries(cursor, self._no))
        if not found:
            return
        with suppress(OSError):
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            fresh = not self.path.exists()
            with open(self.path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
                out.truncate(self._size)  # a line that was cut off goes
                out.write(b"".join(_line(entry) for entry in found))
                out.flush()
                os.fsync(out.fileno())
                size = out.tell()
            if fresh:
                keeping.to_disk(self.path.parent)
            self._no, self._size = found[-1].no, size
            if any(entry.what in POLICIES for entry in found):
                journal.policies(cursor, self.path.parent)


def entries(raw: Path) -> list[Entry]:
    """The entries that the file holds, the oldest first; none where there is no file.

    Raises:
        DamagedError: a line is not as it was written.
    """
    path = raw / NAME
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    found = []
    for line in lines:
        entry = _parsed(line)
        if entry is None:
            break
        found.append(entry)
    broken = activity.broken(found) or (len(found) + 1 if len(found) < len(lines) else None)
    if broken is not None:
        raise DamagedError("safety.account_broken", file=f"raw/{NAME}", no=broken)
    return found


def replay(cursor: Cursor, raw: Path) -> None:
    """Write the account into a database that is made anew, in place of what it holds, in the caller's transaction.

    Raises:
        DamagedError: a line is not as it was written.
    """
    found = entries(raw)
    if found:
        cursor.execute("DELETE FROM activity")
        for entry in found:
            activity.put(cursor, entry)


def _compare(cursor: Cursor, path: Path, last: Entry) -> None:
    known = activity.find(cursor, last.no)
    if known is not None and known.sealed == last.sealed:
        return
    head = activity.head(cursor)
    shared = head.no if head is not None else 0
    lost = [entry for entry in entries(path.parent) if entry.no > shared]
    if not lost:
        raise DamagedError("safety.other_account", no=last.no, path=str(path))
    batches = sorted({str(entry.batch) for entry in lost if entry.batch is not None}, key=int)
    raise DamagedError(
        "safety.lost", n=len(lost), first=lost[0].no, when=f"{lost[0].at:%Y-%m-%d %H:%M}", last=lost[-1].no,
        batches=", ".join(batches[:SHOWN]) + (" ..." if len(batches) > SHOWN else "") or "-",
    )  # fmt: skip


def _last(path: Path) -> tuple[Entry | None, int]:
    """The last whole line of the file, and how many bytes the whole lines take."""
    if not path.exists():
        return None, 0
    size, taken = path.stat().st_size, TAIL
    with path.open("rb") as source:
        while True:
            source.seek(max(0, size - taken))
            lines = source.read().split(b"\n")
            if len(lines) > 2 or taken >= size:
                break
            taken *= 2
    whole = size - len(lines[-1])
    if len(lines) < 2:
        return None, whole
    entry = _parsed(lines[-2])
    if entry is None:
        raise DamagedError("safety.account_broken", file=f"raw/{NAME}", no=len(path.read_bytes().split(b"\n")) - 1)
    return entry, whole


def _line(entry: Entry) -> bytes:
    told = {**vars(entry), "at": entry.at.isoformat()}
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _parsed(line: bytes) -> Entry | None:
    try:
        told = json.loads(line)
        return Entry(**{**told, "at": datetime.datetime.fromisoformat(told["at"])})
    except (ValueError, TypeError, KeyError):
        return None
