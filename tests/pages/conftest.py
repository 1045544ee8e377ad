"""What a test of pages may ask for: the app on the sample, or on a folder of one's own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st

from metrics.store import Store
from pages.ui import data, work
from tests.fresh import sample as sample_in
from tests.pages.visit import Open, Saved, opening


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's database, built once and closed."""
    return sample_in(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A data folder without data of its own."""
    return Path(shutil.copy(sample, tmp_path_factory.mktemp("pages") / sample.name)).parent


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page with an address, on the folder of the sample."""
    return opening(folder, monkeypatch)


@pytest.fixture
def fresh(tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """The same on a folder of one's own, whose databases are closed at the end."""
    shutil.copy(sample, tmp_path / sample.name)
    monkeypatch.setattr(work, "PATIENCE", 120)  # a page in a test is not asked again while work goes on
    yield opening(tmp_path, monkeypatch)
    for name in (data.OWN, data.SAMPLE):
        if Store.exists(tmp_path, name):
            data.opened(str(tmp_path), name).close()
    st.cache_resource.clear()


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> Saved:
    """What the buttons of a page that give files would give, by their keys."""
    kept: Saved = {}
    plain = st.download_button

    def button(label: str, data: Callable[[], bytes], *rest: object, key: str, **more: object) -> object:
        kept[key] = data
        return plain(label, data, *rest, key=key, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", button)
    return kept
