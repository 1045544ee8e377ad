"""The pack's HTML file in Chromium without a network: what it asks for, its live weights, its presentation."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Locator, Page

from metrics.balance import balance
from metrics.packs.model import Live, Pack
from metrics.score import displayed, ranks

MOST = 400  # screens: more would be a presentation that does not end


@dataclass
class Opened:
    """The file in a window, with all that it asked for and all that went wrong."""

    page: Page
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def screen(self) -> int:
        """The number of the screen that the presentation shows; 0 where it shows none."""
        shown = self.page.evaluate("document.querySelector('dialog.presentation').open")
        text = self.page.locator(".presentation .count").text_content() or "0"
        return int(text.split("/")[0]) if shown else 0

    @property
    def screens(self) -> int:
        """How many screens there are."""
        return int((self.page.locator(".presentation .count").text_content() or "0/0").split("/")[1])

    @property
    def place(self) -> int:
        """How far the document is scrolled."""
        return int(self.page.evaluate("Math.round(scrollY)"))

    def row(self) -> list[tuple[str, str, str]]:
        """The list of the live weights as shown: rank, name, balance."""
        rows = self.page.locator(".weights .row").all()
        parts = ("rank", "name", "number")
        return [tuple(row.locator(f".{part}").text_content() or "" for part in parts) for row in rows]

    def unfitting(self) -> list[str]:
        """What of the present screen does not fit into it, or is written too small to read from afar."""
        return list(
            self.page.evaluate(
                """() => { const found = [];
                const body = document.querySelector('.stage .body');
                if (body && body.scrollHeight > body.clientHeight + 1) found.push('too high');
                if (body && body.scrollWidth > body.clientWidth + 1) found.push('too wide');
                for (const node of document.querySelectorAll('.stage *')) {
                  const own = [...node.childNodes].some(part => part.nodeType === 3 && part.data.trim());
                  const size = parseFloat(getComputedStyle(node).fontSize);
                  const small = own && size < 17.9 && !node.closest('svg, .shape, .unseen');
                  if (small) found.push(`${size} px: ${node.textContent}`);
                }
                return found; }"""
            )
        )


@contextmanager
def opened(
    browser: Browser, file: Path, size: tuple[int, int] = (1280, 720), scheme: str = "light", anchor: str = ""
) -> Iterator[Opened]:
    """Opens a file from disk with the network off, until the block ends."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if scheme == "dark" else "light",
        offline=True, reduced_motion="reduce", has_touch=size[0] < 640,
    )  # fmt: skip
    found = Opened(context.new_page())
    address = file.as_uri()
    found.page.on("request", lambda one: None if one.url.split("#")[0] == address else found.asked.append(one.url))
    found.page.on("console", lambda said: found.faults.append(said.text) if said.type in ("error", "warning") else None)
    found.page.on("pageerror", lambda fault: found.faults.append(str(fault)))
    try:
        found.page.goto(address + anchor)
        found.page.wait_for_selector("body[data-ready]")
        found.page.evaluate("document.fonts.ready")
        yield found
    finally:
        context.close()


def live(pack: Pack) -> Live:
    """The live balance of a pack."""
    return next(block for section in pack.sections for block in section.blocks if isinstance(block, Live))


def expected(pack: Pack, share: float) -> dict[str, tuple[str, str]]:
    """Rank and balance of each unit at a social share as Python computes them from the healths, by name."""
    found = live(pack)
    units, root = found.data["units"], found.data["nodes"][0]
    financial, social = (
        [np.nan if (one := found.healths[unit["id"]][side].value) is None else one / 100 for unit in units]
        for side in (0, 1)
    )
    shown = 100 * balance(financial, social, share, float(root["exponent"]), root["epsilon"])
    decimals = int(found.data["decimals"])
    places, texts = ranks(shown, decimals), displayed(shown, decimals)
    return {
        unit["name"]: (f"{place:.0f}", f"{value:.{decimals}f}")
        for unit, place, value in zip(units, places, texts, strict=True)
    }


def through(shown: Opened, key: str, end: int) -> tuple[list[int], list[str]]:
    """Presses a key until the presentation is at a screen: the screens on the way, and what does not fit."""
    way, wrong = [shown.screen], shown.unfitting()
    while way[-1] != end and len(way) < MOST:
        shown.page.keyboard.press(key)
        way.append(shown.screen)
        wrong += [f"screen {way[-1]}: {one}" for one in shown.unfitting()]
    return way, wrong


def to_live(shown: Opened) -> Locator:
    """Moves on to the screen of the live weights and gives its slider the focus."""
    slider = shown.page.locator(".presentation .slider")
    while not slider.count() and shown.screen < shown.screens:
        shown.page.keyboard.press("PageDown")
    slider.focus()
    return slider


def share_of(slider: Locator) -> int:
    """The social share that the slider stands at."""
    found = re.search(r"\d+", slider.input_value())
    assert found
    return int(found[0])
