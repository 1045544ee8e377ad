"""A data folder of one's own with batches of every kind, made once a process and then copied; and what it comes to."""

import atexit
import json
import shutil
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from metrics import access, activity, backups, people
from metrics.store import Store
from tests.ingesting import opened
from tests.rawly import varied


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="evenkeel-kept-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with opened(folder) as store:
        varied(store, folder)
        with access.acting(access.Actor("admin@example.org", "admin")):
            people.give(store, "zoe@example.org", "analyst")
    return folder / "data"


def folder(place: Path) -> Path:
    """A copy of the folder, closed."""
    return Path(shutil.copytree(_made(), place / "data"))


def entries(store: Store) -> list[activity.Entry]:
    """The whole account, which holds."""
    with closing(store.cursor()) as cursor:
        found = list(activity.entries(cursor))
    assert activity.broken(found) is None
    return found


def rewrite(backup: Path, **changes: Any) -> None:
    """Change what a manifest says, and seal it again: as whoever may write there could."""
    path = backup / backups.MANIFEST
    told = json.loads(path.read_text(encoding="utf-8"))
    told.pop("sealed")
    told |= changes
    path.write_text(json.dumps({**told, "sealed": backups.seal(told)}, ensure_ascii=False), encoding="utf-8")
