"""Processes that are killed at some moment of changing data, and what must hold of the folder afterwards."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import duckdb

from metrics import activity, keeping, measures, schema, witness
from metrics.store import Cursor, Store
from tests import fresh
from tests.ingesting import five, landed, text
from tests.source import ROOT
from tests.trust.victim import ACKNOWLEDGED, BEGUN

POLICY = ("policy", "weights", "limits")  # what an entry about a saved policy says it is
KINDS = ("import", "policy", "record", "turn", "backup", "migration")
LONGEST = {"migration": 0.5, "backup": 2.0}  # seconds in which a kill falls; 1.2 for all others
PATIENCE = 120.0


class Folder:
    """A data folder that victims work on, one after the other."""

    def __init__(self, place: Path) -> None:
        self.place, self.data = place, place / "data"
        self.killed = self.acknowledged = self.changes = 0
        with closing(fresh.opened(self.data)) as store:
            landed(store, text(place, five(), name="first.csv"))

    def kill(self, kind: str, moment: float) -> None:
        """Let a victim work, and kill it so many seconds after it began; it must not end by itself with a fault."""
        if kind == "migration":
            age(self.data / "evenkeel.duckdb")
        (self.place / BEGUN).unlink(missing_ok=True)
        with subprocess.Popen(
            [sys.executable, "-m", "tests.trust.victim", kind, str(self.place)],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
        ) as process:  # fmt: skip
            deadline = time.monotonic() + PATIENCE
            while not (self.place / BEGUN).exists() and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(moment)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            _, said = process.communicate()
        self.killed += process.returncode == -signal.SIGKILL
        assert process.returncode in (0, -signal.SIGKILL), said

    def look(self) -> None:
        """Hold the folder to what was acknowledged: all of it there, nothing half, the account whole."""
        with closing(Store.open(self.data)) as store:
            cursor = store.cursor()
            measures.ensure(cursor)
            entries = list(activity.entries(cursor))
            assert activity.broken(entries) is None
            assert witness.entries(self.data / "raw") == entries, "the second copy of the account is the same"
            self._acknowledged({entry.no: entry.sealed for entry in entries})
            _changes(cursor, entries)
            _rows(cursor)
            self.changes = len(entries)
        self._files()

    def _acknowledged(self, known: dict[int, str]) -> None:
        told = self.place / ACKNOWLEDGED
        lines = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()] if told.exists() else []
        lost = [no for no, sealed in lines if no and known.get(no) != sealed]
        assert not lost, f"acknowledged and gone: {lost}"
        self.acknowledged = len(lines)

    def _files(self) -> None:
        raw = self.data / "raw"
        for one in keeping.told(raw):
            assert all(keeping.digest(raw / file["sha256"]) == file["sha256"] for file in one["files"])
        assert not list(raw.glob("batches/*" + keeping.PENDING)), "what was begun is settled or gone"
        for made in (self.data / "backups").glob("*"):
            assert made.name.endswith(".part") or (made / "manifest.json").exists(), made


def _changes(cursor: Cursor, entries: list[activity.Entry]) -> None:
    """Every change has its entry, and every entry its change."""
    told = [(entry.what, entry.subject) for entry in entries]
    rows = cursor.execute("SELECT batch_id::VARCHAR, event FROM batch_events").fetchall()
    names = {"rolled_back": "take_out", "restored": "bring_back"}
    assert sorted((names.get(event, event), no) for no, event in rows) == sorted(
        ("landed" if what in ("upload", "rows") else what, subject)
        for what, subject in told if what in ("upload", "rows", "take_out", "bring_back")
    )  # fmt: skip
    rows = cursor.execute("SELECT policy || '@' || version FROM policy_versions").fetchall()
    assert sorted(name for (name,) in rows) == sorted(subject for what, subject in told if what in POLICY)
    rows = cursor.execute("SELECT kind || ' ' || record_id || ' @' || version FROM records").fetchall()
    assert sorted(name for (name,) in rows) == sorted(subject for what, subject in told if what == "record")


def _rows(cursor: Cursor) -> None:
    """Every batch is whole, and so are the figures."""
    rows = cursor.execute(
        """SELECT b.batch_id, sum(f.accepted), (SELECT count(*) FROM facts.loans AS l WHERE l.batch_id = b.batch_id)
        FROM batches AS b LEFT JOIN batch_files AS f USING (batch_id) GROUP BY 1"""
    ).fetchall()
    assert all(accepted == there == 5 for _, accepted, there in rows), rows
    days = cursor.execute("SELECT DISTINCT last_day(as_of) FROM loans ORDER BY 1").fetchall()
    months = cursor.execute("SELECT DISTINCT last_day(period) FROM v_m_portfolio ORDER BY 1").fetchall()
    assert months == days, "figures belong to what landed"


def age(path: Path) -> None:
    """Make a database what a version without the ledger, one table and one column left."""
    with duckdb.connect(str(path)) as earlier:
        for view in ("v_loans", "loans", "v_board", "board"):
            earlier.execute(f"DROP VIEW IF EXISTS {schema.quote(view)}")
        earlier.execute("ALTER TABLE facts.loans DROP COLUMN IF EXISTS currency")
        earlier.execute("DROP TABLE IF EXISTS facts.board")
        earlier.execute("DROP TABLE IF EXISTS ledger")
        earlier.execute("UPDATE meta SET value = 1 WHERE name = 'schema'")


def moments(seed: int, n: int) -> list[tuple[str, float]]:
    """What to kill, and after how many seconds: every kind in turn."""
    chance = random.Random(seed)
    kinds = [KINDS[at % len(KINDS)] for at in range(n)]
    return [(kind, chance.uniform(0.0, LONGEST.get(kind, 1.2))) for kind in kinds]
