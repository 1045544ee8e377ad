"""Databases that a test starts from: an empty one and the sample's, each made once a process and then copied."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from metrics import measures
from metrics.sample import NAME, open_sample
from metrics.store import OWN, Store


@cache
def _kept() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="evenkeel-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _made(name: str) -> Path:
    if name == NAME:
        store = open_sample(_kept())
    else:
        store = Store.open(_kept(), name)
        measures.ensure(store.cursor())
    store.close()
    return store.path


def _copied(data: Path, name: str) -> Path:
    data.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(_made(name), data / f"{name}.duckdb"))


def opened(data: Path) -> Store:
    """A database of one's own without data, opened."""
    if not Store.exists(data):
        _copied(data, OWN)
    return Store.open(data)


def sample(data: Path) -> Path:
    """The sample's database in a data folder, closed; returns its file."""
    return _copied(data, NAME)


def open_copy(data: Path) -> Store:
    """The same, opened."""
    sample(data)
    return open_sample(data)
