"""A messy workbook from drop to changed Overview, by a hand in Chromium, in English and in French, wide and narrow."""

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, TimeoutError

from tests.browser.window import Window, browsing, serving, window
from tests.prove.command import ROOT

LINE = (
    "The page Data in Chromium: the messy workbook from drop to a changed Overview in at most 90 s of a scripted hand "
    "that looks at every step, in English and French, at 1280 and 390 px, without an outside request; a wrong column "
    "is found and set right in at most 3 clicks"
)
MESSY = ROOT / "data" / "sample" / "messy.xlsx"
MOST_SECONDS, MOST_CLICKS = 90.0, 3
LOOK = 1_000  # milliseconds for which the hand looks at each step
STEPS = ("file", "columns", "check", "use")
CASES = (("en", (1280, 800)), ("fr", (1280, 800)), ("fr", (390, 844)))


def run() -> dict[str, object]:
    """Seconds from drop to Overview for each case, and the clicks that a wrong column takes."""
    found: dict[str, object] = {}
    with browsing() as browser:
        for language, size in CASES:
            with fresh(browser, language, size) as (opened, _):
                seconds = landed(opened, language)
                assert seconds <= MOST_SECONDS, (language, size, seconds)
                found[f"seconds, {language} at {size[0]} px"] = round(seconds, 1)
                assert not opened.external and not opened.faults, (opened.external, opened.faults)
        with fresh(browser, "en", (1280, 800)) as (opened, folder):
            found["clicks to set a wrong column right"] = set_right(opened, folder)
    return found


@contextmanager
def fresh(browser: Browser, language: str, size: tuple[int, int]) -> Iterator[tuple[Window, Path]]:
    """A window on an app of its own, without data; and a folder for files."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "data") as server,
        window(browser, server, size, language=language) as opened,
    ):
        yield opened, Path(folder)


def drop(opened: Window, file: Path) -> None:
    """Puts a file into the page Data, and waits for the steps."""
    opened.page.locator("input[type=file]").first.set_input_files(file)
    opened.page.wait_for_selector(".st-key-preview_end", timeout=60_000)
    opened.rest()


def landed(opened: Window, language: str) -> float:
    """Seconds in which the messy workbook comes to stand on the Overview; each step is looked at on the way."""
    opened.go(f"/?lang={language}")
    before = headline(opened.page)
    opened.go(f"/data?lang={language}")
    begun = time.monotonic()
    drop(opened, MESSY)
    for step in range(len(STEPS)):
        choose(opened, step)
        opened.page.wait_for_timeout(LOOK)
        opened.rest()
        answer(opened)
    opened.page.locator(".st-key-land button").click()
    opened.page.wait_for_selector(".st-key-undo_1", timeout=60_000)
    opened.rest()
    opened.go(f"/?lang={language}")
    assert headline(opened.page) != before, before
    return time.monotonic() - begun


def choose(opened: Window, step: int) -> None:
    """Goes to a step; a click that met a page just being drawn anew is made again."""
    for _ in range(3):
        opened.page.locator(".st-key-w_step button").nth(step).click()
        try:
            opened.page.wait_for_selector(f".st-key-hand_{STEPS[step]}", timeout=15_000)
            break
        except TimeoutError:
            continue
    opened.rest()


def answer(opened: Window) -> None:
    """Gives the first answer that a step offers to each of its questions: a day that the file names, a radio."""
    offered = opened.page.locator("[class*=st-key-day_] button, [class*=st-key-question_] [role=radiogroup] label")
    while offered.count():
        offered.first.click()
        opened.page.wait_for_timeout(500)
        opened.rest()


def headline(page: Page) -> str:
    """The finding of a page."""
    return page.locator("h1").first.inner_text()


def set_right(opened: Window, folder: Path) -> int:
    """Clicks from the step that shows a wrong column until it is read as what it is.

    Raises:
        AssertionError: the figures did not follow, or it took more than three.
    """
    file = folder / "book.csv"
    rows = "".join(f"L{k},{1000 + k},{500 + k},2026-09-30,2026-01-1{k % 10}\n" for k in range(20))
    file.write_text("loan_id,balance,outstanding amount due,as_of,disbursed_on\n" + rows)
    opened.go("/data?lang=en")
    drop(opened, file)
    clicks = 0
    wanted = opened.page.locator("[class*=st-key-line_column_]", has_text=re.compile("outstanding amount due"))
    if not wanted.count():
        opened.page.locator(".st-key-w_step button").nth(1).click()
        clicks += 1
        wanted.first.wait_for()
        opened.rest()
    wanted.first.locator("[role=combobox]").click()
    clicks += 1
    opened.page.keyboard.type("principal outst")  # the list is long; the hand types what it looks for
    opened.page.locator("[role=option]", has_text=re.compile("^Principal outstanding")).first.click()
    clicks += 1
    opened.page.wait_for_timeout(500)
    opened.rest()
    opened.page.locator(".st-key-w_step button").nth(2).click()
    opened.page.wait_for_selector(".st-key-check_1")
    opened.rest()
    total = sum(500 + k for k in range(20))
    assert f"{total:,}" in opened.page.locator(".st-key-check_1").inner_text(), total
    assert clicks <= MOST_CLICKS, clicks
    return clicks
