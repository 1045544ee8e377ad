"""What a test in the browser may ask for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import fresh
from tests.browser.window import Server, browsing, serving
from tests.live.stage import staged

__all__ = ["browser", "server", "staged"]  # the fixtures of these tests


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for all tests."""
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on a data folder without data of its own, one for the tests of a file."""
    data = tmp_path_factory.mktemp("data") / "local"
    fresh.sample(data)
    with serving(data) as running:
        yield running
