"""What a test in the browser may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.window import Server, browsing, serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for all tests."""
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder without data of its own: the first page builds the sample; servers follow each other."""
    return tmp_path_factory.mktemp("data") / "sample"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on an empty data folder, one for the tests of a file."""
    with serving(tmp_path_factory.mktemp("data") / "local") as running:
        yield running
