"""A backup taken under load and restored elsewhere; a database made again from raw: every figure to the last digit."""

import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from metrics import activity, backup, backups, likeness, measures, restoring, sample, values
from metrics.policy import SETTINGS
from metrics.reworking import from_raw
from metrics.store import Cursor, Store
from tests.ingesting import five, landed, text
from tests.rawly import OCTOBER, content, differences

LINE = (
    "Restore and rebuild: a backup taken while batches land and people read is restored elsewhere, and a database is "
    "made again from raw; every table equal both ways, every indicator of every unit and date equal to the last digit"
)
KINDS = ("institution", "branch", "product", "officer", "gender", "location", "age_band", "cycle")
Figures = dict[tuple[str, ...], tuple[float, ...] | str]


def run(batches: int = 6) -> dict[str, object]:
    """Backs up, restores, rebuilds; compares rows, measures and figures, computed by one thread on each side."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        with closing(Store.open(place / "data")) as store:
            sample.land(store)
            seconds, made, reads = _under_load(store, place, batches)
            quiet = backup.make(store, place / "quiet")
            before = content(store)
        assert made.told["batches"] < quiet.told["batches"], "batches landed while the backup was made"
        restoring.restore(place / "under", made.path)
        result = restoring.restore(place / "again", quiet.path)
        assert result.differing == (), result.differing
        # The same rows in another layout on the disk are added in other pieces: both sides are laid out anew.
        laid = backups.read_back(_exported(place / "data", place / "laid"), place / "laid")
        whole, restored = _figures(laid), _figures(place / "again" / "evenkeel.duckdb")
        apart = [key for key in whole.keys() | restored.keys() if whole.get(key) != restored.get(key)]
        assert not apart, apart[:5]
        kept = _figures(place / "data" / "evenkeel.duckdb")
        other = sum(kept[key] != restored.get(key) for key in kept)
        tables = _same(place / "again", before)
        rebuilt, cells = _from_raw(place / "data", before)
        return {
            "backup under load": f"{seconds:.1f} s for {(place / 'data' / 'evenkeel.duckdb').stat().st_size >> 20} MB",
            "batches landed while it was made": quiet.told["batches"] - made.told["batches"], "reads meanwhile": reads,
            "restored: tables equal": tables, "indicators": len({key[3] for key in whole}),
            "restored: figures equal to the last digit": f"{len(whole)}/{len(whole)}",
            "of which computed otherwise in their last bit from the layout before the backup": other,
            "from raw: tables of facts and of the account equal": rebuilt,
            "from raw: cells of measures, computed by one thread, equal to the last digit": cells,
            "chains broken": 0,
        }  # fmt: skip


def _under_load(store: Store, place: Path, batches: int) -> tuple[float, backups.Backup, int]:
    """Make a backup while batches land and somebody reads; gives its seconds, and how often was read."""
    files = [text(place, five(r1c6=f"{n}.00"), name=f"late{n}.csv") for n in range(1, batches + 1)]
    over, reads = threading.Event(), []

    def write() -> None:
        for n, file in enumerate(files, 1):
            landed(store, file, as_of=OCTOBER.replace(day=n))

    def read() -> None:
        while not over.is_set():
            with closing(store.cursor()) as cursor:
                reads.append(cursor.execute("SELECT sum(glp) FROM v_m_portfolio").fetchall())

    threads = [threading.Thread(target=write), threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    made = backup.make(store, place / "load")
    seconds = time.monotonic() - began
    threads[0].join()
    over.set()
    threads[1].join()
    return seconds, made, len(reads)


def _exported(data: Path, place: Path) -> Path:
    """The tables of a closed database, written out by itself."""
    place.mkdir()
    with likeness.alone(data / "evenkeel.duckdb", place) as cursor:
        cursor.execute(f"EXPORT DATABASE '{place / 'database'}' (FORMAT parquet)")
    return place / "database"


def _figures(path: Path) -> Figures:
    """Every figure of a closed database: kind, day, unit, indicator -> value, n, coverage, interval and status."""
    found: Figures = {}
    with likeness.alone(path, path.parent) as cursor:
        likeness.see_all(cursor)
        for by in KINDS:
            frame = values.values(cursor, SETTINGS, by).astype({"period": str})
            keys = frame[["period", "unit", "indicator"]].itertuples(index=False, name=None)
            rest = frame[["value", "n", "coverage", "low", "high", "status"]].itertuples(index=False, name=None)
            found |= {(by, *map(str, key)): repr(said) for key, said in zip(keys, rest, strict=True)}
    return found


def _same(data: Path, before: dict[str, list[str]]) -> int:
    with closing(Store.open(data)) as store:
        assert differences(before, content(store)) == {}
        _sound(store)
    return len(before)


def _from_raw(data: Path, before: dict[str, list[str]]) -> tuple[int, int]:
    """Lose the database, make it again: rows equal, and the measures that one thread computes of them on each side."""
    one = _measured(data)
    (data / "evenkeel.duckdb").unlink()
    from_raw(data)
    with closing(Store.open(data)) as store:
        after = content(store)
        _sound(store)
    plain = {name for name in before if not name.startswith("measures.") and name != "main.kept_mappings"}
    apart = differences({name: before[name] for name in plain}, {name: after[name] for name in plain})
    assert apart == {}, apart
    other = _measured(data)
    assert one == other, [name for name in one if one[name] != other.get(name)]
    return len(plain), sum(len(rows) for rows in one.values())


def _measured(data: Path) -> dict[str, list[str]]:
    """Every measure, computed anew by one thread of the rows as they stand; the file is left as it was."""
    with likeness.alone(data / "evenkeel.duckdb", data) as cursor:
        likeness.see_all(cursor)
        cursor.begin()
        measures.build(cursor, None)
        found = {name: _rows(cursor, name) for name in measures.catalogue()}
        cursor.rollback()
    return found


def _rows(cursor: Cursor, name: str) -> list[str]:
    return sorted(map(repr, cursor.execute(f'SELECT * FROM measures."{name}"').fetchall()))


def _sound(store: Store) -> None:
    with closing(store.cursor()) as cursor:
        assert activity.broken(activity.entries(cursor)) is None
