"""The files of a batch as the user gave them: told when they are read, found again when they are needed."""

from collections.abc import Iterable
from pathlib import Path

from metrics import keeping
from metrics.ingest import files
from metrics.ingest.model import Reading
from metrics.store import Source, Store


def source(path: Path, readings: Iterable[Reading]) -> Source:
    """A file that was read, with the sums of the tables that it holds."""
    tables = dict.fromkeys(reading.plan.sheet.sha256 for reading in readings)
    return Source(path, files.safe_name(path.name), keeping.digest(path), tuple(tables))


def find(store: Store, sha256: str) -> Path | None:
    """The kept file with this sum, or the one that packs the table with this sum; None where it is not kept.

    A file that came packed (.zip, .gz) is kept packed, while batches and corrections name the table inside.
    """
    if store.raw is None:
        return None
    for file in (file for batch in reversed(keeping.told(store.raw)) for file in batch["files"]):
        if sha256 == file["sha256"] or sha256 in file.get("tables", ()):
            path: Path = store.raw / file["sha256"]
            return path if path.exists() else None
    return None


def of_batch(store: Store, batch: int) -> tuple[Source, ...]:
    """The files of a batch in their order, as the user named them; empty where it does not come from files."""
    if store.raw is None:
        return ()
    told = next((found for found in keeping.told(store.raw) if found["number"] == batch), {"files": ()})
    return tuple(
        Source(store.raw / file["sha256"], file["name"], file["sha256"], tuple(file["tables"]))
        for file in told["files"]
        if "rows" not in file
    )
