"""A process that owns a data folder, as the app does, and commands given beside it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from metrics import owner
from metrics.__main__ import answering, main
from metrics.owner import Owner, Request
from metrics.store import Store

ROOT = Path(__file__).parents[1]
LOANS = "loan_id,client_id,branch_id,product_id,principal_outstanding,days_past_due\n001,C1,north,micro,100.50,0\n"


@dataclass
class Running:
    """An owner of a data folder in this process, with the requests that reached it and its databases."""

    data: Path
    owner: Owner
    requests: list[Request] = field(default_factory=list)
    stores: dict[str, Store] = field(default_factory=dict)

    def store(self) -> Store:
        """The folder's own data."""
        return self.stores["evenkeel"]


@contextmanager
def running(data: Path) -> Iterator[Running]:
    """Owns a data folder, as the app does, until the block ends."""
    stores: dict[str, Store] = {}
    requests: list[Request] = []
    once = threading.Lock()

    def opened(name: str) -> Store:
        with once:
            return stores.setdefault(name, stores.get(name) or Store.open(data, name))

    work = answering(data, opened)

    def noted(request: Request) -> owner.Answer:
        requests.append(request)
        return work(request)

    found = owner.serve(data, noted)
    assert found is not None
    try:
        yield Running(data, found, requests, stores)
    finally:
        found.close()
        for store in stores.values():
            store.close()


def run(data: Path, *words: object) -> int:
    """The exit code of a command on a data folder."""
    return main(["--data", str(data), *map(str, words)])


def process(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own that was started in a folder."""
    command = [sys.executable, "-m", "metrics", *map(str, words)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def request(*words: str) -> Request:
    """A command given here."""
    return Request(words, Path.cwd(), "somebody")
