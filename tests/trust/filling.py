"""A disk that fills up while data are imported: nothing acknowledged is lost, and work goes on once there is room.

    python -m tests.trust.filling FOLDER ROWS MEGABYTES

imports books of so many rows into FOLDER until there is no room, makes room, and imports once more; prints what came of
it as JSON. Where MEGABYTES is not 0, no file may grow larger than that until room is made; where it is 0, the folder
stands on a small disk, on which a file `ballast` takes the room that is given back.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from metrics import connecting, measures
from metrics.errors import EvenkeelError
from metrics.policy import SETTINGS
from metrics.store import BatchFile, NewBatch, Store
from metrics.values import values
from tests.records import land
from tests.source import ROOT

DISKS = (36, 40, 44, 56)  # megabytes of a small disk
ROWS = (8_000, 20_000, 45_000)
BALLAST = 14  # megabytes
RECOVERED = 5.0  # seconds
MOST = 400  # imports, after which the disk should long be full


def grow(store: Store, rows: int, at: int) -> list[int]:
    """Land a book of so many loans of its own month; returns the batch and its rows."""
    cursor = store.cursor()
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE more AS SELECT 'own' AS institution_id, md5($at || '-' || i) AS loan_id,
            md5('c' || i) AS client_id, DATE '2015-01-31' + to_months($at) AS as_of, 'b' || i % 7 AS branch_id,
            random() * 1000 AS principal_outstanding, (random() * 120)::INTEGER AS days_past_due,
            1 AS file_no, i::INTEGER AS row_no FROM range($rows) AS r(i)""",
        {"at": at, "rows": rows},
    )
    with closing(cursor):
        file = BatchFile("book.csv", f"{at:064x}", "", "loans", {}, rows, rows, 0, 0)
        batch = NewBatch("test", {}, (file,))
        after = None if at else measures.build  # figures of one month are enough for those who read meanwhile
        return [store.land(batch, {"loans": "more"}, cursor, after=after), rows]


class Reader(threading.Thread):
    """Another session, which reads the figures all the time; `told` are the sentences that it was given."""

    def __init__(self, store: Store) -> None:
        super().__init__(daemon=True)
        self.store, self.ending = store, threading.Event()
        self.reads, self.told, self.last = 0, 0, 0.0
        self.faults: list[str] = []

    def run(self) -> None:
        """Read until it is told to end."""
        while not self.ending.wait(0.2):
            try:
                with closing(self.store.cursor()) as cursor:
                    assert len(values(cursor, SETTINGS, "institution", indicators=["par30"])) > 0
                self.reads, self.last = self.reads + 1, time.monotonic()
            except EvenkeelError:
                self.told += 1
            except Exception as error:  # as a page does: a sentence where it is known
                known = connecting.failure(error, self.store.path)
                self.faults += [] if known else [repr(error)]
                self.told += bool(known)


def fill(place: Path, rows: int, megabytes: int) -> dict[str, object]:
    """Import until there is no room, then make room and import again."""
    if megabytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes * 1_000_000, resource.RLIM_INFINITY))
    store = Store.open(place / "data")
    measures.ensure(store.cursor())
    land(store, institutions=[{"institution_name": "Own", "currency": "XOF"}])
    acknowledged = [grow(store, rows, 0)]
    reader = Reader(store)
    reader.start()
    said = ""
    while not said and len(acknowledged) < MOST:
        try:
            acknowledged.append(grow(store, rows, len(acknowledged)))
        except EvenkeelError as error:
            said = error.key
    full, before = time.monotonic(), reader.reads
    while reader.reads < before + 3 and time.monotonic() < full + RECOVERED:
        time.sleep(0.01)
    reads = reader.reads - before
    _room(place, megabytes)
    start = time.monotonic()
    while True:
        with suppress(EvenkeelError):
            acknowledged.append(grow(store, 50, len(acknowledged)))
            break
        assert time.monotonic() < start + 60, "it does not come back"
    recovered = time.monotonic() - start
    reader.ending.set()
    reader.join()
    store.close()
    return {"said": said, "acknowledged": acknowledged, "recovered": recovered, "reads": reads,
            "faults": reader.faults, "sentences": reader.told}  # fmt: skip


def _room(place: Path, megabytes: int) -> None:
    if megabytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    else:
        (place / "ballast").unlink()


def filled(place: Path, rows: int, megabytes: int = 0) -> dict[str, object]:
    """Do it in a process of its own, and hold what is in the folder afterwards to what was acknowledged."""
    setting = place / "evenkeel.toml"
    setting.write_text("reserve_mb = 0\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.trust.filling", str(place), str(rows), str(megabytes)],
        cwd=ROOT, env={**os.environ, "EVENKEEL_CONFIG": str(setting)}, capture_output=True, text=True, timeout=600,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    with closing(Store.open(place / "data")) as store:
        rows_of = "SELECT batch_id, count(*) FROM facts.loans GROUP BY 1 ORDER BY 1"
        there = dict(store.cursor().execute(rows_of).fetchall())
        known = set(store.batches()["batch"])
    lost = [batch for batch, n in found["acknowledged"] if there.get(batch) != n]
    assert known - {1} == there.keys(), "no batch without its rows, no rows without their batch"
    return found | {"lost": lost, "batches": len(there)}


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A disk of its own of so many megabytes; None where this user may not make one."""
    with tempfile.TemporaryDirectory() as name:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", name], capture_output=True, check=False
        )
        if made.returncode:
            yield None
            return
        try:
            (Path(name) / "ballast").write_bytes(bytes(BALLAST << 20))
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


if __name__ == "__main__":
    print(json.dumps(fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
