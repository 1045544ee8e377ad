"""Each page opens by its address, asks nothing of anyone else, can be read by all; `prove pages` opens each cold."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.matrix import inspect, inspected, slugs
from tests.browser.window import Server

pytestmark = [pytest.mark.browser, pytest.mark.full]  # a line of its own runs all of it


@pytest.mark.full
def test_a_cold_link_opens_a_page_on_a_data_folder_where_nothing_is_yet(browser: Browser, tmp_path: Path) -> None:
    looked = inspect(browser, tmp_path / "data", "data", full=False)
    assert {look.name(): wrong for look, wrong in looked if wrong} == {}


@pytest.mark.many(6)
@pytest.mark.parametrize("slug", [slug for slug in slugs() if slug != "data"])
def test_a_page_can_be_read_at_two_sizes_in_two_languages(browser: Browser, server: Server, slug: str) -> None:
    assert {look.name(): wrong for look, wrong in inspected(browser, server, slug, full=False) if wrong} == {}


def test_there_are_at_most_nine_entries_in_the_menu() -> None:
    assert 1 <= len(slugs()) <= 9
