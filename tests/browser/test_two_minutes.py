"""The two-minute script of a stranger, as fast as the app goes; `prove two_minutes` looks at each step."""

import pytest
from playwright.sync_api import Browser

from tests.browser.window import Server, window
from tests.prove.two_minutes import told

pytestmark = [pytest.mark.browser, pytest.mark.full]  # a line of its own runs all of it


@pytest.mark.many
@pytest.mark.parametrize(("language", "width"), [("fr", 390), ("en", 1280)])
def test_a_stranger_gets_through_in_two_minutes(browser: Browser, server: Server, language: str, width: int) -> None:
    size = (width, 844 if width < 640 else 800)
    with window(browser, server, size, language=language) as opened:
        assert told(opened, language) < 120
        assert not opened.external
        assert not opened.faults
