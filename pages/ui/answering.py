"""The command line is answered by the app while it runs: one process owns the data, with the pages' own databases."""

from collections.abc import Callable
from pathlib import Path

from metrics import owner
from metrics.__main__ import answering
from pages.ui import data


def start(folder: Path) -> Callable[[], None]:
    """Answer the commands of a data folder from here on; returns what ends it."""
    found = owner.serve(folder, answering(folder, lambda name: data.opened(str(folder), name)))
    return found.close if found is not None else lambda: None
