"""A changed filter on the sample: the values of all indicators for 12 branches."""

import statistics
import tempfile
import time
from pathlib import Path

from metrics import values
from metrics.policy import load
from metrics.sample import open_sample
from metrics.store import Cursor
from tests.bench import Figure

TIMES = 15


def bench() -> list[Figure]:
    """The median of many changes of the product or the date; compared with one query for each indicator."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_sample(Path(folder))
        cursor = store.cursor()
        day = values.periods(cursor)[-1:]
        products = [row[0] for row in cursor.execute("SELECT product_id FROM v_products").fetchall()]
        frame = ask(cursor, products[0], day)
        assert frame["unit"].nunique() == 12
        ids = list(dict.fromkeys(frame["indicator"]))
        filtered = statistics.median(
            seconds(lambda p=product: ask(cursor, p, day)) for product in (products * TIMES)[:TIMES]
        )
        settings, days = load("equal").settings, values.periods(cursor)[-TIMES:]
        dated = statistics.median(seconds(lambda d=d: values.values(cursor, settings, "branch", [d])) for d in days)
        ours = max(filtered, dated)
        apart = statistics.median(
            seconds(lambda p=product: [ask(cursor, p, day, [name]) for name in ids]) for product in products[:3]
        )
        store.close()
    what = "another product, or another date (the slower), on the sample: all indicators of 12 branches"
    return [Figure(what, ours * 1000, 50.0, "ms", "one query for each indicator", apart / ours)]


def ask(cursor: Cursor, product: str, day: list, ids: list[str] | None = None):
    """The values of the branches for one product."""
    settings = load("equal").settings
    return values.values(cursor, settings, "branch", day, [("product_id", (product,))], ids)


def seconds(work) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
