"""The presentation of the pack, gone through by the keyboard at a projector's and a phone's size."""

import tempfile
import time
from pathlib import Path

from metrics.packs import page
from metrics.words import LANGUAGES
from tests import packing
from tests.browser import packed
from tests.browser.window import browsing

LINE = (
    "presentation: the pack's file by the keyboard from the first screen to the last and back, English, French and "
    "Spanish at 1280x720 and 390x844, light and dark: 1280x720 every screen fits with letters of 18 px or more, the "
    "slider weighs without leaving its screen, Esc returns to the same place, 0 requests"
)
SIZES = {(1280, 720): "light", (390, 844): "dark"}


def run() -> dict[str, object]:
    """Goes through each language's presentation in both sizes."""
    screens: dict[str, int] = {}
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        for language in LANGUAGES:
            file = Path(folder) / f"{language}.html"
            file.write_bytes(page.html(packing.pack(language)))
            for size, scheme in SIZES.items():
                with packed.opened(browser, file, size, scheme) as shown:
                    slowest = max(slowest, walked(shown, size[0] > 640))
                    screens[f"screens, {language}, {size[0]} px"] = shown.screens
                    assert (shown.asked, shown.faults) == ([], []), (shown.asked, shown.faults)
    return {**screens, "slowest step, ms": round(1000 * slowest), "too high, too wide or too small": 0, "requests": 0}


def walked(shown: packed.Opened, projected: bool) -> float:
    """Opens, goes to the end and back, weighs on the way, leaves; the seconds of the slowest opening or step.

    Raises:
        AssertionError: a key did something else, something does not fit, or Esc returned to another place.
    """
    shown.page.evaluate("scrollTo(0, 2345)")
    before, start = shown.place, time.perf_counter()
    shown.page.keyboard.press("p")
    last = shown.screens
    slowest = time.perf_counter() - start
    way, wrong = packed.through(shown, "PageDown", last)
    assert way == list(range(1, last + 1)) and (wrong == [] or not projected), wrong[:5]
    start = time.perf_counter()
    assert packed.through(shown, "ArrowLeft", 1)[0] == way[::-1]
    slowest = max(slowest, (time.perf_counter() - start) / last)
    slider = packed.to_live(shown)
    at, share = shown.screen, packed.share_of(slider)
    shown.page.keyboard.press("ArrowRight")
    assert (shown.screen, packed.share_of(slider)) == (at, share + 1)
    shown.page.keyboard.press("Escape")
    assert (shown.screen, shown.place) == (0, before), "not the same place"
    return slowest
