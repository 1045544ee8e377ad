"""Commands of a second process while the app runs and is being read: the app, which owns the data, does them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from metrics import owner
from metrics.errors import BusyError
from metrics.owner import KEY
from metrics.store import Store
from tests.browser.window import Server, Window, browsing, serving, window
from tests.prove.command import ROOT, metrics, rows

LINE = (
    "While the app runs and is being read in Chromium, import of a folder, check, values, batches and rollback from "
    "second processes are all answered by the process that holds the data; a wrong key is refused; the app killed "
    "during an import: a sentence, exit 1, and after a restart no half batch"
)
DAY = ("--as-of", "2026-09-30")
LOANS = "loan_id,client_id,branch_id,product_id,principal_outstanding,days_past_due\n"
ROWS = 150_000
WAITS = (0.0, 2.0, 5.0)  # seconds after the first sign of the import
PAGES = ("/", "/data", "/indicators", "/methods")


@dataclass
class Seen:
    """What was counted: pages read meanwhile, commands answered, how the killed imports ended."""

    pages: int = 0
    commands: list[str] = field(default_factory=list)
    killed: int = 0
    landed: int = 0


def run() -> dict[str, object]:
    """Lands a small book, opens the app on it and gives commands beside it; then kills the app three times."""
    seen = Seen()
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        data = Path(folder) / "data"
        metrics("import", loans(Path(folder), "loans", 40), *DAY, data=data)
        with app(data) as server:
            beside(browser, server, Path(folder), seen)
            wrong_key(server)
        for number, wait in enumerate(WAITS):
            kill(data, loans(Path(folder), f"big-{number}", ROWS, f"b{number}-"), f"2026-0{number + 1}-28", wait, seen)
        with app(data):
            batches = {row["batch"] for row in rows("batches", data=data)}
        assert len(batches) == 3 + seen.landed, (sorted(batches), seen.landed)
    assert seen.pages > 0
    assert seen.killed > 0, "every import was faster than its kill"
    return {
        "commands answered by the owner": len(seen.commands), "pages read meanwhile": seen.pages,
        "times the holder of the data changed": 0, "commands refused as busy": 0, "wrong keys refused": 1,
        "imports cut by a kill": seen.killed, "landed before the kill": seen.landed, "half batches": 0,
    }  # fmt: skip


def loans(folder: Path, name: str, n: int, first: str = "") -> Path:
    """A loan sheet with many rows."""
    file = folder / f"{name}.csv"
    lines = (f"{first}{i},C{i},north,micro,{i % 900 + 100}.50,{i % 60}\n" for i in range(n))
    file.write_text(LOANS + "".join(lines), encoding="utf-8")
    return file


@contextmanager
def app(data: Path) -> Iterator[Server]:
    """The app on a data folder, which answers commands and holds the data."""
    with serving(data) as server:
        for _ in range(1200):
            if owner.ask(data, owner.Request(("batches",), data, "reader")) is not None:
                break
            time.sleep(0.1)
        assert holder(data) == server.process.pid, server.said()
        yield server


def holder(data: Path) -> int:
    """The process that has the database open; 0 where nobody has."""
    try:
        Store.open(data).close()
    except BusyError as busy:
        return int(str(busy.params["process"]))
    return 0


def beside(browser: Browser, server: Server, folder: Path, seen: Seen) -> None:
    """Gives each command in a process of its own and reads pages until it has ended."""
    export = folder / "export"
    export.mkdir()
    (export / "complaints.csv").write_text("complaint_id,received_on,branch_id\nX1,2026-09-02,north\n")
    (export / "clients.csv").write_text("client_id,gender,birth_date\nC1,female,1990-01-01\n")
    with window(browser, server) as page:
        for words in (
            ("import", export, *DAY), ("check",), ("values", "--by", "institution"), ("batches",), ("rollback", 2),
            ("import", export, *DAY), ("batches", "--format", "json"),
        ):  # fmt: skip
            said = answered(page, server, words, seen)
            seen.commands.append(str(words[0]))
        assert "complaints.csv" in said
        page.go("/data")
        page.page.get_by_text("2 batches count").first.wait_for(timeout=30_000)  # the first and the last of them


def answered(page: Window, server: Server, words: tuple[object, ...], seen: Seen) -> str:
    """What a command printed while pages were read; the data stay with the app."""
    command = begun(server.data, *words)
    while True:
        page.go(PAGES[seen.pages % len(PAGES)])
        assert page.page.locator("[data-testid=stAlertContentError]").count() == 0, page.page.inner_text("body")
        seen.pages += 1
        if command.poll() is not None:
            break
    out, err = command.communicate()
    assert command.returncode == 0, f"{words}: {err}"
    assert "already open" not in err
    assert holder(server.data) == server.process.pid, "the data are no longer with the app"
    return out


def begun(data: Path, *words: object) -> subprocess.Popen[str]:
    """A command that has begun."""
    command = [sys.executable, "-m", "metrics", "--data", str(data), *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wrong_key(server: Server) -> None:
    """Asks with another key, and again with the right one."""
    kept = (server.data / KEY).read_bytes()
    (server.data / KEY).write_text("f" * 64 + "\n", encoding="utf-8")
    assert "refused the command" in metrics("batches", data=server.data, fails=True)
    (server.data / KEY).write_bytes(kept)
    metrics("batches", data=server.data)


def kill(data: Path, file: Path, day: str, wait: float, seen: Seen) -> None:
    """Kills the app some time after it began with an import; what is there afterwards is whole."""
    with app(data) as server:
        before = set((data / "staging").iterdir())
        command = begun(data, "import", file, "--as-of", day)
        for _ in range(600):
            if set((data / "staging").iterdir()) - before or command.poll() is not None:
                break
            time.sleep(0.05)
        time.sleep(wait)
        os.kill(server.process.pid, signal.SIGKILL)
        out, err = command.communicate()
    landed = whole(data, file.name)
    if command.returncode == 0:
        assert landed, "a batch that was acknowledged is gone"
        seen.landed += 1
        return
    assert (command.returncode, out) == (1, "") and "Traceback" not in err, err
    assert "stopped before it answered. Nothing was half landed" in err, err
    seen.killed += 1
    seen.landed += landed


def whole(data: Path, name: str) -> int:
    """How many batches hold a file; each has all of its rows, and no row is without its batch."""
    copy = data.parent / "copy"
    shutil.copytree(data, copy, ignore=shutil.ignore_patterns("*.sock"))
    store = Store.open(copy)
    try:
        cursor = store.cursor()
        stray = cursor.execute("SELECT count(*) FROM facts.loans ANTI JOIN batches USING (batch_id)").fetchall()[0][0]
        assert stray == 0, f"{stray} rows of no batch"
        held = cursor.execute(
            """SELECT f.accepted, (SELECT count(*) FROM facts.loans AS l WHERE l.batch_id = f.batch_id)
            FROM batch_files AS f WHERE f.name = ?""",
            [name],
        ).fetchall()
        assert all(rows == (ROWS, ROWS) for rows in held), held
        return len(held)
    finally:
        store.close()
        shutil.rmtree(copy)
