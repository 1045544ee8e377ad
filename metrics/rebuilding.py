"""Past month-ends of the loan book, rebuilt from one day's extract: its loans, schedule and transactions.

A core-banking extract is one day. What was owed at an earlier month-end is today's balance with the movements since
then taken back; how late a loan was follows from the day on which each instalment was met. Rows land as one batch
with origin `reconstructed`, only in months without a real snapshot; a real one that lands later replaces its month.
"""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from metrics import access, measures, movements
from metrics.errors import EvenkeelError
from metrics.ingest import Note
from metrics.store import BatchFile, Cursor, NewBatch, Store

MOST = 24
NAME = "reconstructed"


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild landed: its batch (0 while it is only planned), month-ends, rows, and what could not be rebuilt.

    `sums` are the figures found, one an institution, branch and month: period, glp, loans, late, eased.
    `loans` maps each kind of doubt (renegotiated, unexplained, unscheduled, superseded, unknown) to the
    identifiers of the loans, as institution/loan. `notes` say the same in sentences.
    """

    batch: int
    months: tuple[datetime.date, ...]
    rows: int
    loans: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    sums: tuple[Mapping[str, object], ...] = ()


def planned(cursor: Cursor, months: int = MOST) -> Rebuilt:
    """What `rebuild` would land, with nothing landed; the rows stand in the cursor's own table `rebuild_rows`.

    What was rescheduled before the extract: where a `reschedule` transaction gives the day, instalments due until
    then count until then, later ones after it; where only `paid_on` tells how an old instalment ended, that day
    counts; where the old instalments are gone, days late are unknown until then. Officer, branch, group and
    instalment are taken as they are today.

    Args:
        cursor: whose scope is rebuilt.
        months: how many month-ends before the last snapshot, 24 at most.

    Raises:
        EvenkeelError: no snapshot, no closed loans in it, neither schedule nor transactions, or no month left.
    """
    if not 1 <= months <= MOST:
        raise EvenkeelError("peers.rebuild_months", most=MOST)
    movements.gather(cursor, months)
    _refuse(cursor)
    movements.rows(cursor)
    days = [row[0] for row in cursor.execute("SELECT DISTINCT day FROM rebuild_days ORDER BY day").fetchall()]
    rows = int(cursor.execute("SELECT count(*) FROM rebuild_rows").fetchall()[0][0])
    doubts = _doubts(cursor)
    notes = _notes(cursor, days, doubts, months)
    loans = {kind: tuple(ids) for kind, ids in doubts.items()}
    return Rebuilt(0, tuple(days), rows, loans, notes, tuple(_sums(cursor)))


def rebuild(store: Store, cursor: Cursor, months: int = MOST, who: str = NAME) -> Rebuilt:
    """Land the past month-ends that the last snapshot can tell, as one batch; a rollback takes them out again.

    Args:
        store: where the rows land.
        cursor: whose scope is rebuilt.
        months: as in `planned`.
        who: kept with the batch.

    Raises:
        EvenkeelError: as `planned` does.
    """
    access.need("upload")
    found = planned(cursor, months)
    kept = {"months": list(found.sums), "loans": {kind: list(ids) for kind, ids in found.loans.items()}}
    digest = hashlib.sha256(json.dumps(kept, default=str).encode()).hexdigest()
    noted = tuple(note.stored() for note in found.notes)
    file = BatchFile(NAME, digest, "", "loans", kept, found.rows, found.rows, 0, 0, notes=noted)
    batch = NewBatch(who, {"rebuild": months}, (file,))
    return replace(found, batch=store.land(batch, {"loans": "rebuild_rows"}, cursor, after=measures.build))


def _refuse(cursor: Cursor) -> None:
    """Stop where the extract cannot tell the past, and say what it lacks."""
    loans, closed, told, days = cursor.execute(
        """SELECT count(*), count_if(principal_outstanding <= 0), count_if(told OR scheduled),
            (SELECT count(*) FROM rebuild_days) FROM rebuild_base"""
    ).fetchall()[0]
    if not loans:
        raise EvenkeelError("peers.rebuild_no_book")
    if not told:
        raise EvenkeelError("peers.rebuild_no_history")
    if not closed:
        raise EvenkeelError("peers.rebuild_no_closed")
    if not days:
        raise EvenkeelError("peers.rebuild_nothing")


def reconstructed_periods(cursor: Cursor) -> set[datetime.date]:
    """The dates at which the loan book is wholly or partly reconstructed, for pages to mark."""
    rows = cursor.execute("SELECT DISTINCT as_of FROM v_loans WHERE origin = 'reconstructed'").fetchall()
    return {row[0] for row in rows}


def differences(cursor: Cursor) -> pd.DataFrame:
    """Rebuilt figures against real ones where a month has both: one row an institution, branch and month.

    Columns institution_id, branch_id, period (the rebuilt month-end), then `glp`, `loans`,
    `par30_excl_renegotiated` and `par30` (with all renegotiated loans), each followed by its `_real` twin.
    Shares are fractions, NaN without a portfolio. The latest live rebuild of a month counts.
    """
    kept = cursor.execute(
        """SELECT f.mapping FROM batch_files AS f JOIN batches AS b USING (batch_id)
        WHERE b.status = 'live' AND f.name = ? AND f.table_name = 'loans' ORDER BY f.batch_id""",
        [NAME],
    ).fetchall()
    found = [row for (mapping,) in kept for row in json.loads(mapping)["months"]]
    latest = {(row["institution_id"], row["branch_id"], row["period"]): row for row in found}
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_kept (institution_id VARCHAR, branch_id VARCHAR, period DATE,
        glp DOUBLE, loans BIGINT, late DOUBLE, eased DOUBLE)"""
    )
    if latest:
        columns = ("institution_id", "branch_id", "period", "glp", "loans", "late", "eased")
        rows = [[row[column] for column in columns] for row in latest.values()]
        cursor.executemany("INSERT INTO rebuild_kept VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return cursor.execute(
        """WITH real AS (
            SELECT institution_id, branch_id, last_day(as_of) AS period, sum(principal_outstanding)::DOUBLE AS glp,
                count(*) AS loans, sum(if(days_past_due > 30, principal_outstanding, 0))::DOUBLE AS late,
                sum(if(is_renegotiated AND coalesce(days_past_due, 0) <= 30, principal_outstanding, 0))::DOUBLE AS eased
            FROM (SELECT * FROM v_loans WHERE origin IS DISTINCT FROM 'reconstructed'
                QUALIFY as_of = max(as_of) OVER (PARTITION BY institution_id, last_day(as_of)))
            WHERE principal_outstanding > 0 AND coalesce(status, 'active') IN ('active', 'rescheduled')
            GROUP BY ALL)
        SELECT k.institution_id, k.branch_id, k.period, k.glp, r.glp AS glp_real, k.loans, r.loans AS loans_real,
            k.late / nullif(k.glp, 0) AS par30_excl_renegotiated,
            r.late / nullif(r.glp, 0) AS par30_excl_renegotiated_real,
            (k.late + k.eased) / nullif(k.glp, 0) AS par30, (r.late + r.eased) / nullif(r.glp, 0) AS par30_real
        FROM rebuild_kept AS k JOIN real AS r
            ON r.institution_id = k.institution_id AND coalesce(r.branch_id, '') = coalesce(k.branch_id, '')
            AND r.period = k.period
        ORDER BY k.institution_id, k.period, k.branch_id"""
    ).df()


