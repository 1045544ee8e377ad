"""Imports as processes of their own that are killed at some moment, and what must hold of their folder afterwards."""

import datetime
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from metrics import keeping, witness
from metrics.store import Store
from tests.ingesting import five, text
from tests.source import ROOT

ROWS = 5
# The n-th time that something is about to be made lasting, the process dies.
STOPPED = """
import os, signal, sys
from metrics.__main__ import main
left = int(sys.argv[1])
def dying(real):
    def step(*given, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return step
os.fsync, os.rename, os.replace = dying(os.fsync), dying(os.rename), dying(os.replace)
sys.exit(main(sys.argv[2:]))
"""
# json.new: fsync, replace; the file: fsync, rename, fsync of the folder; commit; replace by the name that counts; the
# second copy of the account: fsync.
STEPS = 7


@dataclass
class Folder:
    """A data folder that takes one small book after the other; `acknowledged` are those whose import said so."""

    data: Path
    place: Path
    books: int = 0
    acknowledged: list[int] = field(default_factory=list)
    killed: int = 0

    def file(self) -> tuple[Path, str]:
        """The next book, and its day."""
        self.books += 1
        day = datetime.date(2025, 4, 1) + datetime.timedelta(days=10 * self.books)
        return text(self.place, five(r1c6=f"{self.books}.00"), name=f"book{self.books}.csv"), day.isoformat()

    def run(self, program: list[str], after: float | None = None) -> int:
        """Import the next book; kill the process after some seconds, if it still runs."""
        path, day = self.file()
        command = [sys.executable, *program, "--data", str(self.data), "import", str(path), "--as-of", day]
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        ) as process:
            try:
                _, said = process.communicate(timeout=after)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                _, said = process.communicate()
        self.killed += process.returncode == -signal.SIGKILL
        assert process.returncode in (0, -signal.SIGKILL), said
        if process.returncode == 0:
            self.acknowledged.append(self.newest())
        return int(process.returncode)

    def newest(self) -> int:
        """The number of the batch that landed last."""
        store = Store.open(self.data)
        try:
            return int(store.batches()["batch"].max())
        finally:
            store.close()

    def kill_at(self, step: int) -> int:
        """Import the next book with a process that dies before a step of making it last."""
        return self.run(["-c", STOPPED, str(step)])

    def kill_after(self, seconds: float) -> int:
        """Import the next book, killed after some seconds wherever it is."""
        return self.run(["-m", "metrics"], seconds)

    def look(self) -> int:
        """Hold the folder to what was acknowledged: all of it whole, nothing else half; returns the whole batches."""
        store = Store.open(self.data)
        try:
            cursor = store.cursor()
            rows = cursor.execute(
                "SELECT batch_id, count(*), count(DISTINCT loan_id) FROM facts.loans GROUP BY 1 ORDER BY 1"
            ).fetchall()
            known = store.batches().groupby("batch")["accepted"].sum().to_dict()
            days = cursor.execute("SELECT DISTINCT last_day(as_of) FROM loans ORDER BY 1").fetchall()
            months = cursor.execute("SELECT DISTINCT last_day(period) FROM v_m_portfolio ORDER BY 1").fetchall()
        finally:
            store.close()
        whole = [batch for batch, n, loans in rows if n == loans == ROWS == known.get(batch)]
        assert [batch for batch, *_ in rows] == whole == list(known), (rows, known)
        assert set(self.acknowledged) <= set(whole), (self.acknowledged, whole)
        assert months == days, "measures belong to what landed"
        self.look_at_files(whole)
        return len(whole)

    def look_at_files(self, whole: list[int]) -> None:
        """Hold the raw folder to the batches: each described, its file whole, nothing beside."""
        raw = self.data / "raw"
        told = keeping.told(raw)
        assert [one["number"] for one in told] == whole
        wanted = {file["sha256"] for one in told for file in one["files"]}
        there = {path.name for path in raw.iterdir() if path.is_file()} - {witness.NAME}
        assert there == wanted, there ^ wanted
        assert all(keeping.digest(raw / name) == name for name in wanted)
        assert {path.name for path in (raw / "batches").iterdir()} == {f"{number}.json" for number in whole}


def times(seed: int, n: int, longest: float) -> list[float]:
    """Moments to kill at, in seconds from the start."""
    return [random.Random(seed + at).uniform(0.05, longest) for at in range(n)]


def lasts(folder: Folder) -> float:
    """How long an import takes here when nobody kills it, in seconds."""
    start = time.perf_counter()
    assert folder.run(["-m", "metrics"]) == 0
    return time.perf_counter() - start
