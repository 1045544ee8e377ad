"""Damage on the disk is found when the data are opened or read, and never shown as data."""

import json
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from metrics import activity, keeping, people, witness
from metrics.activity import Event
from metrics.errors import DamagedError, EvenkeelError
from metrics.reworking import from_raw
from metrics.store import Store
from tests import fresh
from tests.ingesting import five, landed, text
from tests.records import loan, opened
from tests.trust import damaging

SEED = 20261130


@pytest.mark.full
def test_damage_is_told_or_harmless_and_never_shown_as_data(tmp_path: Path) -> None:
    told = damaging.trials(tmp_path, SEED, flips=4, cuts=2, log_cuts=2)
    assert told["flip told"] + told["flip harmless"] == 4
    assert (told["cut told"] + told["cut harmless"], told["log cut told"]) == (2, 2)


def test_a_changed_cell_is_found_by_the_ledger(tmp_path: Path) -> None:
    with closing(opened(tmp_path, loans=[loan("1"), loan("2")])) as store:
        store.cursor().execute("UPDATE facts.loans SET principal_outstanding = 1 WHERE loan_id = '1'")
    with pytest.raises(DamagedError, match="Batch 1 has 2 rows in loans that are not the 2"):
        Store.open(tmp_path)


def test_a_row_that_is_gone_and_one_that_came_in_are_found(tmp_path: Path) -> None:
    with closing(opened(tmp_path, loans=[loan("1"), loan("2")])) as store:
        store.cursor().execute("DELETE FROM facts.loans WHERE loan_id = '2'")
    with pytest.raises(DamagedError, match="Batch 1 has 1 rows in loans"):
        Store.open(tmp_path)


def test_an_engine_that_adds_up_otherwise_still_finds_a_missing_row(tmp_path: Path) -> None:
    with closing(opened(tmp_path, loans=[loan("1"), loan("2")])) as store:
        store.cursor().execute("UPDATE ledger SET engine = '1.0', total = 0")
    with closing(Store.open(tmp_path)) as store:  # counted alike: written anew by this engine
        assert store.cursor().execute("SELECT min(total) > 0 FROM ledger").fetchall() == [(True,)]
        store.cursor().execute("UPDATE ledger SET engine = '1.0'")
        store.cursor().execute("DELETE FROM facts.loans WHERE loan_id = '2'")
    with pytest.raises(DamagedError):
        Store.open(tmp_path)


def test_an_older_file_put_in_the_place_of_the_database_is_found_and_built_again(tmp_path: Path) -> None:
    data, older = tmp_path / "data", tmp_path / "older.duckdb"
    with closing(fresh.opened(data)) as store:
        landed(store, text(tmp_path, five(), name="first.csv"))
        people.give(store, "ana@example.org", "analyst")
    shutil.copy(data / damaging.FILE, older)
    with closing(Store.open(data)) as store:
        landed(store, text(tmp_path, five(r1c6="1"), name="more.csv"), replace=True)
        people.give(store, "ana@example.org", "steward")
        before = list(activity.entries(store.cursor()))
    shutil.copy(older, data / damaging.FILE)
    with pytest.raises(DamagedError, match=r"lacks 2 changes .* entries 3 to 4 .* \(batches: 2\)"):
        Store.open(data)
    assert from_raw(data) == 2
    with closing(Store.open(data)) as store:
        after = list(activity.entries(store.cursor()))
        assert after[:-1] == before and after[-1].what == "rebuild"
        assert activity.broken(after) is None
        person = people.find(store.cursor(), "ana@example.org")
        assert person is not None and person.role == "steward"


def test_a_batch_that_the_folder_has_and_the_database_has_not_is_found(tmp_path: Path) -> None:
    with closing(opened(tmp_path, loans=[loan("1")])) as store:
        assert store.raw is not None
        told = json.loads((store.raw / "batches" / "1.json").read_text(encoding="utf-8"))
        (store.raw / "batches" / "7.json").write_text(json.dumps({**told, "number": 7}), encoding="utf-8")
    with pytest.raises(DamagedError, match="lacks batch 7"):
        Store.open(tmp_path)


def test_the_second_copy_of_the_account_follows_and_catches_up(tmp_path: Path) -> None:
    with closing(opened(tmp_path, loans=[loan("1")])) as store:
        for name in "abc":
            store.note(Event("sign_in", name))
        entries = list(activity.entries(store.cursor()))
    path = tmp_path / "raw" / witness.NAME
    assert witness.entries(tmp_path / "raw") == entries and path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(path.read_bytes()[:-10])  # a killed process wrote half of the last line
    Store.open(tmp_path).close()
    assert witness.entries(tmp_path / "raw") == entries


def test_an_entry_that_was_altered_in_the_second_copy_is_found(tmp_path: Path) -> None:
    with closing(opened(tmp_path, loans=[loan("1")])) as store:
        store.note(Event("sign_in", "ana"))
    path = tmp_path / "raw" / witness.NAME
    path.write_bytes(path.read_bytes().replace(b'"ana"', b'"bob"'))
    with pytest.raises(DamagedError, match="Line 2 of raw/activity.jsonl"):
        witness.entries(tmp_path / "raw")


def test_a_damaged_raw_file_is_named_when_it_is_used(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with closing(fresh.opened(data)) as store:
        landed(store, text(tmp_path, five(), name="first.csv"))
    kept = next(path for path in (data / "raw").iterdir() if len(path.name) == 64)
    damaging.flip(kept, random.Random(SEED))
    assert keeping.digest(kept) != kept.name
    with pytest.raises(EvenkeelError, match="first.csv"):
        from_raw(data)
