"""One day's extract of the sample, as a core-banking system would give it: drawn up from the generator's own books.

Loans of the last day with those closed and written off, every instalment with the day it was met, every repayment.
"""

import sys
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from metrics import measures
from metrics.store import BatchFile, NewBatch, Store
from tests import fresh
from tests.sample_files import COMMITTED

FIRST, LAST = "DATE '2024-10-01'", 23
PEOPLE = ("institutions", "branches", "products", "clients", "groups", "staff", "parameters")


@cache
def books() -> pa.Table:
    """Every loan of every branch at each month-end as the generator knows it: instalments due and met."""
    sys.path.insert(0, str(COMMITTED))
    try:
        from generator import book, stories, tables
    finally:
        sys.path.remove(str(COMMITTED))
    parts = []
    for branch in stories.told():
        rows = tables.book_rows(book.simulate(branch))
        names = tables.numbers(f"{branch.no:02d}-L", rows["loan"], 5)
        kept = ("month", "day", "base", "part", "terms", "start", "paid", "lost", "loan")
        parts.append(pa.table({"loan_id": pa.array(names)} | {name: rows[name] for name in kept}))
    return pa.concat_tables(parts)


SCHEDULES = f"""
CREATE TEMP MACRO day(month, d) AS
    ({FIRST} + month::INTEGER * INTERVAL 1 MONTH + (d - 1)::INTEGER * INTERVAL 1 DAY)::DATE;
CREATE TEMP TABLE epochs AS
SELECT *, lead(base) OVER w AS next_base, lead(first) OVER w AS ended, row_number() OVER w AS epoch,
    first_value(paid_first) OVER w AS met_before, max(last) OVER (PARTITION BY loan_id) AS seen
FROM (SELECT loan_id, start, base, any_value(part) AS part, any_value(terms) AS terms, any_value(day) AS day,
        any_value(loan) AS loan, min(month) AS first, max(month) AS last, max(lost) AS lost,
        arg_min(paid, month) AS paid_first
    FROM books GROUP BY loan_id, start, base)
WINDOW w AS (PARTITION BY loan_id ORDER BY first);
CREATE TEMP TABLE planned AS
SELECT *, start + k AS due_month, least(part, base - part * (k - 1)) AS principal
FROM (SELECT *, unnest(range(1, terms + 1)) AS k FROM epochs)
WHERE base - part * (k - 1) > 0 AND (ended IS NULL OR start + k <= ended OR k <= (base - next_base) / part);
CREATE TEMP TABLE met AS
SELECT p.loan_id, p.epoch, p.k, min(b.month) AS month
FROM planned AS p JOIN books AS b
    ON b.loan_id = p.loan_id AND b.start = p.start AND b.base = p.base AND b.paid >= p.k
GROUP BY ALL;
CREATE TEMP TABLE instalments AS
SELECT p.*, CASE
        WHEN m.month IS NOT NULL THEN m.month
        WHEN ended IS NOT NULL AND k <= (base - next_base) / part THEN ended
        WHEN ended IS NULL AND lost = 0 AND seen < {LAST} THEN seen + 1 END AS met_month,
    ended IS NOT NULL AND k > (base - next_base) / part AS superseded
FROM planned AS p LEFT JOIN met AS m USING (loan_id, epoch, k);
CREATE TABLE loan_schedule AS
SELECT 'demo' AS institution_id, loan_id,
    row_number() OVER (PARTITION BY loan_id ORDER BY epoch, k)::INTEGER AS instalment_no,
    day(due_month, day) AS due_on, principal AS due_principal,
    if(met_month IS NOT NULL AND NOT superseded, principal, 0) AS paid_principal,
    CASE
        WHEN superseded THEN last_day(day(ended, 1))
        WHEN met_month IS NULL THEN NULL
        WHEN met_month = first AND epoch = 1 AND k <= met_before THEN day(due_month, day)
        WHEN met_month = due_month AND NOT (lost > 0 AND met_month = last) THEN day(due_month, day)
        ELSE day(met_month, 1 + loan % 19)
    END AS paid_on,
    superseded OR met_month IS NOT NULL AS completed
FROM instalments;
"""
REPAYMENTS = """
CREATE TABLE loan_transactions AS
SELECT 'demo' AS institution_id, 'R' || loan_id || '-' || instalment_no AS txn_id, loan_id, paid_on AS txn_on,
    'repayment' AS txn_type, paid_principal AS amount, paid_principal AS principal
FROM loan_schedule WHERE paid_principal > 0
UNION ALL
SELECT institution_id, txn_id, loan_id, txn_on, txn_type::VARCHAR, amount, principal FROM read_parquet($transactions)
WHERE txn_on <= DATE '2026-09-30'
"""
LOANS = """
CREATE TABLE loans AS
SELECT l.* REPLACE (
    DATE '2026-09-30' AS as_of,
    if(as_of = DATE '2026-09-30', principal_outstanding, 0) AS principal_outstanding,
    if(as_of = DATE '2026-09-30', overdue_principal, 0) AS overdue_principal,
    if(as_of = DATE '2026-09-30', overdue_over_30, 0) AS overdue_over_30,
    if(as_of = DATE '2026-09-30', days_past_due, 0) AS days_past_due,
    CASE WHEN written_off_on IS NOT NULL THEN 'written_off' WHEN as_of < DATE '2026-09-30' THEN 'closed'
        ELSE 'active' END AS status)
FROM read_parquet($loans) AS l QUALIFY row_number() OVER (PARTITION BY loan_id ORDER BY as_of DESC) = 1
"""
RESCHEDULINGS = """
INSERT INTO loan_transactions BY NAME
SELECT 'demo' AS institution_id, 'E' || loan_id AS txn_id, loan_id, last_day(day(ended, 1)) AS txn_on,
    'reschedule' AS txn_type, next_base AS amount, next_base AS principal
FROM epochs WHERE ended IS NOT NULL
"""


def drawn_up(*, dated: bool) -> dict[str, pa.Table]:
    """The extract's tables; `dated`: reschedulings are transactions, and old instalments are left unmet instead."""
    with duckdb.connect() as con:
        con.register("books", books())
        con.execute(SCHEDULES)
        con.execute(REPAYMENTS, {"transactions": str(COMMITTED / "loan_transactions.parquet")})
        con.execute(LOANS, {"loans": str(COMMITTED / "loans.parquet")})
        if dated:
            con.execute(RESCHEDULINGS)
            con.execute("UPDATE loan_schedule SET completed = NULL, paid_on = NULL, paid_principal = NULL")
        found = {name: con.table(name).to_arrow_table() for name in ("loans", "loan_schedule", "loan_transactions")}
    return found


def landed(folder: Path, *, dated: bool = False) -> Store:
    """A store that holds the extract, with the sample's people and branches, and nothing else."""
    store = fresh.opened(folder)
    cursor = store.cursor()
    made = drawn_up(dated=dated)
    for name in PEOPLE:
        with duckdb.connect() as con:
            made[name] = con.read_parquet(str(COMMITTED / f"{name}.parquet")).to_arrow_table()
    frames = {}
    for name, table in made.items():
        cursor.register("given", table)
        cursor.execute(
            f'CREATE TEMP TABLE "given_{name}" AS SELECT *, 1 AS file_no, (row_number() OVER ())::INTEGER AS row_no '
            "FROM given"
        )
        cursor.unregister("given")
        frames[name] = f"given_{name}"
    told = BatchFile("extract", "", "", "loans", {}, 0, 0, 0, 0, {})
    store.land(NewBatch("test", {}, (told,)), frames, cursor, after=measures.build)
    return store
