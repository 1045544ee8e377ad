"""The pack's HTML file as somebody opens it who has nothing but the file."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from metrics.packs import page
from metrics.packs.model import Pack
from tests import packing
from tests.browser import packed
from tests.browser.packed import Opened

pytestmark = pytest.mark.browser
Opens = Callable[..., AbstractContextManager[Opened]]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return packing.pack()


@pytest.fixture(scope="module")
def file(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("pack") / "pack.html"
    written.write_bytes(page.html(pack))
    return written


@pytest.fixture
def shown(browser: Browser, file: Path) -> Iterator[Opened]:
    """The file at the size of a projector; afterwards: nothing asked for, no fault."""
    with packed.opened(browser, file) as found:
        yield found
        assert (found.asked, found.faults) == ([], [])


@pytest.mark.many(2)
@pytest.mark.parametrize("share", [0, 37, 70, 100])
def test_the_slider_ranks_the_units_as_python_does(shown: Opened, pack: Pack, share: int) -> None:
    slider = shown.page.locator(".weights .slider")
    slider.evaluate("(node, v) => { node.value = v; node.dispatchEvent(new Event('input')); }", share)
    assert {name: (rank, number) for rank, name, number in shown.row()} == packed.expected(pack, share)


def test_a_unit_opens_its_panel_and_esc_closes_it(shown: Opened) -> None:
    row = shown.page.locator(".weights .row").first
    name = row.locator(".name").text_content()
    row.click()
    panel = shown.page.locator("body > .drill")
    assert panel.locator("h2").inner_text() == name
    assert panel.locator("data[data-ref]").count() > 0
    shown.page.keyboard.press("Escape")
    assert panel.is_hidden()


def test_a_figure_says_what_it_rests_on(shown: Opened, pack: Pack) -> None:
    figure = shown.page.locator("#parts .figures data").first
    figure.focus()
    shown.page.keyboard.press("Enter")
    text = shown.page.locator("body > .drill").inner_text()
    assert figure.inner_text() in text and "30 September 2026" in text
    assert all(said in text for _, said in pack.basis)


def test_the_presentation_goes_by_keys_to_its_end_and_back_and_every_screen_fits(shown: Opened) -> None:
    shown.page.evaluate("scrollTo(0, 1234)")
    before = shown.place
    shown.page.keyboard.press("p")
    last = shown.screens
    assert last > 10 and shown.screen == 1
    on, wrong = packed.through(shown, "PageDown", last)
    assert (on, wrong) == (list(range(1, last + 1)), [])
    assert packed.through(shown, "PageUp", 1)[0] == list(range(last, 0, -1))
    for key, at in (("End", last), ("Home", 1), ("ArrowRight", 2), (" ", 3), ("ArrowUp", 2), ("ArrowLeft", 1)):
        shown.page.keyboard.press(key)
        assert shown.screen == at, key
    assert (shown.page.locator(".presentation [aria-live]").text_content() or "").startswith(f"Screen 1 of {last}")
    shown.page.keyboard.press("Escape")
    assert (shown.screen, shown.place) == (0, before)
    assert "#screen" not in shown.page.url


def test_the_live_screen_weighs_by_keys_and_page_down_moves_on(shown: Opened, pack: Pack) -> None:
    shown.page.keyboard.press("p")
    slider = packed.to_live(shown)
    at, share = shown.screen, packed.share_of(slider)
    for _ in range(9):
        shown.page.keyboard.press("ArrowRight")
    assert (shown.screen, packed.share_of(slider)) == (at, share + 9)
    assert {name: (rank, number) for rank, name, number in shown.row()} == packed.expected(pack, share + 9)
    shown.page.keyboard.press("PageDown")
    assert shown.screen == at + 1
    shown.page.keyboard.press("Escape")
    assert shown.page.locator("#parts .weights .slider").input_value() == str(share + 9)


def test_enter_on_a_figure_opens_its_panel_over_the_screen_and_esc_returns_to_it(shown: Opened) -> None:
    shown.page.keyboard.press("p")
    shown.page.keyboard.press("PageDown")
    shown.page.locator(".stage data").first.focus()
    shown.page.keyboard.press("Enter")
    assert shown.page.locator(".presentation .drill").is_visible()
    shown.page.keyboard.press("Escape")
    assert shown.page.locator(".presentation .drill").is_hidden()
    assert shown.screen == 2
    assert shown.page.evaluate("document.activeElement.tagName") == "DATA"


def test_the_address_keeps_the_screen(browser: Browser, file: Path) -> None:
    with packed.opened(browser, file, anchor="#screen-4") as found:
        found.page.wait_for_selector("dialog.presentation[open]")
        assert found.screen == 4
        found.page.keyboard.press("PageDown")
        found.page.reload()
        found.page.wait_for_selector("dialog.presentation[open]")
        assert found.screen == 5
        assert (found.asked, found.faults) == ([], [])


@pytest.mark.parametrize(
    ("size", "scheme"), [((390, 844), "dark"), pytest.param((1280, 800), "light", marks=pytest.mark.full)]
)
def test_nothing_is_cut_and_axe_finds_no_serious_fault(
    browser: Browser, pack: Pack, tmp_path: Path, size: tuple[int, int], scheme: str
) -> None:
    file = tmp_path / "short.html"
    few = tuple(section for section in pack.sections if section.kind not in ("annex", "definitions", "segments"))
    file.write_bytes(page.html(replace(pack, sections=few, definitions=())))
    with packed.opened(browser, file, size, scheme) as found:
        assert found.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert serious(found) == []
        found.page.locator("#parts .figures data").first.click()
        assert serious(found, "body > .drill") == []
        found.page.keyboard.press("Escape")
        found.page.keyboard.press("p")
        for at in range(1, found.screens + 1):
            assert found.page.evaluate("document.querySelector('.frame').scrollWidth - innerWidth") <= 0
            assert at > 3 or serious(found, "dialog") == []
            found.page.keyboard.press("PageDown")
        assert (found.asked, found.faults) == ([], [])


def serious(found: Opened, part: str = "body") -> list[str]:
    """Serious and critical faults that axe finds in a part of the page."""
    violations = Axe().run(found.page, context=part).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['html'][:200]}"
        for rule in violations
        if rule["impact"] in ("serious", "critical")
    ]
