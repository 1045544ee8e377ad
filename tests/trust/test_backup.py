"""A backup holds one state whole, also under load; what is restored from it is the same to the last digit."""

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from metrics import backup, backups, keeping, likeness, pseudonyms, restoring
from metrics.errors import EvenkeelError
from metrics.store import Store
from tests import owning
from tests.ingesting import five, landed, text
from tests.killing import STOPPED
from tests.rawly import OCTOBER, content, differences
from tests.source import ROOT
from tests.trust import kept


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(kept.folder(tmp_path))) as found:
        yield found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the folder with batches of every kind."""
    place = tmp_path_factory.mktemp("made")
    with closing(Store.open(kept.folder(place))) as found:
        pseudonyms.key(found.path.parent)
        return backup.make(found).path


def test_a_backup_of_a_running_database_restores_to_the_same_to_the_last_digit(store: Store, tmp_path: Path) -> None:
    landed(store, text(tmp_path, five(r1c6="77"), name="late.csv"), as_of=OCTOBER.replace(day=20))  # not yet settled
    before = content(store)
    found = backup.make(store, tmp_path / "elsewhere")
    assert not (store.staging / "database").exists()
    result = restoring.restore(tmp_path / "again", found.path)
    assert result.figures > 100
    assert result.differing == ()
    with closing(Store.open(tmp_path / "again")) as again:
        assert differences(before, content(again)) == {}
        told = kept.entries(again)
        assert [one.what for one in told[-2:]][-1] == "restore"
        assert told[-1].after is not None
        assert told[-1].after["head"] == [told[-2].no, told[-2].sealed]
    assert kept.entries(store)[-1].what == "backup"


@pytest.mark.full
def test_figures_are_computed_by_one_thread_on_both_sides(made: Path, tmp_path: Path) -> None:
    restoring.restore(tmp_path / "again", made)
    with likeness.alone(tmp_path / "again" / "evenkeel.duckdb", tmp_path) as cursor:
        assert cursor.execute("SELECT current_setting('threads')").fetchall() == [(1,)]
        assert likeness.figures(cursor) == backups.opened(made).told["figures"]


@pytest.mark.full
def test_a_backup_while_batches_land_holds_one_state_and_no_half(store: Store, tmp_path: Path) -> None:
    files = [text(tmp_path, five(r1c6=f"{n}.00"), name=f"more{n}.csv") for n in range(1, 5)]
    days = [OCTOBER.replace(day=n) for n in range(1, 5)]
    writer = threading.Thread(
        target=lambda: [landed(store, file, as_of=day) for file, day in zip(files, days, strict=True)]
    )
    writer.start()
    found = backup.make(store, tmp_path / "elsewhere")
    writer.join()
    restoring.restore(tmp_path / "again", found.path)
    with closing(Store.open(tmp_path / "again")) as again:  # which holds rows to the ledger and the account
        batches = set(again.batches()["batch"])
        assert len(batches) == found.told["batches"]
        assert {told["number"] for told in keeping.told(tmp_path / "again" / "raw")} == batches
        with closing(again.cursor()) as cursor:
            days = cursor.execute("SELECT DISTINCT last_day(as_of) FROM loans ORDER BY 1").fetchall()
            months = cursor.execute("SELECT DISTINCT last_day(period) FROM v_m_portfolio ORDER BY 1").fetchall()
        assert months == days, "measures belong to what landed"


@pytest.mark.parametrize("place", ["manifest.json", "database/facts_loans.parquet", "raw/", "pseudonyms.key"])
def test_a_damaged_backup_is_refused_by_the_name_of_the_file(made: Path, tmp_path: Path, place: str) -> None:
    broken = Path(shutil.copytree(made, tmp_path / made.name))
    file = next((broken / "raw").glob("[0-9a-f]*")) if place == "raw/" else broken / place
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    _refused(broken, tmp_path, file)
    if file.name != "manifest.json":  # without it, it is no backup
        file.unlink()
        _refused(broken, tmp_path, file)


def _refused(broken: Path, place: Path, file: Path) -> None:
    with pytest.raises(EvenkeelError) as refused:
        restoring.restore(place / "again", broken)
    assert refused.value.key == "backup.damaged"
    assert refused.value.params["file"] == str(file.relative_to(broken))
    assert not (place / "again").exists()


def test_a_figure_that_does_not_come_out_the_same_stops_a_restore(made: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(made, tmp_path / made.name))
    figures = backups.opened(other).told["figures"]
    place = next(n for n, row in enumerate(figures) if row[4] not in (None, 0.0))
    figures[place][4] *= 1 + 2**-52  # the last digit of one
    kept.rewrite(other, figures=figures)
    with pytest.raises(EvenkeelError) as refused:
        restoring.restore(tmp_path / "again", other)
    assert refused.value.key == "backup.figures_differ"
    assert not (tmp_path / "again" / "evenkeel.duckdb").exists()


def test_data_that_are_there_are_replaced_only_when_it_is_said(store: Store, made: Path, tmp_path: Path) -> None:
    data = store.path.parent
    last = landed(store, text(tmp_path, five(r1c6="9"), name="lost.csv"), as_of=OCTOBER.replace(day=9)).batch_id
    seal = kept.entries(store)[-1].sealed
    store.close()
    with pytest.raises(EvenkeelError, match="--replace"):
        restoring.restore(data, made)
    assert not list(data.glob("*.before"))
    restoring.restore(data, made, replace=True)
    assert (data / "evenkeel.duckdb.before").exists()
    assert (data / "raw.before" / "batches" / f"{last}.json").exists()
    with closing(Store.open(data)) as again:
        assert last not in set(again.batches()["batch"])
        told = kept.entries(again)[-1]
        assert told.before is not None
        assert told.before["sealed"] == seal
    assert not list(data.glob("*.before"))
    assert list((data / "raw").glob("activity-*.jsonl"))


def test_the_app_that_owns_the_data_makes_the_backup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = kept.folder(tmp_path)
    with owning.running(data) as app:
        assert owning.run(data, "backup", tmp_path / "elsewhere") == 0
        assert [request.arguments[2] for request in app.requests] == ["backup"]
        said = capsys.readouterr()
        assert backups.verified(Path(said.out.strip())).told["batches"] > 5
        assert owning.run(data, "restore", "--from", said.out.strip(), "--replace") == 1
        assert "Stop it" in capsys.readouterr().err


@pytest.mark.many(2)
@pytest.mark.parametrize("step", [100, 20])
def test_a_killed_backup_leaves_nothing_that_counts(tmp_path: Path, step: int) -> None:
    data = kept.folder(tmp_path)
    command = [sys.executable, "-c", STOPPED, str(step), "--data", str(data), "backup"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert backups.known(data) == []
    with closing(Store.open(data)) as store:
        made = backup.make(store)
        assert [one.path for one in backups.known(data)] == [made.path]
        backups.verified(made.path)


def test_a_fresh_backup_takes_the_place_of_the_older_ones(store: Store, tmp_path: Path) -> None:
    older = [backup.make(store).path for _ in range(2)]
    backup.make(store, tmp_path / "disk")
    assert backup.renew(store) == [str(tmp_path / "disk")]
    left = backups.known(store.path.parent)
    assert len(left) == 1
    assert left[0].path not in older
    assert not [path for path in older if path.exists()]


@pytest.mark.full
def test_files_of_an_earlier_backup_are_shared_only_while_they_are_whole(store: Store) -> None:
    first = backup.make(store).path
    name = next(path.name for path in (first / "raw").glob("[0-9a-f]*"))
    second = backup.make(store).path
    assert (second / "raw" / name).samefile(first / "raw" / name)
    (first / "raw" / name).write_bytes(b"spoilt")
    third = backups.verified(backup.make(store).path)
    assert third.told["absent"] == []
    assert keeping.digest(third.path / "raw" / name) == name


def test_the_backup_of_an_earlier_version_is_brought_up_to_date(made: Path, tmp_path: Path) -> None:
    older = Path(shutil.copytree(made, tmp_path / made.name))
    _earlier(older, tmp_path)
    result = restoring.restore(tmp_path / "again", older)
    assert result.differing == ()
    with closing(Store.open(tmp_path / "again")) as again:
        rows = again.cursor().execute("SELECT count(*) FROM ledger").fetchall()
        assert rows[0][0] > 5
        kept.entries(again)


def _earlier(older: Path, place: Path) -> None:
    """Make a backup what the first version would have written: without the ledger, its schema the first."""
    with duckdb.connect(str(place / "older.duckdb")) as con:
        con.execute(f"IMPORT DATABASE '{older / 'database'}'")
        con.execute("DROP TABLE ledger")
        con.execute("UPDATE meta SET value = 1 WHERE name = 'schema'")
        shutil.rmtree(older / "database")
        con.execute(f"EXPORT DATABASE '{older / 'database'}' (FORMAT parquet)")
        tables = likeness.prints(con)
    told = json.loads((older / "manifest.json").read_text(encoding="utf-8"))["files"]
    files = {name: said for name, said in told.items() if not name.startswith("database/")}
    for file in (older / "database").iterdir():
        files[f"database/{file.name}"] = [file.stat().st_size, keeping.digest(file)]
    kept.rewrite(older, tables=tables, files=files, schema=1)
