"""Slices of the sample: a page's, all indicators of one date, and all of them at all dates."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from metrics import values
from metrics.policy import load
from metrics.sample import open_sample
from metrics.store import Cursor
from tests.bench import Figure

TIMES = 15
POLICY = load("equal")
SCORED = [leaf.indicator for leaf in POLICY.leaves]
APART = "one query for each indicator"


def bench() -> list[Figure]:
    """Medians of many slices; compared with one query for each indicator."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_sample(Path(folder))
        cursor = store.cursor()
        days = values.periods(cursor)
        products = [row[0] for row in cursor.execute("SELECT product_id FROM v_products").fetchall()]
        frame = ask(cursor, days[-1:])
        assert frame["unit"].nunique() == 12
        ids = list(dict.fromkeys(frame["indicator"]))
        page = max(
            median(lambda product=p: ask(cursor, days[-1:], SCORED, product) for p in (products * TIMES)[:TIMES]),
            median(lambda day=d: ask(cursor, [day], SCORED) for d in days[-TIMES:]),
        )
        one = median(lambda day=d: ask(cursor, [day]) for d in days[-TIMES:])
        every = median(lambda: ask(cursor, days[-24:]) for _ in range(5))
        apart = {
            name: median([lambda wanted=wanted, dates=dates: [ask(cursor, dates, [i]) for i in wanted]])
            for name, wanted, dates in (("page", SCORED, days[-1:]), ("one", ids, days[-1:]), ("all", ids, days[-24:]))
        }
        store.close()
    return [
        Figure("another product or date: a page of 12 branches", page, 50.0, "ms", APART, apart["page"] / page),
        Figure(f"one slice: all {len(ids)} indicators of 12 branches", one, 100.0, "ms", APART, apart["one"] / one),
        Figure(f"{len(ids)} indicators x 24 dates x 12 branches", every, 1000.0, "ms", APART, apart["all"] / every),
    ]


def ask(cursor: Cursor, days: list, ids: list[str] | None = None, product: str | None = None):
    """The values of the branches, for one product or for all."""
    where = [("product_id", (product,))] if product else []
    return values.values(cursor, POLICY.settings, "branch", days, where, ids)


def median(works: Iterable[Callable[[], object]]) -> float:
    """The middle of how many milliseconds the pieces of work take."""
    taken = []
    for work in works:
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)
