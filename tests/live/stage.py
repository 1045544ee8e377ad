"""The component on a page of its own, and what a test may ask it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.live.serve import Harness, serving

DRAWN = "() => document.querySelector('#host').shadowRoot.querySelector('.evenkeel').innerText"


class Stage:
    """The component on its page, with what it did wrong and what it sent."""

    def __init__(self, page: Page, harness: Harness) -> None:
        self.page, self.harness = page, harness
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.note(request.url))

    def note(self, url: str) -> None:
        """Keeps an address that is not the harness's own."""
        if not url.startswith((self.harness.address, "blob:", "data:")):
            self.foreign.append(url)

    def open(self, given: dict[str, Any], dark: bool = False) -> "Stage":
        """Shows the component with some data."""
        self.harness.data = given
        self.page.goto(f"{self.harness.address}/{'#dark' if dark else ''}")
        self.page.wait_for_selector("body[data-ready]")
        return self

    def at(self, selector: str) -> Locator:
        """What a selector finds within the component."""
        return self.page.locator(f".evenkeel {selector}")

    @property
    def sent(self) -> list[list[Any]]:
        """All that went to Python so far: name and value."""
        return self.page.evaluate("sent")

    def text(self, selector: str) -> str:
        """The text of the first thing that a selector finds."""
        return self.at(selector).first.text_content() or ""

    def rows(self) -> list[tuple[str, str, str, str]]:
        """The list as shown: rank, name, balance, status."""
        return [
            tuple(row.locator(f".{part}").inner_text() for part in ("rank", "name", "number", "word"))
            for row in self.at(".row").all()
        ]

    def share(self) -> int:
        """The social share that slider, box, chart and list stand at; fails where they disagree."""
        slider, box = self.at(".slider").input_value(), self.at(".tools input").input_value()
        heading = re.search(r"\d+", self.text(".title.ink"))
        assert heading
        assert {slider, box, heading[0]} == {slider}
        return int(slider)

    def rule(self) -> float:
        """Where the rule of the chart stands, in pixels of the page."""
        path = self.at(".chart-svg > .rule").get_attribute("d") or ""
        box = self.at(".chart-svg").bounding_box()
        assert box
        return box["x"] + float(path[1:].split(" ")[0])


@pytest.fixture(name="stage")
def staged(browser: Browser) -> Iterator[Callable[..., Stage]]:
    """Opens the component in a window of its own; afterwards: no complaint, no request to anyone else."""
    contexts: list[BrowserContext] = []
    stages: list[Stage] = []
    with serving({}) as harness:

        def opened(given: dict[str, Any], wide: int = 1280, high: int = 800, dark: bool = False, **how: Any) -> Stage:
            contexts.append(browser.new_context(viewport={"width": wide, "height": high}, **how))
            stages.append(Stage(contexts[-1].new_page(), harness))
            return stages[-1].open(given, dark)

        yield opened
        faults = [fault for one in stages for fault in [*one.complaints, *one.foreign, *one.page.evaluate("faults")]]
        for context in contexts:
            context.close()
    assert faults == []


def slide(shown: Stage, share: int) -> None:
    """Moves the slider as the hand does, without letting go."""
    shown.at(".slider").evaluate(
        "(node, v) => { node.value = v; node.dispatchEvent(new Event('input', {bubbles: true, composed: true})); }",
        share,
    )
