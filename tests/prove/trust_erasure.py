"""A client marked in every table, in kept files, backups, staging, records and the log is erased: no byte stays."""

import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from metrics import activity, backup, measures, records
from metrics.ingest import Options, land, preview
from metrics.personal import erasing, person
from metrics.reworking import from_raw
from metrics.store import Store
from metrics.voices.recorded import CODING
from metrics.voices.typed_in import COMPLAINT
from tests.trust import marking
from tests.trust.marking import CLIENT, MARKS, WORDS

LINE = "Erasure: marker bytes 0 anywhere, totals explained"
KEPT = Options(institution="own", accept_new=frozenset({"branch"}), keep_file=True, likely="take")


def landed(store: Store, folder: Path) -> None:
    """Three batches that name the client: a workbook kept with names, its rows alone, and one that was taken out."""
    folder.mkdir()
    march = marking.workbook(folder / "march.xlsx", marking.tables())
    april = marking.workbook(folder / "april.xlsx", marking.tables(marking.DAY.replace(month=4, day=30)))
    may = marking.workbook(folder / "may.xlsx", marking.tables(marking.DAY.replace(month=5)))
    for path, options in ((march, KEPT), (april, replace(KEPT, keep_file=False)), (may, KEPT)):
        seen = preview(store, [path], replace(options, replace=True))
        assert not seen.questions and not seen.refused, (seen.questions, seen.refused)
        with closing(seen.cursor):
            land(store, seen, "steward")
    store.rollback(3, measures.build, "steward")


def written(store: Store) -> None:
    """What people write down about her: a complaint typed in, how it is coded."""
    body = {"received_on": "2026-04-02", "description": WORDS, "client_id": CLIENT, "branch_id": "B1"}
    records.save(store, COMPLAINT, "MARKED-TYPED-77Q9", body, "steward", institution="own")
    records.save(store, CODING, "complaints/MARKED-COMPLAINT-77Q5", {"category": "service"}, "steward")


def upload(data: Path) -> None:
    """An upload that has not landed yet."""
    place = data / "staging" / "upload-0123456789abcdef" / "1"
    place.mkdir(parents=True)
    marking.workbook(place / "june.xlsx", marking.tables())


def laid(data: Path) -> Store:
    """A data folder with the client in every place that can hold one."""
    store = Store.open(data)
    measures.ensure(store.cursor())
    landed(store, data.parent / "given")
    written(store)
    backup.make(store)
    upload(data)
    return store


def run() -> dict[str, object]:
    """Erases the client, searches every byte, and builds the database from raw again."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        store = laid(data)
        before = {mark for _, mark in marking.found_in(data)}
        assert before == set(MARKS), f"every mark stands somewhere at first: {set(MARKS) - before}"
        asked = person.about(store, CLIENT)
        done = erasing.erase(store, CLIENT, "asked for it", words=("Zenobia", "Quarkswift"))
        assert not (left := marking.found_in(data)), left
        assert all(one.reason in ("birth_date", "district", "words") for one in done.changes), done.changes
        with closing(store.cursor()) as cursor:
            assert activity.broken(list(activity.entries(cursor))) is None
            sums = _sums(store)
        store.close()
        from_raw(data)
        Store.open(data).close()
        assert not (left := marking.found_in(data)), left
        store = Store.open(data)
        assert _sums(store) == sums, "the same rows come back"
        store.close()
    return {
        "values told on request": len(asked), "marks planted": len(MARKS), "marker bytes": 0,
        "rows emptied": sum(done.rows.values()), "batches kept as rows": len(done.batches),
        "indicator values": done.figures, "differing, each with its reason": len(done.changes),
        "chain broken": 0, "marker bytes after a rebuild from raw": 0,
    }  # fmt: skip


def _sums(store: Store) -> list[tuple[object, ...]]:
    """Rows and money of every batch: what an erasure must not change, nor a rebuild."""
    with closing(store.cursor()) as cursor:
        return cursor.execute(
            """SELECT 'loans', batch_id, count(*), sum(principal_outstanding)::VARCHAR FROM facts.loans GROUP BY 2
            UNION ALL SELECT 'savings', batch_id, count(*), sum(balance)::VARCHAR FROM facts.savings GROUP BY 2
            UNION ALL SELECT 'moves', batch_id, count(*), sum(amount)::VARCHAR FROM facts.loan_transactions GROUP BY 2
            UNION ALL SELECT 'complaints', batch_id, count(*), '' FROM facts.complaints GROUP BY 2 ORDER BY ALL"""
        ).fetchall()
