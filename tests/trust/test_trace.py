"""From a number down: its SQL and rows, a row's file, the batch, the person, and the entry of the account."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from metrics import access, accounts
from metrics.access import Actor
from tests import fresh
from tests.browser.window import Server, browsing, serving, window
from tests.ingesting import five, landed, text

FIGURE = "/indicators?indicator=par30"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on five loans that Amina brought in."""
    folder = tmp_path_factory.mktemp("trace")
    store = fresh.opened(folder / "data")
    with access.acting(Actor("Amina")):
        landed(store, text(folder, five(), "september.csv"))
    store.close()
    with serving(folder / "data") as server:
        yield server


@pytest.mark.full
def test_two_clicks_lead_from_a_row_to_the_entry_that_it_came_in_with(served: Server) -> None:
    with browsing() as browser, window(browser, served) as opened:
        opened.go(FIGURE)
        page = opened.page
        page.locator(".st-key-behind summary").first.click()
        opened.rest()
        place = page.locator(".st-key-frame_0 canvas").first
        place.scroll_into_view_if_needed()
        opened.rest()
        box = place.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 60, box["y"] + 50)  # the first click: a cell of the first row
        page.wait_for_selector(".st-key-origin_0")
        opened.rest()
        told = page.locator(".st-key-origin_0").inner_text()
        assert "of september.csv" in told and "principal_outstanding was read from “outstanding”" in told
        assert "Batch 1, brought in by" in told and "Entry no. 1 of the account, seal" in told
        page.get_by_role("link", name="See the entry").click()  # the second
        page.wait_for_selector(".st-key-activity_list")
        opened.rest()
        assert "Brought files in batch 1" in page.locator(".st-key-activity_list").inner_text().replace("\n", " ")
        assert (opened.faults, opened.external) == ([], [])


def test_the_seal_beside_a_row_is_that_of_its_batch(tmp_path: Path) -> None:
    store = fresh.opened(tmp_path / "data")
    batch = landed(store, text(tmp_path, five(), "september.csv")).batch_id
    with closing(store.cursor()) as cursor:
        found = accounts.landed(cursor, batch)
        assert found is not None and accounts.of_seal(cursor, found.sealed) == found
        assert accounts.landed(cursor, batch + 1) is None
    store.close()
