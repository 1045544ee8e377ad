"""The board page of the sample as PDF: the first of a fresh process, with all that must be loaded, and the next."""

import json
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests import fresh
from tests.bench import Figure, apart

FIRSTS, NEXTS = 3, 9


def bench() -> list[Figure]:
    """Seconds from a picture that is there to the PDF's bytes; compared with the same page asked for again."""
    with tempfile.TemporaryDirectory() as folder:
        fresh.sample(Path(folder))
        runs = [apart("tests.bench.board_page", Path(folder)) for _ in range(FIRSTS)]
    first, then = (statistics.median(run[name] for run in runs) for name in ("first", "next"))
    return [
        Figure("board page as PDF, the first of a process", first, 3.0, "s", "the next one", then / first),
        Figure("board page as PDF, the next ones", then, 3.0, "s"),
    ]


def run(folder: Path) -> dict[str, float]:
    """The figures of one process: the first PDF, and the median of the next ones."""
    from metrics.picture import picture
    from metrics.policy import load
    from metrics.sample import open_sample
    from metrics.store import Scope

    with closing(open_sample(folder).cursor(Scope())) as cursor:
        shown = [picture(cursor, load("equal").with_social(share)) for share in range(40, 40 + NEXTS)]
        times = [seconds(cursor, one) for one in shown]
    return {"first": times[0], "next": statistics.median(times[1:])}


def seconds(cursor, shown) -> float:
    """Seconds from a picture to its PDF, with the history of its limits."""
    start = time.perf_counter()
    from metrics.documents import board, broken, document

    found = broken.broken(shown)[: board.MOST]
    asked = board.Asked("Equal", 50.0, sample=True, since=broken.since(cursor, shown, found))
    assert document.pdf(board.board(shown, asked, "en")).startswith(b"%PDF")
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
