"""Pages in a language that nobody speaks: each text is a catalogue's and none is cut; `prove languages` sees all."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import fresh
from tests.browser import readable
from tests.browser.matrix import PHONE, WIDE, Look
from tests.browser.readable import known, outside
from tests.browser.window import serving
from tests.pseudo import NAME

pytestmark = pytest.mark.browser
SEEN = [
    Look("overview", WIDE, "light", NAME),
    Look("indicators", PHONE, "light", NAME, "indicator=par30"),
    Look("warnings", WIDE, "light", NAME),
    Look("settings", PHONE, "light", NAME),
]
SPOILT = """() => { const cut = 'width: 40px; overflow: hidden; white-space: nowrap';
  document.querySelector('[data-testid=stMain] h1').insertAdjacentHTML('afterend',
    `<p>Nobody translated this</p><p style="${cut}">⟦Cut off in the middle⟧</p>`); }"""


@pytest.mark.full
def test_pages_have_only_texts_of_the_catalogues_and_cut_none(browser: Browser, tmp_path: Path) -> None:
    fresh.sample(tmp_path / "data")
    data = readable.said_by_data(tmp_path / "data")
    with serving(tmp_path / "data", runner="tests.pseudo") as server:
        looked = [(look.name(), *found) for look, *found in readable.looked(browser, server, SEEN, data)]
        spoilt = next(readable.looked(browser, server, SEEN[:1], data, SPOILT))
    assert [one for one in looked if any(one[1:])] == []
    assert any("Nobody translated this" in text for text in spoilt[1])
    assert any(text.startswith("cut across: ⟦Cut off") for text in spoilt[2])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("⟦Íñ⟧ Kolo", ["Kolo"]), ("⟦Íñ ⟦twó⟧ plaçés⟧", []), ("Total ⟦cut", ["Total"]), ("cut⟧: 5", [": 5"])],
)
def test_what_stands_outside_the_brackets_is_found(text: str, pieces: list[str]) -> None:
    assert [piece.strip() for piece in outside(text) if piece.strip()] == pieces


@pytest.mark.parametrize(
    ("piece", "passes"),
    [("Kolo · 12", True), ("Save the table", False), ("loans.days_past_due", True), ("PAR30, FCFA", True)],
)
def test_names_and_data_pass_and_words_do_not(piece: str, passes: bool) -> None:
    assert known(piece, frozenset({"kolo"})) is passes
