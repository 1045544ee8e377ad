"""Each page opens by its own address on a fresh server, asks nothing of anyone else, can be read by all."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.matrix import inspect, slugs

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("slug", slugs())
def test_a_cold_link_to_the_page_works_at_two_sizes_in_two_languages(
    browser: Browser, sample_folder: Path, slug: str
) -> None:
    found = {look.name(): wrong for look, wrong in inspect(browser, sample_folder, slug, full=False) if wrong}
    assert found == {}


def test_there_are_at_most_nine_entries_in_the_menu() -> None:
    assert 1 <= len(slugs()) <= 9