def _sums(cursor: Cursor) -> list[dict[str, object]]:
    """What the rebuild found of each branch and month, kept with the batch to compare a later real snapshot with."""
    frame = cursor.execute(
        """SELECT institution_id, branch_id, as_of::VARCHAR AS period,
            sum(principal_outstanding)::DOUBLE AS glp, count(*) AS loans,
            sum(if(days_past_due > 30, principal_outstanding, 0))::DOUBLE AS late,
            sum(if(is_renegotiated AND coalesce(days_past_due, 0) <= 30, principal_outstanding, 0))::DOUBLE AS eased
        FROM rebuild_rows GROUP BY ALL ORDER BY ALL"""
    ).df()
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _doubts(cursor: Cursor) -> dict[str, list[str]]:
    """Loans whose past is not wholly known, by kind, as institution/loan."""
    rows = cursor.execute(
        """WITH total AS (
            SELECT institution_id, loan_id, arg_max(so_far, day) AS so_far FROM rebuild_moves
            GROUP BY institution_id, loan_id),
        shown AS (
            SELECT institution_id, loan_id, count_if(days_past_due IS NULL) AS gaps FROM rebuild_rows
            GROUP BY institution_id, loan_id)
        SELECT 'renegotiated' AS kind, institution_id || '/' || loan_id AS loan FROM rebuild_base AS b
            SEMI JOIN shown AS s USING (institution_id, loan_id) WHERE is_renegotiated AND eased_on IS NULL
        UNION ALL SELECT 'unexplained', b.institution_id || '/' || b.loan_id
            FROM rebuild_base AS b LEFT JOIN total AS t USING (institution_id, loan_id)
            WHERE abs(b.principal_outstanding - coalesce(t.so_far, 0)) > ?
        UNION ALL SELECT if(b.scheduled, 'superseded', 'unscheduled'), b.institution_id || '/' || b.loan_id
            FROM rebuild_base AS b JOIN shown AS s USING (institution_id, loan_id) WHERE s.gaps > 0
        UNION ALL SELECT DISTINCT 'unknown', x.institution_id || '/' || x.loan_id FROM v_loan_transactions AS x
            ANTI JOIN rebuild_base AS b USING (institution_id, loan_id)
            WHERE x.loan_id IS NOT NULL AND x.txn_on > (SELECT min(day) FROM rebuild_days)
                AND x.txn_type IN ('repayment', 'disbursement') AND NOT coalesce(x.reversed, false)
        ORDER BY kind, loan""",
        [1.0],
    ).fetchall()
    found: dict[str, list[str]] = {}
    for kind, loan in rows:
        found.setdefault(str(kind), []).append(str(loan))
    return found


def _notes(cursor: Cursor, days: list[datetime.date], doubts: Mapping[str, list[str]], months: int) -> tuple[Note, ...]:
    """What was rebuilt and what could not be, as sentences."""
    notes = [Note("peers.rebuilt_months", {"n": len(days), "first": str(days[0]), "last": str(days[-1])})]
    notes += [Note(f"peers.rebuilt_{kind}", {"n": len(ids)}) for kind, ids in doubts.items()]
    undated = cursor.execute(
        """SELECT count(*) FROM v_loan_schedule AS s JOIN rebuild_base AS b USING (institution_id, loan_id)
        WHERE s.completed AND s.paid_on IS NULL AND NOT b.told"""
    ).fetchall()[0][0]
    if undated:
        notes.append(Note("peers.rebuilt_undated", {"n": int(undated)}))
    return (*notes, Note("peers.rebuilt_as_today"))
