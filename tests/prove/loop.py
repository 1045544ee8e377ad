"""The loop in Chromium, with the keyboard alone: from a complaint in a file to what came of the answer."""

import re
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, TimeoutError, expect

from metrics import records
from metrics.store import Store
from tests import fresh, looping
from tests.browser.window import Window, browsing, serving, window

LINE = (
    "One test in Chromium, with the keyboard alone: a complaint is uploaded, stands coded by the rules, is linked to a "
    "risk, gets an action with owner and due date, is done and answered, the next month's data come, and the effect is "
    "shown with before, after and interval; every step stands in the history"
)
LONG = 120_000
MOST_TABS = 150
MAIN = "[data-testid=stMain]"
VOICES = "[data-testid=stTopNavLink][href*=voices]"
ROW = ".st-key-heard_row_complaints-C-900 button"
SAVE = "[class*=st-key-voice_save_] button"
ACTION = f"{MAIN} a[href*='action=']"
DONE = "[class*=st-key-deed_save_] button"
FOCUSED = "query => document.querySelector(query)?.contains(document.activeElement) ?? false"


def run() -> dict[str, object]:
    """Seconds of the whole loop, and what the history then holds."""
    with browsing() as browser:
        return told(browser)


def told(browser: Browser, language: str = "en") -> dict[str, object]:
    """The loop on an app of its own; returns its seconds, the sentence of the effect, and the steps kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fresh.sample(folder / "data")
        with serving(folder / "data") as server, window(browser, server, language=language) as opened:
            start = time.perf_counter()
            effect = closed(opened, folder)
            seconds = round(time.perf_counter() - start, 1)
            assert not opened.external and not opened.faults, (opened.external, opened.faults)
        return {"seconds": seconds, "effect": effect, "steps in the history": kept(folder / "data")}


def closed(opened: Window, folder: Path) -> str:
    """Every step by keys; returns what the page then says of the effect.

    Raises:
        AssertionError: a step does not show what it should.
    """
    opened.go("/data?lang=en")
    upload(opened, looping.begun(folder))
    heard(opened)
    acted(opened)
    answered(opened)
    opened.go("/data?lang=en")
    upload(opened, looping.following(folder))
    return effect(opened)


def reach(opened: Window, query: str) -> None:
    """Presses Tab until the focus stands on the first match of a query, or within it.

    Raises:
        AssertionError: the keyboard alone does not get there.
    """
    opened.page.locator(query).first.wait_for(timeout=LONG)
    for _ in range(MOST_TABS):
        if opened.page.evaluate(FOCUSED, query):
            return
        opened.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {query}")


def press(opened: Window, query: str, then: str) -> None:
    """Gets to something by Tab and presses Enter, until what follows is there.

    A key that met a page just being drawn anew is pressed again.
    """
    for _ in range(3):
        reach(opened, query)
        opened.page.keyboard.press("Enter")
        try:
            opened.page.locator(then).first.wait_for(timeout=LONG / 3)
            break
        except TimeoutError:
            if not opened.page.locator(query).count():  # it went through, and is still at work
                break
    opened.page.locator(then).first.wait_for(timeout=LONG)
    opened.rest()


def fill(opened: Window, query: str, text: str) -> None:
    """Gets to a field by Tab and types over what stands there."""
    reach(opened, query)
    opened.page.keyboard.press("ControlOrMeta+a")
    opened.page.keyboard.type(text)


def upload(opened: Window, files: Sequence[Path]) -> None:
    """Puts files into the page Data by keys and lands them; nothing is open, so the page shows its last step."""
    opened.rest()
    for attempt in range(3):  # a key that met a page just being drawn anew is pressed again
        reach(opened, "[data-testid=stFileUploaderDropzone] button")
        try:
            with opened.page.expect_file_chooser(timeout=LONG / 6) as chooser:
                opened.page.keyboard.press("Space")
            break
        except TimeoutError:
            if attempt == 2:
                raise
    chooser.value.set_files(files)
    opened.page.wait_for_selector(".st-key-preview_end", timeout=LONG)
    opened.rest()
    press(opened, ".st-key-land button", "[class*=st-key-undo_]")


def heard(opened: Window) -> None:
    """The complaint stands coded by the rules on Voices and linked to a risk; a person confirms it."""
    press(opened, VOICES, ROW)
    press(opened, ROW, SAVE)
    expect(opened.page.locator(MAIN)).to_contain_text(looping.WORDS, timeout=LONG)
    expect(opened.page.locator(MAIN)).to_contain_text("By the words for Conduct at collection", timeout=LONG)
    expect(opened.page.locator(f"{MAIN} a[href*='risk=conduct']").first).to_be_visible(timeout=LONG)
    press(opened, SAVE, ".st-key-record_undo")
    expect(opened.page.locator(MAIN)).to_contain_text("A person coded it", timeout=LONG)


def acted(opened: Window) -> None:
    """An action is made from the complaint: what, who, until when; it stands at the complaint afterwards."""
    press(opened, ".st-key-voice_act button", ".st-key-deed_make button")
    fill(opened, ".st-key-deed_action_new textarea", "Ring before a visit; visit by day, never in front of others")
    fill(opened, ".st-key-deed_owner_new input", looping.OWNER)
    day(opened, ".st-key-deed_due_on_new", looping.DUE.isoformat())
    press(opened, ".st-key-deed_make button", ACTION)
    expect(opened.page.locator(MAIN)).to_contain_text(looping.OWNER, timeout=LONG)


def day(opened: Window, field: str, text: str) -> None:
    """Types a date into its three parts, year first."""
    reach(opened, f"{field} [role=spinbutton]")
    opened.page.keyboard.type(re.sub(r"\D", "", text))


def answered(opened: Window) -> None:
    """The action is done, and those who spoke are told: both with their day."""
    press(opened, ACTION, DONE)
    day(opened, "[class*=st-key-deed_done_on_]", looping.DONE.isoformat())
    fill(opened, "[class*=st-key-deed_answer_] textarea", "We ring before we come, and nobody hears of it.")
    fill(opened, "[class*=st-key-deed_answered_to_] input", "The client, by telephone")
    day(opened, "[class*=st-key-deed_answered_on_]", looping.TOLD.isoformat())
    press(opened, DONE, ".st-key-record_undo")
    expect(opened.page.locator(MAIN)).to_contain_text("Done and answered", timeout=LONG)


def effect(opened: Window) -> str:
    """What the action's page says of the indicator, before and after the next month's data."""
    press(opened, VOICES, ".st-key-heard_show input")
    reach(opened, ".st-key-heard_show input")
    opened.page.keyboard.type("All")
    opened.page.keyboard.press("Enter")
    press(opened, ROW, ACTION)
    press(opened, ACTION, DONE)
    expect(opened.page.locator(MAIN)).to_contain_text("interval of the change", timeout=LONG)
    lines = opened.page.locator(MAIN).inner_text().splitlines()
    said = next(line for line in lines if "interval of the change" in line)
    assert "31 Jul 2025" in said and "30 Sep 2025" in said, said
    return said


def kept(data: Path) -> list[str]:
    """The steps that the history holds, the first one first: kind, version, what changed.

    Raises:
        AssertionError: a step is missing.
    """
    store = Store.open(data)
    with closing(store), closing(store.cursor()) as cursor:
        changes = records.history(cursor)
        landed = store.batches()
    told = {(change.record.kind, change.field) for change in changes}
    for step in (("coding", "category"), ("action", "risk_id"), ("action", "owner"), ("action", "due_on"),
                 ("action", "done_on"), ("action", "answer"), ("action", "answered_on")):  # fmt: skip
        assert step in told, (step, told)
    assert len(landed) >= 4, landed  # two uploads, and the action's two versions
    return sorted(f"{kind} {field}" for kind, field in told)
