"""What is over its time goes, with its entry in the account; nothing else does, and the newest backup stays."""

import datetime
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from metrics import backup, backups, configuration, keeping, retention
from metrics.errors import EvenkeelError
from metrics.ingest.progress import Stopped, Work, attended
from metrics.reworking import from_raw
from metrics.store import Store
from tests import owning
from tests.trust import kept

DAY = datetime.timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(kept.folder(tmp_path))) as found:
        yield found


@pytest.fixture
def days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Sets the days for which things are kept."""

    def given(**settings: int) -> None:
        file = tmp_path / "evenkeel.toml"
        file.write_text("".join(f"{name}_days = {n}\n" for name, n in settings.items()))
        monkeypatch.setenv(configuration.VARIABLE, str(file))
        configuration.configuration.cache_clear()

    yield given
    configuration.configuration.cache_clear()


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def out_batches(store: Store) -> set[int]:
    found = store.batches()
    return set(found[found["status"] == "rolled_back"]["batch"])


def test_uploads_that_never_landed_go_after_their_days(store: Store, days: Callable[..., None]) -> None:
    days(staging=7)
    for name, age in (("old", 8), ("new", 6)):
        (store.staging / name).mkdir(parents=True)
        (store.staging / name / "loans.csv").write_text("x")
        then = time.time() - age * 86400
        os.utime(store.staging / name / "loans.csv", (then, then))
        os.utime(store.staging / name, (then, then))
    assert [one.name for one in retention.tidy(store)] == ["old"]
    assert [path.name for path in store.staging.iterdir()] == ["new"]
    last = kept.entries(store)[-1]
    assert (last.what, last.subject) == ("erase", "old")


def test_old_backups_go_and_the_newest_stays_however_old(store: Store, days: Callable[..., None]) -> None:
    days(backup=90)
    made = [backup.make(store).path for _ in range(2)]
    for path, age in zip(made, (200, 100), strict=True):
        kept.rewrite(path, made_at=(now() - age * DAY).isoformat())
    (backups.folder(store.path.parent) / "evenkeel-20200101-000000.part").mkdir()
    assert [one.name for one in retention.tidy(store)] == [made[0].name]
    assert [path for path in backups.folder(store.path.parent).iterdir()] == [made[1]]


def test_a_batch_taken_out_long_ago_goes_with_its_rows_and_files(store: Store, days: Callable[..., None]) -> None:
    days(taken_out=30)
    out, live = out_batches(store), store.batches()
    gone = {file["sha256"] for told in keeping.told(store.raw) if told["number"] in out for file in told["files"]}
    stay = {file["sha256"] for told in keeping.told(store.raw) if told["number"] not in out for file in told["files"]}
    assert len(out) > 1
    assert retention.tidy(store) == []
    assert {int(one.name) for one in retention.tidy(store, now() + 31 * DAY)} == out
    left = store.batches()
    assert left.equals(live[live["status"] == "live"].reset_index(drop=True))
    assert store.raw is not None
    there = {path.name for path in store.raw.iterdir() if re.fullmatch("[0-9a-f]{64}", path.name)}
    assert there == stay
    assert gone - stay
    erased = [one for one in kept.entries(store) if one.what == "erase"]
    assert {int(one.subject) for one in erased} == out
    store.close()
    from_raw(store.path.parent)  # what is left can be made again, and opens
    with closing(Store.open(store.path.parent)) as again:
        assert set(again.batches()["batch"]) == set(left["batch"])


def test_a_batch_that_counts_is_never_taken_away(store: Store) -> None:
    live = set(store.batches()["batch"]) - out_batches(store)
    with pytest.raises(EvenkeelError):
        retention.remove(store, min(live))
    assert live <= set(store.batches()["batch"])


def test_a_dry_run_lists_and_takes_nothing(
    tmp_path: Path, days: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    days(staging=1)
    data = kept.folder(tmp_path)
    file = data / "staging" / "left.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_text("x")
    os.utime(file, (0, 0))
    assert owning.run(data, "tidy", "--dry-run", "--format", "csv") == 0
    assert "left.csv" in capsys.readouterr().out
    assert file.exists()
    assert owning.run(data, "tidy") == 0
    assert not file.exists()


def test_zero_days_keep_for_ever(store: Store, days: Callable[..., None]) -> None:
    days(staging=0, backup=0, taken_out=0)
    assert out_batches(store)
    store.staging.mkdir(exist_ok=True)
    (store.staging / "left.csv").write_text("x")
    assert retention.tidy(store, now() + 10_000 * DAY) == []


def test_tidying_can_be_stopped(store: Store, days: Callable[..., None]) -> None:
    days(taken_out=1)
    work = Work()
    work.stop()
    with attended(work), pytest.raises(Stopped):
        retention.tidy(store, now() + 2 * DAY)
    assert out_batches(store)
