"""No cell of anybody's file stands in a log or in the account, whatever goes wrong while it is read."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from metrics import access, activity
from metrics.errors import EvenkeelError
from metrics.ingest import land
from metrics.ingest.model import Correction
from metrics.store import Store
from pages.ui.guarding import logs
from pages.ui.work import Work, _done
from tests.fresh import opened
from tests.ingesting import seen, text

CANARY = "CANARY-77Q1"
ROWS = f"""loan_id,client_id,full name,branch_id,disbursed_on,disbursed_amount,principal_outstanding,days_past_due
L1,{CANARY}-a,{CANARY}-b,B1,2025-01-10,1000,800,0
L2,{CANARY}-c,{CANARY}-d,B1,{CANARY}-e,1000,700,0
L3,{CANARY}-f,{CANARY}-g,B1,2025-01-12,1000,{CANARY}-h,0
"""


@pytest.fixture
def log(tmp_path: Path) -> Iterator[io.StringIO]:
    """All that loggers write, in the server's own form."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Lines(tmp_path, "json"))
    root = logging.getLogger()
    root.addHandler(handler)
    before, root.level = root.level, logging.DEBUG
    yield written
    root.removeHandler(handler)
    root.level = before


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = opened(tmp_path / "data")
    yield found
    found.close()


def failing(store: Store) -> object:
    """A fault whose own message holds a cell."""
    with closing(store.cursor()) as cursor:
        return cursor.execute("SELECT ?::DATE", [CANARY]).fetchall()


def test_a_fault_that_nobody_foresaw_is_logged_without_the_cell(store: Store, log: io.StringIO) -> None:
    with pytest.raises(duckdb.ConversionException, match=CANARY):
        failing(store)
    with pytest.raises(EvenkeelError) as told:
        _done(Work(), lambda: failing(store), access.current())
    assert "ConversionException" in log.getvalue(), "it is logged"
    assert CANARY not in log.getvalue() + str(told.value)


def test_an_uncaught_fault_is_logged_without_the_cell(
    store: Store, log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        failing(store)
    except duckdb.Error as error:
        logs._uncaught(type(error), error, error.__traceback__)
    assert "uncaught" in log.getvalue() and CANARY not in log.getvalue()
    out, err = capsys.readouterr()
    assert CANARY not in out + err and sys.excepthook is not None


def test_an_import_leaves_no_cell_in_the_log_nor_in_the_account(
    store: Store, log: io.StringIO, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = text(tmp_path, ROWS)
    first = seen(store, path, institution="own")
    sha256 = first.readings[0].plan.sheet.sha256
    fixed = (Correction(sha256, "", 4, 6, "650"), Correction(sha256, "", 3, 1, f"{CANARY}-z"))
    first.cursor.close()
    found = seen(store, path, institution="own", corrections=fixed)
    land(store, found, "steward")
    told = "".join(str(vars(one)) for one in activity.entries(store.cursor()))
    out, err = capsys.readouterr()
    assert told and CANARY not in told + log.getvalue() + out + err


def test_what_is_set_aside_and_corrected_holds_no_identifier(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, ROWS)
    first = seen(store, path, institution="own")
    sha256 = first.readings[0].plan.sheet.sha256
    first.cursor.close()
    fixed = (Correction(sha256, "", 3, 1, f"{CANARY}-z"),)
    land(store, seen(store, path, institution="own", corrections=fixed), "test")
    cursor = store.cursor()
    kept = cursor.execute("SELECT value FROM set_aside UNION ALL SELECT answers::VARCHAR FROM batches").fetchall()
    kept += cursor.execute("SELECT mapping FROM batch_files").fetchall()
    assert kept and CANARY not in str(kept)
