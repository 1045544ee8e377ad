"""Batches: their files kept, made again from them, taken out and brought back, in each other's place."""

import datetime
import gzip
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics import ingest, keeping, measures
from metrics.__main__ import main
from metrics.errors import EvenkeelError
from metrics.ingest import raws, retold
from metrics.reworking import from_raw
from metrics.store import NewBatch, Store
from tests.ingesting import AS_OF, checksums, five, landed, opened, seen, text
from tests.killing import Folder
from tests.rawly import LIMIT, content, corrected, differences
from tests.records import land, loan
from tests.records import opened as with_rows

REBUILT = {"origin": "reconstructed"}


DAY_FIRST = "loan_id,disbursed_on,outstanding\n1,03/02/2025,5\n"
OCTOBER = datetime.date(2026, 10, 31)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    """A book whose sender was asked, a packed one with a row set aside, and the first sender's next book."""
    folder = tmp_path_factory.mktemp("kept")
    with opened(folder) as store:
        landed(store, text(folder, DAY_FIRST), date_order="dmy")
        packed = text(folder, gzip.compress(five(r2c6="15O0").encode()), name="loans.csv.gz")
        branch = frozenset({"branch"})
        landed(store, packed, text(folder, DAY_FIRST, name="again.csv"), as_of=OCTOBER, accept_new=branch)
        yield store, packed


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as found:
        yield found


def live(store: Store) -> list[tuple[object, ...]]:
    """Batch, number and sum of the loans that count."""
    sql = "SELECT batch_id, count(*), sum(principal_outstanding)::DOUBLE FROM loans GROUP BY 1 ORDER BY 1"
    return store.cursor().execute(sql).fetchall()


def raw(store: Store) -> Path:
    assert store.raw is not None
    return store.raw


# What is kept


def test_each_file_is_kept_once_as_it_was_given_for_this_user_alone(kept: tuple[Store, Path]) -> None:
    store, packed = kept
    table = str(store.batches()["sha256"].iloc[1])
    found = raws.find(store, table)
    assert found is not None and found.read_bytes() == packed.read_bytes()
    assert found.name == keeping.digest(packed) != table
    assert raws.find(store, found.name) == found
    assert raws.find(store, "0" * 64) is None
    assert [one.name for one in raws.of_batch(store, 2)] == ["loans.csv.gz", "again.csv"]
    files = [path for path in raw(store).iterdir() if path.is_file() and path.suffix != ".jsonl"]
    assert len(files) == 2, "loans.csv and again.csv are the same"
    assert stat.S_IMODE(found.stat().st_mode) == 0o600 and stat.S_IMODE(raw(store).stat().st_mode) == 0o700


def test_the_mapping_that_was_kept_for_the_sender_is_recorded_with_the_batch(kept: tuple[Store, Path]) -> None:
    first, second = keeping.told(raw(kept[0]))
    assert first["kept"] == {}
    assert [mapping["date_order"] for mapping in second["kept"].values()] == ["dmy"]


def test_a_batch_is_told_again_with_its_columns_and_answers(kept: tuple[Store, Path]) -> None:
    told = retold.tell(kept[0], 2)
    sheet = told.sheets[0]
    assert (sheet.rows_read, sheet.accepted, sheet.set_aside, sheet.ignored) == (5, 4, 1, 0)
    assert ("outstanding", "principal_outstanding") in sheet.columns
    assert told.answers == {"as_of": "2026-10-31", "accept_new": "branch"}
    assert any("Kolo" in note.text("fr") for note in sheet.notes)


def test_what_a_batch_needs_to_be_done_again_stands_beside_its_files(store: Store, tmp_path: Path) -> None:
    number = landed(store, text(tmp_path, five()), replace=True).batch_id
    store.rollback(number, who="ana")
    told = keeping.told(raw(store))[0]
    assert (told["number"], told["status"], told["who"], told["how"]) == (number, "rolled_back", "test", "files")
    assert told["answers"] == {"as_of": str(AS_OF), "replace": True}
    assert [(event["event"], event["who"]) for event in told["events"]] == [("landed", "test"), ("rolled_back", "ana")]
    assert [(event.event, event.who) for event in retold.tell(store, number).events][1:] == [("rolled_back", "ana")]


def test_a_file_that_is_gone_before_it_lands_is_a_sentence_and_nothing_lands(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, five())
    preview, before = seen(store, path), checksums(store)
    path.unlink()
    with pytest.raises(EvenkeelError) as caught:
        ingest.land(store, preview, "test")
    assert caught.value.key == "errors.raw_not_kept"
    assert checksums(store) == before
    assert [path for path in raw(store).rglob("*") if path.is_file()] == []


def test_a_file_that_changed_since_it_was_read_does_not_land(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, five())
    preview = seen(store, path)
    path.write_text(five(r1c6="1"), encoding="utf-8")
    with pytest.raises(EvenkeelError) as caught:
        ingest.land(store, preview, "test")
    assert caught.value.key == "errors.raw_changed"
    assert [path for path in raw(store).rglob("*") if path.is_file()] == []


def test_batches_of_a_version_that_kept_no_files_have_their_rows_kept(tmp_path: Path) -> None:
    store = with_rows(tmp_path, loans=[loan("1")])
    store.write(lambda cursor: cursor.execute("DELETE FROM batch_records; DELETE FROM batch_events"))
    for path in raw(store).glob("batches/*"):
        path.unlink()
    store.close()
    told = keeping.told(raw(Store.open(tmp_path)))
    assert [(one["how"], [event["event"] for event in one["events"]]) for one in told] == [("rows", ["landed"])]
    assert [file["rows"] for file in told[0]["files"]] == ["institutions", "loans"]


