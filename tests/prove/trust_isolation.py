"""Many readers of different branches at once, and readers while data come in: nobody sees another's, nor two states."""

import csv
import itertools
import re
import tempfile
import threading
import time
from pathlib import Path

from metrics import owner
from metrics.owner import Request
from metrics.words import say
from tests import signing
from tests.bench import many
from tests.browser.window import Server
from tests.signing import Signing
from tests.trust import canary, walk
from tests.trust.canary import SIGN, word
from tests.trust.client import Run

LINE = (
    "50 sessions × 20 runs mixed roles, canary value a branch, 1,000 interleavings of upload and view | `wrong_user=0 "
    "errors=0`"
)
BRANCHES = ("kolo", "baro", "welia", "tensa", "sirande")
SINCE = "2026-05-01"
PAUSE = 4.0  # seconds between two uploads: about as long as a view takes whose figures are computed anew
WORD = re.compile(SIGN.encode() + rb"[0-9a-f]{10}")
STATE = re.compile(SIGN.encode() + rb"[0-9a-f]{10} state(\d+)x")
# Who sees some branches, and who sees all: role -> how many of ten sessions have it.
ROLES = ("viewer",) * 5 + ("branch_manager",) * 3 + ("analyst", "board")


def run(sessions: int = 50, runs: int = 20, wanted: int = 1000) -> dict[str, object]:
    """Reads with many sessions, then reads while one branches table after another is put in, then counts seconds."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        canary.planted(data, BRANCHES, SINCE).close()
        people = {f"reader{k}@example.org": given(k) for k in range(sessions)}
        signing.let_in(data, people)
        settled = signing.write(Path(name) / "settings", connections_a_minute=100_000)
        with signing.serving_many(data, settled, 120) as server:
            told = crowd(server, settled, people, runs)
            mixed = interleaved(server, settled, data, people, wanted)
            assert "Traceback" not in server.said(), server.said()[-2000:]
    return {**told, **mixed}


def given(number: int) -> tuple[str, list[str]]:
    """The role and branches of a reader: one branch each, or the whole."""
    role = ROLES[number % len(ROLES)]
    return role, [word(BRANCHES[number % len(BRANCHES)])] if role in ("viewer", "branch_manager") else []


def crowd(
    server: Server, settled: Signing, people: dict[str, tuple[str, list[str]]], runs: int, pause: float = 0.5
) -> dict[str, object]:
    """All readers at once, each in another order of pages; each message is searched for the words of other branches."""
    own = [set(map(str.encode, branches)) for _, branches in people.values()]
    shown = [0] * len(people)

    def look(reader: int, run: Run) -> list[str]:
        found = {m for raw in run.raw for m in WORD.findall(raw)}
        shown[reader] += len(found)
        return [f"wrong_user: reader {reader} saw {found - own[reader]}"] if own[reader] and found - own[reader] else []

    cookies = [signing.cookie(settled, name) for name in people]
    seen = many.many(server.address, cookies, lambda reader, run: walk.PAGES[(reader + run) % len(walk.PAGES)],
                     runs, pause, look)  # fmt: skip
    assert not seen.faults, seen.faults[:5]
    assert len(seen.seconds) == len(people) * runs and min(shown) > 0, "everyone saw the own branch"
    return {"sessions": len(people), "runs": len(seen.seconds), "wrong_user": 0, "errors": 0}


def interleaved(
    server: Server, settled: Signing, data: Path, people: dict[str, tuple[str, list[str]]], wanted: int,
    readers: int = 10,
) -> dict[str, object]:  # fmt: skip
    """Views while somebody puts in names of branches again and again; all names of a view are of one state."""
    before, states, over = [0] * readers, set[int](), threading.Event()
    counts = {"views": 0, "interleavings": 0, "put off": 0}
    put_off = say("en", "pages.data_moved")[:40]
    landed, refused = [0], list[str]()

    def look(reader: int, run: Run) -> list[str]:
        found = {int(m) for raw in run.last for m in STATE.findall(raw)}
        counts["views"] += 1
        counts["put off"] += any(put_off.encode() in raw for raw in run.last)
        counts["interleavings"] += landed[0] > before[reader]
        before[reader] = landed[0]
        states.update(found)
        return [f"two states in one view: {sorted(found)}"] if len(found) > 1 else []

    put = threading.Thread(target=landing, args=(data, landed, refused, over))
    put.start()
    cookies = [signing.cookie(settled, name) for name in itertools.islice(people, readers)]
    faults: list[str] = []
    try:
        while counts["interleavings"] < wanted and not faults + refused:
            faults = many.many(server.address, cookies, by_turns, 4, 0.2, look).faults
    finally:
        over.set()
        put.join()
    assert not faults + refused, (faults + refused)[:5]
    assert len(states) > min(10, wanted // 20), f"too few states were seen: {sorted(states)}"
    return {"interleavings of upload and view": counts["interleavings"], "uploads": landed[0],
            "views put off by a sentence": counts["put off"], "mixed views": 0}


def by_turns(reader: int, run: int) -> str:
    """Pages that name every branch."""
    return ("", "warnings", "tradeoffs")[(reader + run) % 3]


def landing(data: Path, landed: list[int], refused: list[str], over: threading.Event) -> None:
    """Put in the branches table under new names, again and again, as the command line asks the running app to."""
    listens = time.monotonic() + 60
    while not (data / owner.KEY).exists() and time.monotonic() < listens:
        time.sleep(0.2)
    file = data.parent / "branches.csv"
    for state in itertools.count(1):
        if over.is_set():
            return
        with file.open("w", newline="") as out:
            rows = [(word(one), f"Branch {word(one)} state{state}x") for one in BRANCHES]
            csv.writer(out).writerows([("branch_id", "branch_name"), *rows])
        asked = ("import", str(file), "--table", "branches", "--institution", "demo", "--replace")
        answer = owner.ask(data, Request(asked, data.parent, "steward@example.org"))
        if answer is None or answer.code:
            refused.append(f"the app took no file: {answer}")
            return
        landed[0] = state
        over.wait(PAUSE)
