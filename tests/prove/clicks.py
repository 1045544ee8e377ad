"""From any number to the rows of the file behind it in at most two clicks, by a hand in Chromium that counts."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, TimeoutError, expect

from metrics.catalogue import indicators
from tests.browser.window import Server, Window, browsing, serving, window

LINE = (
    "Each number reaches its rows, with file and row number, in at most two clicks: in Chromium from the list of "
    "indicators over both sides and every theme, and from the branches of Overview, Trade-offs and segments"
)
MOST = 2
FEWEST = 20
EACH_THEME = 2
UNFOLD, ROWS = ".st-key-behind summary", "[data-testid=stDataFrame] table"
FIGURE = "[role=dialog] [data-testid=stPageLink] a"


@dataclass
class Hand:
    """A hand on a page of the app; it counts its clicks since it last set out."""

    opened: Window
    clicks: int = 0

    def set_out(self, path: str) -> None:
        """Opens an address and begins to count."""
        self.opened.go(path)
        self.clicks = 0

    def click(self, place: Locator, brings: str) -> None:
        """One click, and what it brings is awaited; a click that met a page just being drawn anew is made again."""
        wanted = self.opened.page.locator(brings).first
        place.click()
        try:
            wanted.wait_for(state="attached", timeout=15_000)
        except TimeoutError:
            place.click()
            wanted.wait_for(state="attached", timeout=30_000)
        self.clicks += 1
        self.opened.rest()

    def rows(self) -> int:
        """How many tables of rows lie open, each with the file and the row number of its first row.

        Raises:
            AssertionError: none is there, or one has no file or no row number.
        """
        tables = self.opened.page.locator(ROWS)
        expect(tables.first).to_be_attached(timeout=20_000)
        self.opened.rest()
        for table in tables.all():
            heads = [head.inner_text() for head in table.locator("th").all()]
            assert heads[:2] == ["File", "Row in the file"], heads
            file, row = (table.locator("tbody tr").first.locator("td").nth(k).inner_text() for k in (0, 1))
            assert file and int(row.replace(",", "")) > 0, (file, row)
        assert self.clicks <= MOST, f"{self.clicks} clicks"
        return tables.count()


@contextmanager
def hand(browser: Browser, server: Server) -> Iterator[Hand]:
    """A hand on a window of its own."""
    with window(browser, server) as opened:
        yield Hand(opened)


def chosen(shown: list[str]) -> list[str]:
    """Of the indicators that have a value the first ones of each theme."""
    found: list[str] = []
    for theme in dict.fromkeys(i.theme for i in indicators().values()):
        found += [name for name in shown if indicators()[name].theme == theme][:EACH_THEME]
    return found


def listed(mine: Hand) -> list[str]:
    """Indicators of the list that have a value."""
    rows = mine.opened.page.locator("table.listing tr:not(.group):not(.missing) [data-open]")
    return [str(row.get_attribute("data-open")) for row in rows.all()]


def unfold(mine: Hand) -> None:
    """Opens the rows of the sheet that is shown."""
    mine.click(mine.opened.page.locator(UNFOLD), ROWS)


def from_list(mine: Hand, name: str) -> int:
    """The list, a row, the rows behind it: how many tables."""
    mine.click(mine.opened.page.locator(f'table.listing [data-open="{name}"]'), UNFOLD)
    unfold(mine)
    return mine.rows()


def from_overview(mine: Hand, branch: str) -> int:
    """A branch of Act now, the heaviest of its figures, and so its rows: how many tables."""
    mine.set_out("/?lang=en")
    mine.click(mine.opened.page.locator("[class*=st-key-act_] button").filter(has_text=branch), FIGURE)
    return _from_drawer(mine)


def from_tradeoffs(mine: Hand, branch: str) -> int:
    """A branch of the list of Trade-offs, the heaviest of its figures, and so its rows: how many tables."""
    mine.set_out("/tradeoffs?lang=en")
    mine.click(mine.opened.page.get_by_role("button", name=re.compile(f"^{branch}: rank")), FIGURE)
    return _from_drawer(mine)


def _from_drawer(mine: Hand) -> int:
    mine.click(mine.opened.page.locator(FIGURE).first, ROWS)
    assert mine.opened.page.url.count("unit=") == 1, mine.opened.page.url
    return mine.rows()


def from_segments(mine: Hand, place: str, path: str) -> int:
    """A segment's figure, and so its own sheet with its rows: how many tables."""
    mine.set_out(path)
    mine.click(mine.opened.page.locator(f'[data-open="{place}"]').first, ROWS)
    return mine.rows()


def run() -> dict[str, object]:
    """Walks from every page that shows numbers to their rows."""
    with (
        tempfile.TemporaryDirectory() as folder, browsing() as browser,
        serving(Path(folder) / "data") as server, hand(browser, server) as mine,
    ):  # fmt: skip
        mine.set_out("/indicators?lang=en")
        names = chosen(listed(mine))
        for name in names:
            mine.clicks = 0
            from_list(mine, name)
            mine.opened.page.locator(".st-key-back button").click()
            mine.opened.rest()
        pillars = {indicators()[name].pillar for name in names}
        assert len(names) >= FEWEST and len(pillars) == 2, names
        branches = ["Kolo", "Doukoro", "Tensa", "Baro"]
        for branch in branches:
            from_overview(mine, branch)
            from_tradeoffs(mine, branch)
        from_segments(mine, "par30|kolo", "/indicators?lang=en&part=branch")
        from_segments(mine, "kolo", "/indicators?lang=en&indicator=par30&part=branch")
    return {
        "indicators from the list": len(names),
        "themes": len({indicators()[name].theme for name in names}),
        "branches from Overview and Trade-offs": len(branches),
        "most clicks": MOST,
    }