def test_kept_files_without_their_database_are_not_written_over(tmp_path: Path) -> None:
    store = with_rows(tmp_path)
    store.close()
    store.path.unlink()
    with pytest.raises(EvenkeelError, match="--from-raw"):
        Store.open(tmp_path)
    assert not store.path.exists()


# Made again


@pytest.mark.full
def test_a_database_made_again_from_its_raw_files_is_the_same(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        packed = text(tmp_path, gzip.compress(five(r3c6="15O0").encode()), name="loans.csv.gz")
        first = landed(store, packed).batch_id
        fixed = seen(store, packed, corrections=(corrected(store, packed, AS_OF),))
        ingest.land(store, fixed, "test", instead_of=first)
        land(store, targets_limits=[LIMIT])
        last = landed(store, text(tmp_path, "client_id,gender\nC1,F\n", name="people.csv")).batch_id
        store.rollback(last, after=measures.build)
        before, epoch = content(store), store.epoch
    assert from_raw(tmp_path / "data") == last
    assert (tmp_path / "data" / "evenkeel.duckdb.before").exists()
    with opened(tmp_path) as store:
        assert differences(before, content(store)) == {}
        assert len(live(store)) == 1 and len(before["main.set_aside"]) == 1
        assert store.epoch > epoch
        assert store.cursor().execute("SELECT nextval('batch_ids')").fetchall() == [(last + 1,)]
    assert not (tmp_path / "data" / "evenkeel.duckdb.before").exists()


def test_a_missing_raw_file_is_named_with_its_batch_and_nothing_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = with_rows(tmp_path)
    store.close()
    file = keeping.told(raw(store))[0]["files"][0]
    (raw(store) / file["sha256"]).write_bytes(b"other")
    before = store.path.read_bytes()
    assert main(["--data", str(tmp_path), "build", "--from-raw"]) == 1
    assert f"{file['name']} of batch 1" in capsys.readouterr().err
    assert store.path.read_bytes() == before
    assert not store.path.with_name(store.path.name + ".before").exists()


# Out and back


def test_a_batch_that_is_brought_back_counts_as_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = with_rows(tmp_path, loans=[loan("1"), loan("2")])
    second = land(store, loans=[loan("1", 70.0)])
    before, epoch = content(store), store.epoch
    store.rollback(second, after=measures.build)
    store.close()
    assert main(["--data", str(tmp_path), "restore", str(second)]) == 0
    assert "counts again" in capsys.readouterr().err
    store = Store.open(tmp_path)
    assert set(differences(before, content(store))) == {"main.activity", "main.batch_events"}
    assert store.epoch == epoch + 2


def test_what_landed_while_a_batch_was_out_still_takes_the_place_of_its_book(tmp_path: Path) -> None:
    store = with_rows(tmp_path)
    first = land(store, loans=[loan("1"), loan("2")])
    store.rollback(first)
    second = land(store, loans=[loan("1", 70.0)])
    store.restore(first)
    assert live(store) == [(second, 1, 70.0)]
    store.rollback(second)
    assert live(store) == [(first, 2, 200.0)]


def test_a_month_that_was_rebuilt_meanwhile_does_not_count_twice(tmp_path: Path) -> None:
    store = with_rows(tmp_path)
    real = land(store, loans=[loan("1")])
    store.rollback(real)
    land(store, loans=[loan("1", 90.0, **REBUILT)])
    before = checksums(store)
    with pytest.raises(EvenkeelError) as caught:
        store.restore(real)
    assert caught.value.key == "errors.restore_rebuilt"
    assert checksums(store) == before


@pytest.mark.parametrize(("batch", "key"), [(1, "errors.batch_is_live"), (99, "errors.no_such_batch")])
def test_only_a_batch_that_is_out_is_brought_back(tmp_path: Path, batch: int, key: str) -> None:
    store = with_rows(tmp_path)
    with pytest.raises(EvenkeelError) as caught:
        store.restore(batch)
    assert caught.value.key == key


# In the place of another


def test_a_batch_lands_in_the_place_of_another_with_the_branches_that_only_that_one_brought(
    store: Store, tmp_path: Path
) -> None:
    first = landed(store, text(tmp_path, five())).batch_id
    preview = seen(store, text(tmp_path, five(r1c6="900"), name="b.csv"))
    second = ingest.land(store, preview, "test", instead_of=first).batch_id
    assert live(store) == [(second, 5, 6630.53)]
    assert store.cursor().execute("SELECT count(*) FROM branches").fetchall() == [(2,)]
    assert list(store.batches().groupby("batch")["status"].first()) == ["rolled_back", "live"]
    assert [one["status"] for one in keeping.told(raw(store))] == ["rolled_back", "live"]


def test_where_the_new_batch_fails_the_old_one_stays(tmp_path: Path) -> None:
    store = with_rows(tmp_path)
    before = checksums(store), {path: path.read_bytes() for path in raw(store).rglob("*") if path.is_file()}

    def fails(*_: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.land(NewBatch("test", {}, ()), {}, store.cursor(), after=fails, instead_of=1)
    assert (checksums(store), {path: path.read_bytes() for path in raw(store).rglob("*") if path.is_file()}) == before


# Killed


@pytest.mark.full
def test_an_import_killed_while_it_is_made_lasting_leaves_no_half(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data", tmp_path)
    with opened(tmp_path) as store:
        folder.acknowledged.append(landed(store, text(tmp_path, five())).batch_id)
    for step in (3, 5):
        folder.kill_at(step)
        whole = folder.look()
    assert (folder.killed, whole) == (2, 2), "the last one died after its commit"
