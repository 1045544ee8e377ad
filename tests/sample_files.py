"""The sample's generator, run for a test, and its files landed in a store of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

from metrics import measures
from metrics.store import BatchFile, NewBatch, Store
from tests import fresh

ROOT = Path(__file__).parents[1]
COMMITTED = ROOT / "data" / "sample"


def make(folder: Path, *without: str) -> Path:
    """Run the generator, some stories left out; returns the folder of its files."""
    stories = [option for story in without for option in ("--without", story)]
    command = [sys.executable, str(COMMITTED / "make.py"), "--out", str(folder), *stories]
    subprocess.run(command, check=True, timeout=60)
    return folder


def land(files: Path, data: Path) -> Store:
    """A store that holds the Parquet files of a folder."""
    store = fresh.opened(data)
    cursor = store.cursor()
    frames = {}
    for file in sorted(files.glob("*.parquet")):
        staged = shutil.copy(file, store.staging / file.name)
        frames[file.stem] = f"staged_{file.stem}"
        cursor.execute(
            f'CREATE TEMP TABLE "{frames[file.stem]}" AS SELECT *, 1 AS file_no, '
            "(row_number() OVER ())::INTEGER AS row_no FROM read_parquet(?)",
            [str(staged)],
        )
    told = BatchFile("sample", "", "", "loans", {}, 0, 0, 0, 0, {})
    store.land(NewBatch("test", {}, (told,)), frames, cursor, after=measures.build)
    return store
