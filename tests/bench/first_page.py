"""From the start of the server on an empty data folder to the first page of the sample."""

import statistics
import tempfile
import time
from pathlib import Path

from tests.bench import Figure
from tests.browser.window import browsing, serving, window

HEADLINE = "[data-testid=stMain] :is(h1, h2)"


def bench() -> list[Figure]:
    """First page five times, each on an empty folder; compared with a folder that has the sample."""
    with browsing() as browser, tempfile.TemporaryDirectory() as folder:
        cold = [seconds(browser, Path(folder) / f"data{time}") for time in range(5)]
        warm = [seconds(browser, Path(folder) / "data0") for _ in range(3)]
    found = statistics.median(cold)
    ratio = statistics.median(warm) / found
    return [
        Figure(
            "first page on the sample, empty data folder",
            found,
            5.0,
            "s",
            "a start with the sample built",
            ratio,
        )
    ]


def seconds(browser, data: Path) -> float:
    """Seconds from the start of the server to the headline on the screen."""
    start = time.perf_counter()
    with serving(data) as server, window(browser, server) as opened:
        opened.page.goto(server.address)
        opened.page.wait_for_selector(HEADLINE)
        return time.perf_counter() - start
