"""The data that a command works on: the folder's own or the sample; opened here, or lent by the app that owns them.

`chosen.stores` is None where the command runs by itself. In the app it gives the open database by its name, which
the pages share and no command closes.
"""

import argparse
import shutil
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from metrics import measures, sample
from metrics.personal import erasing
from metrics.speaking import tell
from metrics.store import Store

Stores = Callable[[str], Store]
OWN = "evenkeel"

_one_import = threading.Lock()


@contextmanager
def reading(chosen: argparse.Namespace) -> Iterator[Store]:
    """The folder's own data, or the sample, said so, where it has none.

    Raises:
        BusyError: another process has it open.
    """
    own = Store.exists(chosen.data)
    if not own:
        tell("sample_shown", path=str(chosen.data))
    if chosen.stores is not None:
        yield chosen.stores(OWN if own else sample.NAME)
        return
    store = Store.open(chosen.data) if own else sample.open_sample(chosen.data)
    try:
        if own:
            measures.ensure(store.cursor())
            erasing.finish(store)
        yield store
    finally:
        store.close()


class Place:
    """What an import is read against, and where it lands.

    `fresh` says that the folder has no data of its own yet, `trial` that `store` is an empty stand-in.
    """

    def __init__(self, store: Store, fresh: bool, settled: Callable[[], Store] | None = None) -> None:
        self.store, self.fresh, self.kept = store, fresh, not fresh
        self._settled = settled

    @property
    def trial(self) -> bool:
        """Whether the data to land in are still to be made, by `settle`."""
        return self._settled is not None

    def settle(self) -> None:
        """From here on `store` is the folder's own data, made where there were none."""
        if self._settled is not None:
            self.store, self._settled = self._settled(), None


@contextmanager
def landing(chosen: argparse.Namespace) -> Iterator[Place]:
    """The folder's own data to land in; where the import sets no `kept`, a folder without data stays without.

    Imports that an app does for others come one after the other: each is read against what the last one landed.

    Raises:
        BusyError: another process has it open.
    """
    if chosen.stores is None:
        with _alone(chosen.data) as place:
            yield place
        return
    with _one_import:
        if Store.exists(chosen.data):
            yield Place(chosen.stores(OWN), fresh=False)
        else:
            with _empty(chosen.data) as store:
                yield Place(store, fresh=True, settled=lambda: chosen.stores(OWN))


@contextmanager
def _alone(data: Path) -> Iterator[Place]:
    fresh = not Store.exists(data)
    store = Store.open(data)
    place = Place(store, fresh)
    try:
        yield place
    finally:
        store.close()
        if not place.kept:
            store.remove()


@contextmanager
def _empty(data: Path) -> Iterator[Store]:
    """An empty database to read a first import against: the pages would open the real one as soon as it is there."""
    folder = data / "staging" / uuid.uuid4().hex
    store = Store.open(folder, "empty")
    try:
        yield store
    finally:
        store.close()
        shutil.rmtree(folder, ignore_errors=True)
