"""A data folder with batches of every kind, and what its database holds, to compare with one that is made again."""

import datetime
import gzip
import zipfile
from pathlib import Path

from metrics import ingest, measures, records
from metrics.ingest.model import Correction
from metrics.records import Kind
from metrics.schema import quote
from metrics.store import Store
from tests.ingesting import FIVE, HEADINGS, book, five, landed, seen, text
from tests.records import land

OCTOBER = datetime.date(2026, 10, 31)
# These change with every opening, or number what happened: they say nothing of what was landed.
BESIDE = {"main.meta"}


def content(store: Store) -> dict[str, list[str]]:
    """Every row of every table, sorted; that it was made again is left out of the account."""
    cursor = store.cursor()
    beside = "WHERE what NOT IN ('rebuild', 'restore', 'backup')"
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW told AS FROM activity {beside}")
    names = cursor.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY ALL"
    ).fetchall()
    return {
        f"{schema}.{name}": sorted(map(repr, cursor.execute(f"SELECT * FROM {_rows(schema, name)}").fetchall()))
        for schema, name in names
        if f"{schema}.{name}" not in BESIDE
    }


def _rows(schema: str, name: str) -> str:
    """A table; of the account without what a copy of the data adds to it by being made."""
    return "told" if name == "activity" else f"{quote(schema)}.{quote(name)}"


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, int]:
    """Tables that are not equal both ways, with the number of rows that only one of the two has."""
    found = {}
    for name in one.keys() | other.keys():
        here, there = one.get(name, []), other.get(name, [])
        if here != there:
            found[name] = abs(len(here) - len(there)) or len(set(here) ^ set(there)) or 1
    return found


def varied(store: Store, folder: Path) -> list[int]:
    """Land batches of every kind: packed, corrected, mapped, replaced, rolled back, typed; returns their numbers."""
    clients = "client_id,gender,birth_date\nC1,F,1990-01-01\nC2,M,x\nC3,F,1985-05-05\n"
    numbers = [landed(store, book(folder, [HEADINGS, *FIVE])).batch_id]
    packed = text(folder, gzip.compress(five(r3c6="15O0").encode()), name="october.csv.gz")
    numbers.append(landed(store, packed, as_of=OCTOBER).batch_id)
    bundle = folder / "lists.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("clients.csv", clients)
        archive.writestr("read me.txt", "what this is")
    numbers.append(landed(store, bundle).batch_id)
    numbers.append(landed(store, text(folder, MONEY, name="november.csv"), as_of=NOVEMBER, **ASKED).batch_id)
    numbers.append(landed(store, text(folder, five(r1c6="900"), name="again.csv"), replace=True).batch_id)
    store.rollback(numbers[-1], after=measures.build)
    numbers.append(land(store, targets_limits=[LIMIT]))
    fixed = seen(store, packed, as_of=OCTOBER, corrections=(corrected(store, packed, OCTOBER),))
    numbers.append(ingest.land(store, fixed, "test", instead_of=numbers[1]).batch_id)
    numbers.append(landed(store, text(folder, "client_id,gender\nC9,F\n", name="more.csv")).batch_id)
    store.rollback(numbers[0], after=measures.build)
    store.restore(numbers[0], after=measures.build)
    written(store)
    return numbers


NOTE = Kind("note", "records", {"text": True})
DONE = Kind(
    "done", "records", {"action": True, "raised_on": True}, table="issues_actions",
    rows=lambda name, body: [{"issue_id": name, **body}],
)  # fmt: skip


def written(store: Store) -> None:
    """What people write down: a note changed and taken back, and two actions that count, one taken away."""
    one = records.save(store, NOTE, "", {"text": "Watch Kolo: café, « ici »\nand there"}, "Ana")
    records.save(store, NOTE, one.id, {"text": "Watch Baro"}, "Bo", "moved", seen=1)
    records.undo(store, NOTE, one.id, "Ana", seen=2)
    for name in ("kept", "gone"):
        first = records.save(store, DONE, name, {"action": "Call", "raised_on": "2026-09-01"}, "Ana")
        records.save(store, DONE, name, {**first.body, "action": "Visit"}, "Ana", seen=1)
    records.remove(store, DONE, "gone", "Ana", seen=2)


def corrected(store: Store, path: Path, day: datetime.date) -> Correction:
    """The wrong amount of the packed file, put right by hand."""
    found = seen(store, path, as_of=day).readings[0].plan.sheet
    return Correction(found.sha256, found.name, 4, 5, "418")


NOVEMBER = datetime.date(2026, 11, 28)
ASKED = {"date_order": "dmy", "decimal": "comma"}
MONEY = (
    "loan_id;branch;disbursed_on;disbursed_amount;outstanding;days_late\n"
    "00123;Kolo;03/01/2025;1.000,00;712,50;0\n"
    "00124;Kolo;02/03/2025;2.000,00;1.400,25;65\n"
)
LIMIT = {
    "indicator_id": "par30", "scope": "institution", "amber": 0.05, "red": 0.1,
    "valid_from": datetime.date(2026, 1, 1), "source": "board",
}  # fmt: skip
