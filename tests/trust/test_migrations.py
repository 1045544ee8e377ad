"""Databases of every earlier version: opened, brought up to date on a copy, whole whatever stops it on the way."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from metrics import measures, schema
from metrics.errors import EvenkeelError
from metrics.store import Store
from tests.records import found, loan, opened
from tests.source import ROOT

VERSIONS = sorted((ROOT / "tests" / "schemas").glob("*.sql"))
FILE = "evenkeel.duckdb"
LOANS = "SELECT loan_id, as_of, branch_id, principal_outstanding::DOUBLE, days_past_due FROM facts.loans ORDER BY ALL"
# The n-th time that a file is given another name, linked or waited for, the process dies.
STOPPED = """
import os, signal, sys
from pathlib import Path
from metrics.store import Store
left = int(sys.argv[2])
def dying(real):
    def step(*given, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return step
os.fsync, os.link, os.rename, os.replace = map(dying, (os.fsync, os.link, os.rename, os.replace))
Store.open(Path(sys.argv[1]))
"""
NEWER = """
import duckdb, os, sys
con = duckdb.connect(sys.argv[1])
con.execute("UPDATE meta SET value = 99 WHERE name = 'schema'")
os._exit(0)
"""
STEPS = 4  # the copy is on the disk; the old one has a second name; the new one has its name; the folder is on the disk


def earlier(data: Path, version: Path) -> Path:
    """The database that an earlier version made."""
    data.mkdir()
    with duckdb.connect(str(data / FILE)) as con:
        con.execute(version.read_text(encoding="utf-8"))
    return data / FILE


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.stem)
def test_a_database_of_every_earlier_version_opens_with_its_rows_and_figures(tmp_path: Path, version: Path) -> None:
    path = earlier(tmp_path / "data", version)
    with duckdb.connect(str(path)) as con:
        before = con.execute(LOANS).fetchall()
    assert len(before) == 12
    with closing(Store.open(tmp_path / "data")) as store:
        cursor = store.cursor()
        assert schema.version(cursor) == schema.VERSION and not schema.outdated(cursor)
        assert cursor.execute(LOANS).fetchall() == before
        measures.ensure(cursor)
        assert found(store, "par30", "institution")["own"][0] == pytest.approx((1 + 2 + 4 + 5) / 21, abs=0.01)
        assert store.batches()["accepted"].sum() == 19
    former = path.with_name(FILE + ".before")
    assert former.exists(), "the old one is kept"
    Store.open(tmp_path / "data").close()
    assert not former.exists(), "until the new one was opened once more"


def test_saved_policies_and_records_come_along(tmp_path: Path) -> None:
    earlier(tmp_path / "data", VERSIONS[-1])
    with closing(Store.open(tmp_path / "data")) as store:
        kept = "SELECT (SELECT max(policy) FROM policy_versions), (SELECT max(body->>'text') FROM records)"
        assert store.cursor().execute(kept).fetchall() == [("board", "Watch Kolo")]


@pytest.mark.parametrize("step", range(STEPS))
def test_a_migration_that_is_killed_leaves_the_old_database_or_the_new_one(tmp_path: Path, step: int) -> None:
    path = earlier(tmp_path / "data", VERSIONS[-1])
    died = subprocess.run([sys.executable, "-c", STOPPED, str(tmp_path / "data"), str(step)], cwd=ROOT, check=False)
    assert died.returncode == -9
    with duckdb.connect(str(path)) as con:
        assert schema.version(con) == (schema.VERSION if step == STEPS - 1 else 1)
        rows = con.execute(LOANS).fetchall()
    with closing(Store.open(tmp_path / "data")) as store:
        assert store.cursor().execute(LOANS).fetchall() == rows and len(rows) == 12


def test_rows_that_are_not_what_landed_do_not_migrate(tmp_path: Path) -> None:
    opened(tmp_path, loans=[loan("1"), loan("2")]).close()
    with duckdb.connect(str(tmp_path / FILE)) as con:
        con.execute("UPDATE facts.loans SET principal_outstanding = 1 WHERE loan_id = '1'")
        con.execute("UPDATE meta SET value = 1 WHERE name = 'schema'")
    with pytest.raises(EvenkeelError, match="Batch 1 has 2 rows in loans that are not the 2"):
        Store.open(tmp_path)


def test_a_newer_database_is_told_plainly_and_left_as_it_is(tmp_path: Path) -> None:
    opened(tmp_path, loans=[loan("1")]).close()
    subprocess.run([sys.executable, "-c", NEWER, str(tmp_path / FILE)], check=True)
    before = {path.name: path.read_bytes() for path in tmp_path.glob(FILE + "*")}
    assert len(before) == 2, "the change stands in the log"
    with pytest.raises(EvenkeelError, match="newer version"):
        Store.open(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.glob(FILE + "*")} == before
