"""A process that changes data until it is killed, and writes down each change only after it was acknowledged.

    python -m tests.trust.victim WORK FOLDER

`WORK` is one of the names below. Each line of FOLDER/acknowledged is the number and the seal of the newest entry of the
account once a change had come back; `begun` is written when the first change is about to start.
"""

import datetime
import itertools
import json
import os
import sys
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from metrics import activity, backup, measures, policy, records, scenarios
from metrics.record import Kind
from metrics.store import Store
from tests.ingesting import five, landed, text

NOTE = Kind("note", "records", {"text": True})
ACKNOWLEDGED, BEGUN = "acknowledged", "begun"


def importing(store: Store, place: Path, at: int) -> None:
    """A book of five loans, of a day of its own."""
    path = text(place, five(r1c6=f"{at + 1}.00"), name=f"{uuid.uuid4().hex}.csv")
    landed(store, path, as_of=datetime.date(2025, 4, 1) + datetime.timedelta(days=len(store.batches()) * 10))


def policies(store: Store, place: Path, at: int) -> None:
    """Another version of a weighting."""
    given = scenarios.completed(store.cursor(), policy.load("equal"))
    scenarios.save(store, given.with_social(0.3 + at % 40 / 100), "victim", f"{at}")


def notes(store: Store, place: Path, at: int) -> None:
    """A record, and another version of it."""
    one = records.save(store, NOTE, "", {"text": f"{at} {uuid.uuid4().hex}"}, "victim", institution="own")
    records.save(store, NOTE, one.id, {"text": "changed"}, "victim", seen=one.version, institution="own")


def turning(store: Store, place: Path, at: int) -> None:
    """The first batch is taken out, or brought back."""
    first = store.batches().iloc[0]
    turn = store.rollback if first["status"] == "live" else store.restore
    turn(int(first["batch"]), after=measures.build, who="victim")


def backups(store: Store, place: Path, at: int) -> None:
    """A backup, after a note of which it must have a state."""
    records.save(store, NOTE, "", {"text": f"{at}"}, "victim", institution="own")
    backup.make(store)


WORK: dict[str, Callable[[Store, Path, int], None]] = {
    "import": importing, "policy": policies, "record": notes, "turn": turning, "backup": backups,
}  # fmt: skip


def acknowledge(place: Path, store: Store) -> None:
    """Write down the newest entry of the account, as it was when a change came back."""
    with closing(store.cursor()) as cursor:
        head = activity.head(cursor)
    line = json.dumps([head.no, head.sealed] if head else [0, ""]) + "\n"
    with (place / ACKNOWLEDGED).open("a", encoding="utf-8") as out:
        out.write(line)
        out.flush()
        os.fsync(out.fileno())


def main(name: str, folder: str) -> None:
    """Open the data, and change them until this process is killed."""
    place = Path(folder)
    if name == "migration":
        (place / BEGUN).touch()
        acknowledge(place, Store.open(place / "data"))
        return
    store = Store.open(place / "data")
    measures.ensure(store.cursor())
    (place / BEGUN).touch()
    for at in itertools.count():
        WORK[name](store, place, at)
        acknowledge(place, store)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
