"""What opens over a page or inside one can be read by everyone: drawers, dialogs, the parts of Methods."""

import pytest
from playwright.sync_api import Browser

from tests.browser.matrix import inaccessible
from tests.browser.window import Server, window

pytestmark = pytest.mark.browser
VIEWS = ("coverage", "ranks", "accepted", "decides", "importance", "pairs", "removed")
ADDRESSES = (
    "/?unit=kolo&part=why",
    "/?unit=kolo&part=takes",
    "/?unit=kolo&part=whatif",
    "/tradeoffs?compare=save",
    "/tradeoffs?compare=compare&one=equal&other=lenders_view",
    "/tradeoffs?compare=kept",
    "/tradeoffs?units=dates",
    *(f"/methods?part=robustness&show={name}" for name in VIEWS),
)


@pytest.mark.full
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_part_can_be_read_on_a_desk_and_on_a_phone(browser: Browser, server: Server, address: str) -> None:
    for size, scheme, language in (((1280, 800), "light", "en"), ((390, 844), "dark", "fr")):
        with window(browser, server, size, scheme, language) as opened:
            opened.go(address)
            assert inaccessible(opened) == []
            assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert not opened.external
            assert not opened.faults
