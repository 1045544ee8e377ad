"""Two uploads at once, one thrown away while the other lands: the other is whole, nothing of the first stays."""

import os
import random
import tempfile
import time
from pathlib import Path

from metrics import keeping
from metrics.store import Store
from tests.ingesting import HEADINGS, joined

LINE = (
    "Of two uploads at the same time one is thrown away at any moment while the other lands: the other is whole, and "
    "neither rows nor files of the first remain"
)
ROUNDS, ROWS, SEED = 12, 3000, 20260930


def run(rounds: int = ROUNDS, rows: int = ROWS) -> dict[str, object]:
    """Puts in two files at once, as the page does, and throws one of them away at a random moment."""
    before = os.environ.get("EVENKEEL_DATA")
    with tempfile.TemporaryDirectory() as name:
        os.environ["EVENKEEL_DATA"] = str(Path(name) / "data")
        try:
            moments = [_round(number, rows) for number in range(1, rounds + 1)]
            batches = _look(rounds, rows)
        finally:
            if before is None:
                del os.environ["EVENKEEL_DATA"]
            else:
                os.environ["EVENKEEL_DATA"] = before
    return {
        "rounds": rounds, "rows of each file": rows, "landed whole": batches, "rows of what was thrown away": 0,
        "files of it left": 0, "thrown away between": f"{min(moments):.2f} and {max(moments):.2f} s",
    }  # fmt: skip


def _book(number: int, rows: int) -> bytes:
    """A month's loans; the outstanding amount tells whose they are."""
    lines = [
        (f"{number}-{row}", f"C{row}", "Kolo", "2025-01-03", "1000.00", f"{number}.50", "0") for row in range(rows)
    ]
    return joined([HEADINGS, *lines]).encode()


def _round(number: int, rows: int) -> float:
    from pages.ui import upload

    chosen = random.Random(SEED + number)
    stays, goes = (upload.keep([(f"{who}{number}.csv", _book(number + plus, rows))]) for who, plus in KINDS)
    for kept in (stays, goes):
        found = upload.find(kept)
        assert found is not None
        upload.answer(found, "as_of", f"{2025 + number // 12}-{number % 12 + 1:02}-20")
    one, other = upload.find(stays), upload.find(goes)
    assert one is not None and other is not None
    start = time.perf_counter()
    reading, beside = upload.reading(one), upload.reading(other)
    seen = reading.future.result(timeout=120)
    if chosen.random() < 0.5:
        beside.future.result(timeout=120)  # it is read to its end before it is thrown away
    landing = upload.landing(one, seen)
    time.sleep(chosen.uniform(0.0, 0.5))
    upload.forget(other)
    at = time.perf_counter() - start
    landed = landing.future.result(timeout=120)
    assert sum(sheet.accepted for sheet in landed.files) == rows
    upload.forget(one)
    return at


def _look(rounds: int, rows: int) -> int:
    """Hold the folder to what landed."""
    from pages.ui import data

    folder = data.folder()
    store: Store = data.opened(str(folder), data.OWN)
    counts = (
        store.cursor()
        .execute("SELECT batch_id, count(*), min(principal_outstanding) FROM facts.loans GROUP BY 1 ORDER BY 1")
        .fetchall()
    )
    assert [(n, float(amount)) for _, n, amount in counts] == [(rows, number + 0.5) for number in range(1, rounds + 1)]
    raw = folder / "raw"
    wanted = {file["sha256"] for one in keeping.told(raw) for file in one["files"]}
    assert {path.name for path in raw.iterdir() if path.is_file() and path.suffix != ".jsonl"} == wanted
    assert len(wanted) == rounds
    left = [path.name for path in (folder / "staging").iterdir() if path.name != "empty"]
    assert not left, left
    store.close()
    return len(counts)


KINDS = (("stays", 0), ("goes", 1000))
