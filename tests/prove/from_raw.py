"""A folder with batches of every kind, its database made again from the raw files, compared table by table."""

import tempfile
from pathlib import Path

from metrics.reworking import from_raw
from metrics.store import Store
from tests.ingesting import opened
from tests.rawly import content, differences, varied

LINE = (
    "A database made again from the raw files and the recorded answers equals the former one: facts, batches, files, "
    "rows set aside, what was replaced, measures, policies; also where the former database is lost"
)


def run() -> dict[str, object]:
    """Lands, builds from raw with the former database and without it, and compares both with what was landed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        with opened(folder) as store:
            numbers = varied(store, folder)
            before = content(store)
        beside = _again(data, before)
        (data / "evenkeel.duckdb").unlink()
        alone = _again(data, before)
    # When a mapping was kept for a sender, no raw file says; all else must be the same.
    assert not beside, beside
    assert set(alone) <= {"main.kept_mappings"}, alone
    rows = sum(len(found) for name, found in before.items() if name.startswith("facts."))
    cells = sum(len(found) for name, found in before.items() if name.startswith("measures."))
    lost = sum(n for name, n in alone.items() if name != "main.kept_mappings")
    return {
        "batches": len(numbers), "tables compared": len(before), "rows of facts": rows, "rows of measures": cells,
        "rows set aside": len(before["main.set_aside"]), "snapshots replaced": len(before["main.replaced"]),
        "rows that differ": sum(beside.values()), "without the former database": lost,
    }  # fmt: skip


def _again(data: Path, before: dict[str, list[str]]) -> dict[str, int]:
    from_raw(data)
    store = Store.open(data)
    try:
        return differences(before, content(store))
    finally:
        store.close()
