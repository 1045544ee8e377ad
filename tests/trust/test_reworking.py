"""Where the database is lost, batches, records, policies and roles come back from the files beside it."""

from contextlib import closing
from pathlib import Path

from metrics import people, scenarios, versions
from metrics.reworking import from_raw
from metrics.store import Store
from tests.rawly import content, differences
from tests.trust import kept


def test_account_roles_and_records_come_back_where_the_database_is_lost(tmp_path: Path) -> None:
    data = kept.folder(tmp_path)
    with closing(Store.open(data)) as store:
        with closing(store.cursor()) as cursor:
            policy = versions.completed(cursor, versions.load(cursor, "equal"))
        scenarios.save(store, policy.with_social(40), "Zoe", "a test")
        before, told = content(store), kept.entries(store)
    assert before["main.policy_versions"]
    (data / "evenkeel.duckdb").unlink()
    from_raw(data)
    with closing(Store.open(data)) as again:
        assert set(differences(before, content(again))) <= {"main.kept_mappings"}
        after = kept.entries(again)
        assert after[: len(told)] == told
        assert [one.what for one in after[len(told) :]] == ["rebuild"]
        with closing(again.cursor()) as cursor:
            zoe = people.find(cursor, "zoe@example.org")
    assert zoe is not None
    assert zoe.role == "analyst"
