"""The sample institution: a database of its own, built from `data/sample` when first needed, never mixed."""

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path

from metrics import journal, measures, records, schema
from metrics.errors import DamagedError
from metrics.schema import quote, text
from metrics.store import BatchFile, Cursor, NewBatch, Store

FOLDER = Path(__file__).parent.parent / "data" / "sample"
NAME = "sample"
INSTITUTION = "demo"


def files() -> list[Path]:
    """The sample's tables, one Parquet file each, institutions first."""
    order = list(schema.tables())
    found = [file for file in FOLDER.glob("*.parquet") if file.stem in order]
    return sorted(found, key=lambda file: (file.stem != "institutions", file.stem))


def open_sample(data: Path) -> Store:
    """The sample's database in a data folder, built where it is absent or of another version.

    Raises:
        BusyError: another process has it open.
    """
    try:
        store = Store.open(data, NAME)
    except DamagedError:  # nobody's data: made again
        for suffix in ("", ".wal"):
            (data / f"{NAME}.duckdb{suffix}").unlink(missing_ok=True)
        store = Store.open(data, NAME)
    version = _version()
    landed = store.batches()
    if len(landed) and set(landed["sha256"]) == {version}:
        measures.ensure(store.cursor())
        return store
    if len(landed):
        store.close()
        store.path.unlink()
        store = Store.open(data, NAME)
    land(store)
    return store


def land(store: Store) -> int:
    """Land the sample's tables as one batch of a store; returns the batch's number."""
    cursor = store.cursor()
    version = _version()
    frames, described = {}, []
    for file_no, file in enumerate(files(), start=1):
        staged = store.staging / f"{NAME}-{file.name}"
        shutil.copyfile(file, staged)
        source = f"staged_{file.stem}"
        # A view, so that the rows are written once only: where they stay.
        cursor.execute(
            f"CREATE OR REPLACE TEMP VIEW {quote(source)} AS SELECT *, {file_no} AS file_no, "
            f"(row_number() OVER ())::INTEGER AS row_no FROM read_parquet({text(str(staged))})"
        )
        rows = int(cursor.execute(f"SELECT count(*) FROM {quote(source)}").fetchall()[0][0])
        frames[file.stem] = source
        described.append(
            BatchFile(file.name, version, "", file.stem, {}, rows, rows, 0, 0, _sums(cursor, file.stem, source))
        )
    batch = NewBatch("sample", {"sample": True}, tuple(described))
    number = store.land(batch, frames, cursor, after=_write_records)
    journal.follow(cursor, store.raw)
    # In a transaction of its own: rows that are committed are read by all cores. Nobody looks before it is done.
    measures.ensure(cursor)
    for file in files():
        cursor.execute(f"DROP VIEW {quote('staged_' + file.stem)}")
        (store.staging / f"{NAME}-{file.name}").unlink()
    return number


def written() -> list[Path]:
    """What the sample's people decided and wrote down: one file a kind of record, each a list of versions."""
    return sorted((FOLDER / "records").glob("*.json"))


def _write_records(cursor: Cursor, _: int) -> None:
    for file in written():
        for told in json.loads(file.read_text(encoding="utf-8")):
            at = datetime.fromisoformat(told["at"])
            who, why, removed = told["who"], told.get("why", ""), told.get("removed", False)
            records.insert(
                cursor, records.Record(INSTITUTION, file.stem, told["id"], 0, at, who, why, removed, told["body"])
            )


def _sums(cursor: Cursor, table: str, source: str) -> dict[str, float]:
    column = {"loans": "principal_outstanding", "financials_monthly": "amount"}.get(table)
    if column is None:
        return {}
    return {column: float(cursor.execute(f"SELECT sum({column}) FROM {quote(source)}").fetchall()[0][0])}


def _version() -> str:
    digest = hashlib.sha256()
    for file in [*files(), *written()]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
