"""The board page as a PDF, from Overview and from Trade-offs, by a hand in Chromium that counts clicks and seconds."""

import io
import tempfile
import time
from pathlib import Path

import pypdf
from playwright.sync_api import Download, Locator

from tests import fresh
from tests.browser.window import Window, browsing, serving, window

LINE = (
    "Board page: from Overview and from Trade-offs in one click, its PDF in one more and under 3 s, one A4 page with "
    "the share, the branches and the decision of the address, English and French; whole screen and back with Esc; "
    "0 external requests"
)
LIMIT = 3.0
PAGES = {"Overview": "/", "Trade-offs": "/tradeoffs"}
WORDS = {
    "en": {"link": "Board page", "take": "Download PDF", "full": "Full screen", "share": "Balance at 30"},
    "fr": {"link": "Page du conseil", "take": "Télécharger le PDF", "full": "Plein écran", "share": "Équilibre à 30"},
}
PICTURE = ".paper .open img[src^='data:image/png']"


def taken(opened: Window, path: str, language: str) -> tuple[float, int, str]:
    """From a page to its PDF: seconds from the first click to the file, clicks, and the text of the file.

    Raises:
        AssertionError: the file is no single page.
    """
    words, page = WORDS[language], opened.page
    opened.go(f"{path}?lang={language}&social=30&decision=Freeze+%2AKolo%2A+%23now")
    clicks = 0
    start = time.perf_counter()
    page.locator(".st-key-to_board button").get_by_text(words["link"]).click()
    clicks += 1
    page.wait_for_selector(PICTURE)
    with page.expect_download() as held:
        page.get_by_role("button", name=words["take"]).click()
        clicks += 1
    seconds = time.perf_counter() - start
    return seconds, clicks, one_page(held.value)


def one_page(held: Download) -> str:
    """The text of a file of one page, on one line."""
    pages = pypdf.PdfReader(io.BytesIO(Path(held.path()).read_bytes())).pages
    assert len(pages) == 1, f"{len(pages)} pages"
    return " ".join(pages[0].extract_text().split())


def whole_screen(opened: Window, language: str) -> bool:
    """Whether the page covers the screen with the app's header under it, and Esc brings the app back."""
    page = opened.page
    dialog: Locator = page.locator(".paper dialog")
    page.get_by_role("button", name=WORDS[language]["full"], exact=True).click()
    dialog.wait_for(state="visible")
    size, box = page.viewport_size, dialog.bounding_box()
    covered = page.evaluate("() => !document.elementFromPoint(200, 20).closest('.stAppHeader')")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    return bool(size and box and covered and box["width"] >= size["width"] and box["height"] >= size["height"])


def run() -> dict[str, object]:
    """Walks both ways in both languages; the first page of a server, which has to be computed, is seen before."""
    seconds: dict[str, float] = {}
    external: list[str] = []
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        data = Path(folder) / "data"
        fresh.sample(data)
        with serving(data) as server:
            for language in WORDS:
                for name, path in PAGES.items():
                    with window(browser, server, language=language) as opened:
                        took, clicks, text = taken(opened, path, language)
                        assert clicks == 2 and WORDS[language]["share"] in text and "Freeze *Kolo* #now" in text, text
                        assert whole_screen(opened, language), "the page does not cover the screen"
                        seconds[f"{name}, {language}"] = round(took, 2)
                        external += opened.external + opened.faults
            assert "Traceback" not in server.said(), server.said()[-400:]
    assert external == [], external
    assert max(seconds.values()) < LIMIT, seconds
    return {"clicks": 2, **{f"seconds from {name}": took for name, took in seconds.items()}, "external requests": 0}
