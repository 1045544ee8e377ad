"""Every page in every size, colour scheme and language: what may be wrong with it, and its picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser

from metrics.words import LANGUAGES
from tests.browser.window import ROOT, Server, Window, serving, window

WIDE, PHONE = (1280, 800), (390, 844)
SCREENS = ROOT / "build" / "screens"
ONE_SCREEN = {"overview", "tradeoffs"}  # these two show everything without scrolling at 1280x800
# What else a page shows by its address, beside what it opens with.
WAYS = {
    "indicators": (
        "indicator=par30",
        "indicator=par30&unit=kolo",
        "indicator=nps&part=gender",
        "indicator=borrower_growth&period=2024-10-31",
        "part=branch",
    ),
    "tradeoffs": ("shock=collection_moratorium", "shock=flood"),
    "warnings": (
        "part=drift",
        "part=register",
        "part=register&risk=conduct",
        "breach=collection_complaints/branch/doukoro/2026-02-28",
    ),
    "voices": (
        "part=decisions",
        "part=actions",
        "part=tailored",
        "part=actions&action=I-061",
        "voice=complaints/02-C0049",
    ),
    "board": ("part=pack", "part=pack&leaf=3&sections=headline,balance,colours", "part=frozen"),
}
OPENS = ("shock=", "breach=")  # these ways stand in a dialog; any other dialog is a fault


@dataclass(frozen=True)
class Look:
    """One way to look at a page."""

    slug: str
    size: tuple[int, int]
    scheme: str
    language: str
    way: str = ""

    def name(self) -> str:
        """What its picture is called."""
        way = "".join(f"-{part.partition('=')[2]}" for part in self.way.split("&") if part)
        return f"{self.slug}{way.replace('/', '.')}-{self.size[0]}-{self.scheme}-{self.language}"

    def path(self) -> str:
        """Its address below the server's; the first page stands at the root."""
        page = "" if self.slug == slugs()[0] else self.slug
        return f"/{page}?{'&'.join(part for part in (f'lang={self.language}', self.way) if part)}"


def slugs() -> list[str]:
    """The pages, in the order of their numbers."""
    files = sorted(ROOT.glob("pages/[0-9]*_*.py"), key=lambda path: int(path.stem.split("_")[0]))
    return [path.stem.split("_", 1)[1] for path in files]


def looks(slug: str, full: bool) -> list[Look]:
    """The ways to look at a page and what else it shows: all twelve, or the two that differ in everything.

    What else it shows is looked at in each width, scheme and language at least once, or in one way.
    """
    if full:
        every = [Look(slug, *how) for how in product((WIDE, PHONE), ("light", "dark"), LANGUAGES)]
        some = [(WIDE, "light", "en"), (PHONE, "dark", "fr"), (WIDE, "dark", "es"), (PHONE, "light", "es")]
        return every + [Look(slug, *how, way) for way in WAYS.get(slug, ()) for how in some]
    seen = [(WIDE, "light", "en"), (PHONE, "dark", "fr")]
    return [*(Look(slug, *how) for how in seen), *(Look(slug, *seen[0], way) for way in WAYS.get(slug, ())[1:2])]


def inspect(browser: Browser, data: Path, slug: str, full: bool) -> Iterator[tuple[Look, list[str]]]:
    """Looks at a page on a server of its own, the deep link to it first; yields what is wrong each time."""
    with serving(data) as server:
        yield from inspected(browser, server, slug, full)


def inspected(browser: Browser, server: Server, slug: str, full: bool) -> Iterator[tuple[Look, list[str]]]:
    """The same on a server that runs."""
    for look in looks(slug, full):
        with window(browser, server, look.size, look.scheme, look.language) as opened:
            opened.go(look.path())
            yield look, faults(opened, look)
    if "Traceback" in server.said():
        yield look, ["the server logged: " + " ".join(server.said().splitlines()[-2:])]


def faults(opened: Window, look: Look) -> list[str]:
    """What is wrong with a page as it stands in its window; keeps its picture, in colour and in grey."""
    picture(opened, look)
    page = opened.page
    found = [f"asked {url}" for url in opened.external] + [f"script error: {text}" for text in opened.faults]
    if page.locator("[data-testid=stException]").count():
        found.append("an error box: " + page.locator("[data-testid=stException]").first.inner_text())
    wanted, shown = look.way.startswith(OPENS), page.locator("[role=dialog]").count()
    if shown and not wanted:
        found.append("a dialog: " + page.locator("[role=dialog]").first.inner_text())
    if wanted and not shown:
        found.append("no dialog")
    if not page.url.startswith(opened.server.address + look.path().partition("?")[0]):
        found.append(f"the address became {page.url}")
    return found + holes(opened) + overflow(opened, look) + inaccessible(opened)


def picture(opened: Window, look: Look) -> None:
    """Saves what the window shows, and the same without colour."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    file = SCREENS / f"{look.name()}.png"
    if look.size == PHONE:  # the whole page: a window as tall as what there is to scroll
        height = opened.page.evaluate(
            """() => [...document.querySelectorAll('[role=dialog], [data-testid=stMain]')]
            .reduce((most, place) => Math.max(most, place.scrollHeight), 0)"""
        )
        opened.page.set_viewport_size({"width": look.size[0], "height": min(int(height) + 60, 6000)})
        opened.rest()
    opened.page.screenshot(path=file)
    with Image.open(file) as image:
        image.convert("L").save(file.with_name(file.stem + "-grey.png"))


def holes(opened: Window) -> list[str]:
    """Places that a page keeps for something and that show nothing: no text, no drawing, no control."""
    names = opened.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] [class*=st-key-]')].filter(place => {
        const {width, height} = place.getBoundingClientRect();
        const shown = 'svg, canvas, img, button, input, [data-testid^=stBidiComponent]';
        return width > 200 && height > 60 && !place.innerText.trim() && !place.querySelector(shown);
        }).map(place => place.className.match(/st-key-[\\w-]+/)[0])"""
    )
    return [f"nothing is shown in {name}" for name in names]


def overflow(opened: Window, look: Look) -> list[str]:
    """What does not fit: sideways at any size, and downwards where one screen must do."""
    wide, high = opened.page.evaluate(
        """() => { const main = document.querySelector('[data-testid=stMain]');
        const root = document.scrollingElement;
        const places = [main, root, ...document.querySelectorAll('[role=dialog]')];
        return [Math.max(...places.map(place => place.scrollWidth - place.clientWidth)),
                main.scrollHeight - main.clientHeight]; }"""
    )
    found = [f"{wide} px too wide"] if wide > 0 else []
    if look.size == WIDE and look.slug in ONE_SCREEN and high > 0:
        found.append(f"{high} px too high for one screen")
    return found


def inaccessible(opened: Window) -> list[str]:
    """Serious and critical faults that axe finds, each with the first place where it stands."""
    violations = Axe().run(opened.page).response["violations"]
    return [
        f"axe {rule['impact']}: {rule['id']} in {len(rule['nodes'])} places, {rule['nodes'][0]['html'][:160]}"
        for rule in violations
        if rule["impact"] in ("serious", "critical")
    ]
