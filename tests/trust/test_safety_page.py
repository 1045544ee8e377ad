"""What pages say where the data lack what was acknowledged, and where the disk has too little room."""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from metrics import configuration
from metrics.store import Store
from tests import fresh
from tests.ingesting import five, landed, text
from tests.pages.visit import go, opening, said

PAGES = ("overview", "board", "indicators", "settings", "data")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with one book, and the setting that asks for more room than any disk has."""
    with closing(fresh.opened(tmp_path / "data")) as store:
        landed(store, text(tmp_path, five(), name="first.csv"))
    monkeypatch.setenv("EVENKEEL_CONFIG", str(tmp_path / "evenkeel.toml"))
    (tmp_path / "evenkeel.toml").write_text("reserve_mb = 0\n", encoding="utf-8")
    configuration.configuration.cache_clear()
    yield tmp_path / "data"
    configuration.configuration.cache_clear()


def test_every_page_says_one_sentence_where_acknowledged_changes_are_missing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, older = folder / "evenkeel.duckdb", tmp_path / "older"
    shutil.copy(file, older)
    with closing(Store.open(folder)) as store:
        landed(store, text(tmp_path, five(r1c6="1"), name="more.csv"), replace=True)
    shutil.copy(older, file)
    for address in PAGES:
        app = opening(folder, monkeypatch)(address)
        told = [re.sub(r"\\", "", one.value) for one in app.error]
        assert len(told) == 1 and told[0].startswith("The database lacks 1 change that was acknowledged")
        assert "Kolo" not in said(app) and not app.dataframe and not app.exception


def test_with_too_little_room_every_page_says_so_and_goes_on_showing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "evenkeel.toml").write_text("reserve_mb = 1000000000\n", encoding="utf-8")
    configuration.configuration.cache_clear()
    open_page = opening(folder, monkeypatch)
    for language, words in (("en", "Read only"), ("fr", "Lecture seule"), ("es", "Solo lectura")):
        app = open_page(lang=language)
        assert any(words in one.value for one in app.warning) and not app.exception
        assert not app.error and app.title, "the page itself is there"
    (tmp_path / "evenkeel.toml").write_text("reserve_mb = 0\n", encoding="utf-8")
    configuration.configuration.cache_clear()
    app = go(open_page(), "settings")
    assert not any("Read only" in one.value for one in app.warning)
