"""The pack's HTML file: numbers read back, size and time, the live weights in Chromium without a network."""

import tempfile
import time
from collections import Counter
from pathlib import Path

from metrics.packs import page
from metrics.packs.model import Pack, numbers
from metrics.words import LANGUAGES
from tests import packing
from tests.browser import packed
from tests.browser.window import browsing
from tests.packs.test_page import MOST_BYTES, MOST_SECONDS, Read

LINE = (
    "html: the board pack as one HTML file, opened from disk with the network off, English, French and Spanish: 0 "
    "requests, every number that of the model to the last digit, ranks and balances of the slider at every share those "
    "of Python, under 3 MB and 2 s"
)


def read_back(pack: Pack, made: bytes) -> int:
    """How many numbers stand in the file with the model's name, value and text.

    Raises:
        AssertionError: one differs, is missing or stands too often.
    """
    found = Counter(Read(made.decode("utf-8")).figures)
    known = (one for _, one in numbers(pack))
    wanted = Counter((one.ref, "" if one.value is None else repr(float(one.value)), one.text) for one in known)
    assert found == wanted, f"{(found - wanted) + (wanted - found)}"
    return sum(found.values())


def run() -> dict[str, object]:
    """Writes, reads and opens the pack of each language."""
    figures, sizes, seconds, shares, asked = 0, [], [], 0, list[str]()
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        for language in LANGUAGES:
            pack, file = packing.pack(language), Path(folder) / f"{language}.html"
            start = time.process_time()
            made = page.html(pack)
            seconds.append(time.process_time() - start)
            assert page.html(pack) == made, "not the same bytes"
            file.write_bytes(made)
            figures, sizes = figures + read_back(pack, made), [*sizes, len(made)]
            with packed.opened(browser, file) as shown:
                shares += weighed(shown, pack)
                assert shown.faults == [], shown.faults
                asked += shown.asked
    assert asked == [] and max(sizes) < MOST_BYTES and max(seconds) < MOST_SECONDS, (asked, sizes, seconds)
    return {
        "numbers read back": figures, "differing": 0, "shares compared": shares, "requests": 0,
        "largest file, MB": round(max(sizes) / 1e6, 2), "slowest, s": round(max(seconds), 2),
    }  # fmt: skip


def weighed(shown: packed.Opened, pack: Pack) -> int:
    """Moves the slider over every share; how many lists were compared with Python's.

    Raises:
        AssertionError: a rank or a balance differs.
    """
    slider = shown.page.locator("#parts .slider")
    for share in range(101):
        slider.evaluate("(node, v) => { node.value = v; node.dispatchEvent(new Event('input')); }", share)
        found = {name: (rank, number) for rank, name, number in shown.row()}
        assert found == packed.expected(pack, share), f"at {share}: {found}"
    return 101
