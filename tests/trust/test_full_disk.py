"""A disk that is full: said in a sentence, nothing lost, and work goes on by itself once there is room."""

from contextlib import closing
from pathlib import Path

import pytest

from metrics import configuration, connecting
from metrics.activity import Event
from metrics.errors import EvenkeelError
from tests.records import land, loan, opened
from tests.trust.filling import RECOVERED, filled


@pytest.mark.full
def test_a_full_disk_loses_nothing_and_comes_back_by_itself(tmp_path: Path) -> None:
    found = filled(tmp_path, rows=45_000, megabytes=24)
    assert found["said"] in ("safety.disk_full", "errors.raw_not_kept")
    assert not found["lost"] and not found["faults"]
    assert found["reads"], "the other session goes on reading"
    assert float(str(found["recovered"])) < RECOVERED


@pytest.fixture
def cramped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A setting that asks for more room than any disk has; removed, there is room again."""
    setting = tmp_path / "evenkeel.toml"
    monkeypatch.setenv("EVENKEEL_CONFIG", str(setting))
    return setting


def asked(setting: Path, megabytes: int) -> None:
    """Ask for so many megabytes from here on."""
    setting.write_text(f"reserve_mb = {megabytes}\n", encoding="utf-8")
    configuration.configuration.cache_clear()


def test_with_too_little_room_nothing_is_saved_and_all_is_read_until_there_is_room(
    tmp_path: Path, cramped: Path
) -> None:
    asked(cramped, 0)
    with closing(opened(tmp_path / "data", loans=[loan("1")])) as store:
        asked(cramped, 10**9)
        room = store.cramped
        assert room is not None and room[0] < room[1]
        with pytest.raises(EvenkeelError, match="writing goes on by itself"):
            land(store, loans=[loan("2")])
        with pytest.raises(EvenkeelError, match="MB are free"):
            store.rollback(1)
        store.note(Event("sign_in", "ana"))  # who comes in is written all the same
        assert store.cursor().execute("SELECT count(*) FROM v_loans").fetchall() == [(1,)]
        asked(cramped, 0)
        assert land(store, loans=[loan("2")]) == 2
    configuration.configuration.cache_clear()


def test_what_the_engine_and_the_disk_say_becomes_a_sentence(tmp_path: Path) -> None:
    full = connecting.failure(OSError(28, "No space left on device"), tmp_path)
    assert full is not None and full.key == "safety.disk_full"
    assert connecting.failure(OSError(2, "No such file"), tmp_path) is None
    assert connecting.failure(ValueError(), tmp_path) is None
