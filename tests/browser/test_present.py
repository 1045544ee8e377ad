"""The presenter within the app: as Streamlit mounts it, under the app's own security policy, with the server gone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from pages.ui import present
from tests import packing
from tests.live.serve import serving

pytestmark = [pytest.mark.browser, pytest.mark.full]  # a line of its own runs all of it


@pytest.fixture(params=["", "#dark"], ids=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The button on a page of its own; afterwards: no complaint of the browser, nothing refused by the policy."""
    data = present.given(packing.pack(), "Present the pack")
    with serving(data, (present.MARKUP, present.SHEET, present.SCRIPT)) as harness:
        context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
        opened, said = context.new_page(), list[str]()
        opened.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
        opened.on("pageerror", lambda fault: said.append(str(fault)))
        opened.goto(f"{harness.address}/{request.param}")
        opened.wait_for_selector("body[data-ready]")
        opened.evaluate("() => Promise.all([400, 500, 600].map(w => document.fonts.load(`${w} 14px Inter`)))")
        context.set_offline(True)  # the app's pages have their fonts by then
        yield opened
        assert (said, opened.evaluate("faults")) == ([], [])
        context.close()


def count(page: Page) -> str:
    """The number of the screen that is shown, of how many."""
    return page.locator(".presentation .count").text_content() or ""


def test_the_button_presents_the_pack_from_what_the_browser_has(page: Page) -> None:
    page.evaluate("() => { document.body.style.height = '3000px'; scrollTo(0, 40); }")
    address = page.url
    page.get_by_role("button", name="Present the pack").click()
    box = page.locator("dialog.presentation").bounding_box()
    assert box and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1280, 720)
    last = int(count(page).split("/")[1])
    page.keyboard.press("End")
    assert count(page) == f"{last} / {last}"
    page.keyboard.press("Home")
    slider = page.locator(".presentation .slider")
    while not slider.count():
        page.keyboard.press("PageDown")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.input_value() == "51"
    page.locator(".presentation .row").first.click()
    assert page.locator(".presentation .drill").is_visible()
    for _ in range(2):
        page.keyboard.press("Escape")
    assert page.locator("dialog.presentation").is_hidden()
    assert (page.url, page.evaluate("scrollY")) == (address, 40)


def test_the_presentation_has_the_apps_tones_and_another_pack_takes_its_place(page: Page) -> None:
    page.get_by_role("button", name="Present the pack").click()
    ground = page.evaluate("getComputedStyle(shadow.querySelector('.frame')).backgroundColor")
    assert ground == ("rgb(20, 23, 28)" if page.url.endswith("#dark") else "rgb(255, 255, 255)")
    page.keyboard.press("Escape")
    page.evaluate("() => { give({...data, known: {...data.known, title: 'Another'}}); }")
    assert page.locator("dialog.presentation").count() == 1
    page.get_by_role("button", name="Present the pack").click()
    assert page.locator(".stage h1").inner_text() == "Another"
