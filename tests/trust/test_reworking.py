"""Where the database is lost, all that people did comes back from the files beside it: batches, records, roles."""

from contextlib import closing
from pathlib import Path

from metrics import people
from metrics.reworking import from_raw
from metrics.store import Store
from tests.rawly import content, differences
from tests.trust import kept


def test_account_roles_and_records_come_back_where_the_database_is_lost(tmp_path: Path) -> None:
    data = kept.folder(tmp_path)
    with closing(Store.open(data)) as store:
        before, told = content(store), kept.entries(store)
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
