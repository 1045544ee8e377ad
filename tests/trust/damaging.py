"""A data folder that was damaged on the disk, opened and read as the app does: all as it was, or a sentence."""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import duckdb

from metrics import connecting, measures
from metrics.errors import EvenkeelError
from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from tests import fresh
from tests.ingesting import five, landed, text
from tests.rawly import content
from tests.source import ROOT

FILE, LOG = "evenkeel.duckdb", "evenkeel.duckdb.wal"
# Land three more books and end without closing, so that they stand in the log alone.
LATER = """
import datetime, os, sys
from pathlib import Path
from metrics import measures
from metrics.store import Store
from tests.ingesting import five, landed, text
place = Path(sys.argv[1])
store = Store.open(place / "data")
measures.ensure(store.cursor())
store.cursor().execute("CHECKPOINT")
for at in range(3):
    path = text(place, five(r1c6=f"{at + 1}.00"), name=f"later{at}.csv")
    landed(store, path, as_of=datetime.date(2026, 10, 31) + datetime.timedelta(days=31 * at))
os._exit(0)
"""
Seen = dict[str, object]


def made(place: Path) -> Path:
    """A data folder with one book in the file and three in its log; returns it."""
    data = place / "data"
    with closing(fresh.opened(data)) as store:
        landed(store, text(place, five(), name="first.csv"))
    subprocess.run([sys.executable, "-c", LATER, str(place)], cwd=ROOT, check=True, timeout=120)
    assert (data / LOG).stat().st_size > 10_000
    return data


def copied(data: Path, place: Path) -> Path:
    """The folder once more, to be damaged."""
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(data, place))


def seen(data: Path) -> Seen | str:
    """Everything that is read of a folder: each row of each table and each figure; or the sentence that is said."""
    store = None
    try:
        store = Store.open(data)
        with closing(store.cursor()) as cursor:
            measures.ensure(cursor)
            figures = [values(cursor, SETTINGS, by).to_csv() for by in ("institution", "branch")]
        return {**content(store), "figures": figures, "batches": store.batches().to_csv()}
    except EvenkeelError as error:
        return error.text("en")
    except duckdb.Error as error:
        told = connecting.failure(error, data / FILE)
        if told is None:
            raise
        return told.text("en")
    finally:
        if store is not None:
            store.close()


def flip(path: Path, chance: random.Random) -> None:
    """Turn one bit of a file over."""
    at, bit = chance.randrange(path.stat().st_size), 1 << chance.randrange(8)
    with path.open("r+b") as file:
        file.seek(at)
        value = file.read(1)[0]
        file.seek(at)
        file.write(bytes([value ^ bit]))


def cut(path: Path, chance: random.Random) -> None:
    """Cut a file off somewhere."""
    os.truncate(path, chance.randrange(path.stat().st_size))


def trials(place: Path, seed: int, flips: int, cuts: int, log_cuts: int) -> Counter[str]:
    """Damage copies of one folder in every way; returns how many were told of, and how many were harmless.

    Raises:
        AssertionError: what is read is neither a sentence nor all that was there.
    """
    data, chance = made(place), random.Random(seed)
    whole = seen(copied(data, place / "whole"))
    assert isinstance(whole, dict), whole
    told: Counter[str] = Counter()
    kinds = [("flip", flip)] * flips + [("cut", cut)] * cuts + [("log cut", cut)] * log_cuts
    for at, (kind, do) in enumerate(kinds):
        trial = copied(data, place / "trial")
        log = kind == "log cut" or (kind == "flip" and at % 4 == 3)
        do(trial / (LOG if log else FILE), chance)
        found = seen(trial)
        if isinstance(found, str):
            told[f"{kind} told"] += 1
        else:
            different = [name for name in whole if whole[name] != found.get(name)]
            assert not different, f"{kind} {at}: shown as data though it differs: {different}"
            told[f"{kind} harmless"] += 1
    return told
