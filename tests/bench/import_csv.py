"""A loan book of a million rows as CSV: read, checked and landed, measures included."""

import csv
import datetime
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import Figure, apart

HEADINGS = (
    "loan_id,client_id,branch,product,officer,disbursed_on,disbursed_amount,principal_outstanding,"
    "days_past_due,status,gender,birth_date"
)
LATE = (0, 0, 0, 0, 5, 40, 120)
DAYS = [(datetime.date(2024, 1, 1) + datetime.timedelta(day)).isoformat() for day in range(900)]
BORN = [(datetime.date(1960, 1, 1) + datetime.timedelta(day)).isoformat() for day in range(15_000)]


def bench() -> list[Figure]:
    """Time against reading the same file with Python's csv alone, and the greatest memory of the process."""
    found = run()
    ratio = found["csv_seconds"] / found["seconds"]
    what = "loan CSV of 1,000,000 rows, read, checked, landed"
    return [
        Figure(what, found["seconds"], 15.0, "s", "Python's csv, reading alone", ratio),
        Figure("the same, greatest memory of all its processes", found["peak_mb"], 1500.0, "MB"),
    ]


def run(rows: int = 1_000_000) -> dict[str, float]:
    """Seconds and MB for a book of so many rows, in a process of its own; the child that reads is counted in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.csv"
        write(path, rows)
        found = apart("tests.bench.import_csv", path, Path(folder) / "data")
        assert found["rows"] == rows
        start = time.perf_counter()
        with path.open(newline="") as file:
            for _ in csv.reader(file):
                pass
        return found | {"csv_seconds": time.perf_counter() - start}


def write(path: Path, rows: int) -> None:
    """A seeded book: one loan a row, forty branches."""
    chance = random.Random(1)
    with path.open("w") as file:
        file.write(HEADINGS + "\n")
        for no in range(rows):
            amount = chance.randint(50, 5000) * 100
            file.write(
                f"{no:08d},{no // 2:07d},Branch {no % 40:02d},P{no % 5},O{no % 300:03d},{DAYS[no % 900]},"
                f"{amount}.00,{amount * chance.random():.2f},{chance.choice(LATE)},active,{'FM'[no // 2 % 2]},"
                f"{BORN[no // 2 * 37 % 15_000]}\n"
            )


def measure(path: Path, data: Path) -> dict[str, float]:
    """Import one file into an empty data folder, in this process."""
    from metrics import ingest
    from metrics.store import Store

    start = time.perf_counter()
    store = Store.open(data)
    preview = ingest.preview(store, [path], ingest.Options(as_of=datetime.date(2026, 6, 30)))
    read = time.perf_counter()
    done = ingest.land(store, preview, "bench")
    end = time.perf_counter()
    store.close()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "rows": done.files[0].accepted, "seconds": end - start, "read_seconds": read - start,
        "land_seconds": end - read, "peak_mb": own + child,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
