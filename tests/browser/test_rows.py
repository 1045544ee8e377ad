"""From a number to the rows of the file behind it in two clicks: one way of each kind; `prove clicks` has all."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.window import Server
from tests.prove import clicks
from tests.prove.clicks import Hand

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def mine(browser: Browser, server: Server) -> Iterator[Hand]:
    """A hand on the app."""
    with clicks.hand(browser, server) as hand:
        yield hand


@pytest.mark.full
@pytest.mark.many
@pytest.mark.parametrize("name", ["par30", "nps", "oss"])
def test_a_number_of_the_list_reaches_its_rows(mine: Hand, name: str) -> None:
    mine.set_out("/indicators?lang=en")
    assert clicks.from_list(mine, name) >= 1
    assert mine.clicks == clicks.MOST


@pytest.mark.full
def test_a_number_of_the_overview_reaches_its_rows(mine: Hand) -> None:
    assert clicks.from_overview(mine, "Kolo") >= 1


@pytest.mark.full
def test_a_number_of_trade_offs_reaches_its_rows(mine: Hand) -> None:
    assert clicks.from_tradeoffs(mine, "Kolo") >= 1


@pytest.mark.full
def test_a_number_of_the_segments_reaches_its_rows(mine: Hand) -> None:
    assert clicks.from_segments(mine, "par30|kolo", "/indicators?lang=en&part=branch") >= 1
