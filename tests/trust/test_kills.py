"""Processes killed in the middle of every kind of change: what was acknowledged is there, nothing is half."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from metrics import activity
from metrics.activity import Event
from metrics.store import Store
from tests import killing
from tests.records import loan, opened
from tests.trust.killing import KINDS, Folder, moments

SEED, KILLS = 20261130, len(KINDS)


@pytest.mark.full
def test_a_killed_process_loses_nothing_that_was_acknowledged_and_leaves_nothing_half(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for kind, moment in moments(SEED, KILLS):
        folder.kill(kind, moment)
        folder.look()
    assert folder.killed >= KILLS - 1, "a migration may be over before it is killed"


def test_what_came_back_is_in_the_file(tmp_path: Path) -> None:
    """A copy of the folder, taken at once, is what a killed process leaves."""
    with closing(opened(tmp_path / "data", loans=[loan("1")])) as store:
        store.note(Event("sign_in", "ana"))
        shutil.copytree(tmp_path / "data", tmp_path / "left")
    with closing(Store.open(tmp_path / "left")) as left:
        head = activity.head(left.cursor())
        assert head is not None and (head.what, head.subject) == ("sign_in", "ana")


def test_the_account_is_on_the_disk_before_an_import_is_acknowledged(tmp_path: Path) -> None:
    folder = killing.Folder(tmp_path / "data", tmp_path)
    assert folder.run(["-m", "metrics"]) == 0
    folder.kill_at(killing.STEPS - 1)
    assert folder.killed == 1 and folder.look() == 2, "it died after the commit, waiting for the second copy"
