"""Ten readers at once, each on a page of the sample and then on the next, beside an app that has nothing to show."""

import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import fresh
from tests.bench import Figure
from tests.browser.window import Server, free_port, serving, wait_for
from tests.trust.client import Run, reading

READERS, RUNS, LIMIT = 10, 12, 1.0
PAUSE = 2.0  # seconds that a reader looks at a page before asking for the next
PAGES = ("", "tradeoffs", "indicators", "warnings", "voices", "methods")
EMPTY = "import streamlit as st\n\nst.title('Empty')\n"


@dataclass
class Seen:
    """What the readers came to: seconds of each run, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 runs were there."""
        return statistics.quantiles(self.seconds, n=20)[-1]


def bench() -> list[Figure]:
    """95 of 100 runs of ten readers, on warm caches, beside the same of an empty page."""
    with tempfile.TemporaryDirectory() as folder:
        with empty(Path(folder)) as server:
            least = many(server.address, [None] * READERS, lambda *_: "").p95
        fresh.sample(Path(folder) / "data")
        with serving(Path(folder) / "data") as server:
            many(server.address, [None] * 2, by_turns, pause=0.0)  # who comes first computes for all
            seen = many(server.address, [None] * READERS, by_turns)
    assert not seen.faults, seen.faults[:3]
    return [Figure("95 of 100 runs, ten readers", seen.p95, LIMIT, "s", "an empty page", least / seen.p95)]


def by_turns(reader: int, run: int) -> str:
    """The page that a reader asks for: each begins with another and goes on in order."""
    return PAGES[(reader + run) % len(PAGES)]


def many(
    address: str,
    cookies: Sequence[str | None],
    page: Callable[[int, int], str],
    runs: int = RUNS,
    pause: float = PAUSE,
    look: Callable[[int, Run], Sequence[str]] = lambda *_: (),
) -> Seen:
    """Readers at once, each in a session of its own, each with some runs; `look` says what is wrong with a run."""
    seen, dice = Seen(), random.Random(20260930)
    waits = [[dice.uniform(0.5, 1.5) * pause for _ in range(runs)] for _ in cookies]

    def read(reader: int) -> None:
        try:
            with reading(address, cookies[reader]) as session:
                for run in range(runs):
                    time.sleep(waits[reader][run])
                    found = session.go(page(reader, run), seconds=300)
                    seen.seconds.append(found.seconds)
                    seen.faults += [*found.exceptions, *look(reader, found)]
        except Exception as error:
            seen.faults.append(f"reader {reader}: {type(error).__name__} {error}")

    threads = [threading.Thread(target=read, args=(number,)) for number in range(len(cookies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


@contextmanager
def empty(folder: Path) -> Iterator[Server]:
    """An app of one page with a title, served like ours."""
    script, log, port = folder / "empty.py", folder / "empty.log", free_port()
    script.write_text(EMPTY)
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.headless=true"]
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=folder, stdout=written, stderr=written)
    server = Server(f"http://127.0.0.1:{port}", process, folder, log)
    try:
        wait_for(server, 60)
        yield server
    finally:
        process.terminate()
        process.wait(10)
