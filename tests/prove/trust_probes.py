"""Statements that reach for files, the network, extensions, settings or secrets: the database allows none of them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from metrics.store import Cursor, Scope, Store
from tests import fresh

LINE = "SQL probes 20 | allowed 0"
FEWEST = 20
CANARY = "canary-7f3a"


@dataclass(frozen=True)
class Ground:
    """Where the probes are tried: the data folder, a file outside it, and one inside that nobody may read by SQL."""

    data: Path
    outside: Path
    key: Path

    @property
    def staging(self) -> Path:
        """The only folder that SQL may reach."""
        return self.data / "staging"


def probes(ground: Ground) -> dict[str, str]:
    """Name -> statement; each must end in an error."""
    out, key, new = ground.outside, ground.key, ground.outside.with_name("new")
    return {
        "read a file": f"SELECT * FROM read_text('{out}')",
        "read a table": f"SELECT * FROM read_csv('{out}')",
        "read a file by its name": f"SELECT * FROM '{out}.csv'",
        "read the key": f"SELECT * FROM read_blob('{key}')",
        "read another database": f"SELECT * FROM read_parquet('{ground.data}/evenkeel.duckdb')",
        "read JSON": f"SELECT * FROM read_json('{out}')",
        "list files": "SELECT * FROM glob('/*')",
        "climb out of staging": f"SELECT * FROM read_text('{ground.staging}/../secrets/../{key.name}')",
        "follow a link out of staging": f"SELECT * FROM read_text('{ground.staging}/link')",
        "ask the network": "SELECT * FROM read_csv('http://127.0.0.1:9/a.csv')",
        "ask a bucket": "SELECT * FROM read_parquet('s3://bucket/a.parquet')",
        "open another database": f"ATTACH '{new}.duckdb' AS other",
        "open a database of the network": "ATTACH 'https://127.0.0.1:9/a.duckdb' AS other",
        "write a file": f"COPY (SELECT 1 AS a) TO '{new}.csv'",
        "write everything": f"EXPORT DATABASE '{new}'",
        "bring a database in": f"IMPORT DATABASE '{new}'",
        "fetch an extension": "INSTALL httpfs",
        "load an extension": "LOAD httpfs",
        "load a library": f"LOAD '{out}'",
        "open the outside again": "SET enable_external_access = true",
        "allow another folder": "SET allowed_directories = ['/']",
        "forget the folders": "RESET allowed_directories",
        "unlock the settings": "SET lock_configuration = false",
        "keep temporary files elsewhere": f"SET temp_directory = '{new}'",
        "log to a file": f"PRAGMA enable_profiling = 'json'; PRAGMA profiling_output = '{new}.json'",
        "keep a secret": "CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')",
        "read Python's variables": "SELECT * FROM secret_frame",
        "read the environment": "SELECT getenv('HOME')",
        "run a program": "SELECT * FROM read_csv('echo x |')",
    }


@contextmanager
def ground() -> Iterator[tuple[Store, Ground]]:
    """A database of one's own with a secret beside it, in folders that go with the block."""
    with tempfile.TemporaryDirectory() as name:
        outside, data = Path(name) / "outside" / "secret.txt", Path(name) / "data"
        outside.parent.mkdir()
        store = fresh.opened(data)
        for path in (outside, Path(f"{outside}.csv"), data / "pseudonyms.key"):
            path.write_text(f"{CANARY}\n1\n")
        store.staging.mkdir(exist_ok=True)
        (store.staging / "link").symlink_to(outside)
        try:
            yield store, Ground(data, outside, data / "pseudonyms.key")
        finally:
            store.close()


def allowed(cursor: Cursor, place: Ground) -> list[str]:
    """The probes that the database let through."""
    secret_frame = pd.DataFrame({"a": [CANARY]})
    before, through = written(place), []
    for name, statement in probes(place).items():
        try:
            cursor.execute(statement).fetchall()
            through.append(name)
        except duckdb.Error:
            continue
    assert written(place) == before, "a probe wrote a file"
    assert len(secret_frame) == 1
    return through


def written(place: Ground) -> set[Path]:
    """Every file outside the staging folder."""
    return {path for path in place.outside.parent.parent.rglob("*") if place.staging not in path.parents}


def run() -> dict[str, object]:
    """Tries each probe on a cursor that sees everything, and on one of a reader of one branch."""
    with ground() as (store, place):
        count = len(probes(place))
        narrow = store.within(Scope(institutions=("own",), branches=("B01",), masked=True))
        through = allowed(store.cursor(), place) + allowed(narrow.cursor(), place)
    assert count >= FEWEST
    assert through == [], through
    return {"probes": count, "cursors": 2, "allowed": 0}
