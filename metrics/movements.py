"""What one day's extract says of each loan's past: movements of principal, and the day each instalment was met.

Everything is made as temporary tables of the reader's cursor, from scoped views: `rebuild_base` (the loans of the
last snapshot), `rebuild_days` (the month-ends asked), `rebuild_paid`, `rebuild_moves`, `rebuild_due` and
`rebuild_rows`, the loan book at each of these month-ends in the columns of the table `loans`.
"""

from metrics.store import Cursor

# An instalment counts as met when less than this is lacking.
CENT = 0.005


def gather(cursor: Cursor, months: int) -> None:
    """Make the loans, the movements, the instalments and the month-ends that can be rebuilt."""
    _base(cursor)
    _paid(cursor)
    _moves(cursor)
    _days(cursor, months)
    _due(cursor)


def _base(cursor: Cursor) -> None:
    """The last real snapshot, each loan once; `told`: its repayments are known by their principal."""
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_base AS
        WITH told AS (
            SELECT institution_id, loan_id FROM v_loan_transactions
            WHERE txn_type IN ('repayment', 'waiver') AND NOT coalesce(reversed, false)
            GROUP BY institution_id, loan_id HAVING count(principal) = count(*)),
        scheduled AS (
            SELECT DISTINCT institution_id, loan_id FROM v_loan_schedule),
        eased AS (
            SELECT institution_id, loan_id, min(txn_on) AS eased_on FROM v_loan_transactions
            WHERE txn_type = 'reschedule' AND NOT coalesce(reversed, false) GROUP BY institution_id, loan_id)
        SELECT b.*, t.loan_id IS NOT NULL AS told, s.loan_id IS NOT NULL AS scheduled, e.eased_on
        FROM (SELECT * FROM v_loans WHERE origin IS DISTINCT FROM 'reconstructed'
            QUALIFY last_day(as_of) = last_day(max(as_of) OVER (PARTITION BY institution_id))
                AND as_of = max(as_of) OVER (PARTITION BY institution_id, branch_id)
                AND row_number() OVER (PARTITION BY institution_id, loan_id
                    ORDER BY as_of DESC, principal_outstanding DESC, branch_id) = 1) AS b
        LEFT JOIN told AS t USING (institution_id, loan_id)
        LEFT JOIN scheduled AS s USING (institution_id, loan_id)
        LEFT JOIN eased AS e USING (institution_id, loan_id)"""
    )
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_eased AS
        SELECT DISTINCT institution_id, loan_id, txn_on AS day FROM v_loan_transactions
        WHERE txn_type = 'reschedule' AND NOT coalesce(reversed, false)"""
    )


def _paid(cursor: Cursor) -> None:
    """Principal repaid: by transactions, or by the schedule's paid dates where they tell nothing.

    `until` is the rescheduling that ends the schedule which a payment was made on; the far future for the last.
    """
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_paid AS
        WITH payments AS (
            SELECT x.institution_id, x.loan_id, x.txn_on AS day, x.principal::DOUBLE AS principal
            FROM v_loan_transactions AS x JOIN rebuild_base AS b USING (institution_id, loan_id)
            WHERE b.told AND x.txn_type IN ('repayment', 'waiver') AND NOT coalesce(x.reversed, false)
            UNION ALL
            SELECT s.institution_id, s.loan_id, coalesce(s.paid_on, least(s.due_on, b.as_of)),
                coalesce(s.paid_principal, if(coalesce(s.completed, s.paid_on IS NOT NULL), s.due_principal, 0))::DOUBLE
            FROM v_loan_schedule AS s JOIN rebuild_base AS b USING (institution_id, loan_id) WHERE NOT b.told),
        daily AS (
            SELECT institution_id, loan_id, day, sum(principal) AS principal FROM payments
            WHERE principal <> 0 GROUP BY institution_id, loan_id, day)
        SELECT p.institution_id, p.loan_id, p.day, p.principal, coalesce(e.day, DATE '9999-12-31') AS until,
            sum(p.principal) OVER (PARTITION BY p.institution_id, p.loan_id, e.day ORDER BY p.day) AS so_far
        FROM daily AS p ASOF LEFT JOIN rebuild_eased AS e
            ON e.institution_id = p.institution_id AND e.loan_id = p.loan_id AND p.day <= e.day"""
    )


def _moves(cursor: Cursor) -> None:
    """Every change of principal of a loan, with the sum of all changes so far."""
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_moves AS
        WITH booked AS (
            SELECT x.institution_id, x.loan_id, x.txn_on AS day, x.txn_type,
                coalesce(x.principal, x.amount)::DOUBLE AS principal
            FROM v_loan_transactions AS x SEMI JOIN rebuild_base AS b USING (institution_id, loan_id)
            WHERE x.txn_type IN ('disbursement', 'write_off') AND NOT coalesce(x.reversed, false)),
        repaid AS (
            SELECT institution_id, loan_id, sum(principal) AS principal FROM rebuild_paid
            GROUP BY institution_id, loan_id),
        changes AS (
            SELECT institution_id, loan_id, day, -principal AS change FROM rebuild_paid
            UNION ALL
            SELECT institution_id, loan_id, day, if(txn_type = 'write_off', -principal, principal) FROM booked
            UNION ALL
            SELECT institution_id, loan_id, disbursed_on, disbursed_amount::DOUBLE
            FROM rebuild_base AS b ANTI JOIN (FROM booked WHERE txn_type = 'disbursement') AS d
                USING (institution_id, loan_id) WHERE disbursed_on IS NOT NULL
            UNION ALL
            SELECT b.institution_id, b.loan_id, b.written_off_on,
                -coalesce(b.written_off_amount::DOUBLE, b.disbursed_amount::DOUBLE - coalesce(r.principal, 0))
            FROM rebuild_base AS b LEFT JOIN repaid AS r USING (institution_id, loan_id)
            ANTI JOIN (FROM booked WHERE txn_type = 'write_off') AS w USING (institution_id, loan_id)
            WHERE b.written_off_on IS NOT NULL)
        SELECT c.institution_id, c.loan_id, c.day,
            sum(sum(c.change)) OVER (PARTITION BY c.institution_id, c.loan_id ORDER BY c.day) AS so_far
        FROM changes AS c JOIN rebuild_base AS b USING (institution_id, loan_id) WHERE c.day <= b.as_of
        GROUP BY c.institution_id, c.loan_id, c.day"""
    )


def _days(cursor: Cursor, months: int) -> None:
    """Month-ends before the last snapshot that have no real one, from the first movement on."""
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_days AS
        WITH span AS (
            SELECT b.institution_id, max(b.as_of) AS as_of, (SELECT min(m.day) FROM rebuild_moves AS m
                WHERE m.institution_id = b.institution_id) AS first
            FROM rebuild_base AS b GROUP BY b.institution_id),
        asked AS (
            SELECT institution_id, first,
                last_day(unnest(generate_series(date_trunc('month', as_of) - ?::INTEGER * INTERVAL 1 MONTH,
                    date_trunc('month', as_of) - INTERVAL 1 MONTH, INTERVAL 1 MONTH))::DATE) AS day FROM span)
        SELECT institution_id, day FROM asked AS a WHERE day >= first AND NOT EXISTS (
            SELECT 1 FROM v_loans AS l WHERE l.institution_id = a.institution_id AND last_day(l.as_of) = a.day
                AND l.origin IS DISTINCT FROM 'reconstructed')""",
        [months],
    )


def _due(cursor: Cursor) -> None:
    """Instalments with the day each was met: as the schedule says, else when payments had covered it.

    A rescheduling ends the instalments that were due until then. An instalment without principal is kept only
    where the schedule says whether it was met.
    """
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_due AS
        WITH due AS (
            SELECT s.institution_id, s.loan_id, s.due_on, coalesce(s.due_principal, 0)::DOUBLE AS principal,
                coalesce(s.completed, s.paid_on IS NOT NULL) AS completed, s.paid_on,
                b.told, coalesce(e.day, DATE '9999-12-31') AS until,
                sum(coalesce(s.due_principal, 0)::DOUBLE) OVER (PARTITION BY s.institution_id, s.loan_id, e.day
                    ORDER BY s.due_on, s.instalment_no) AS so_far
            FROM v_loan_schedule AS s JOIN rebuild_base AS b USING (institution_id, loan_id)
            ASOF LEFT JOIN rebuild_eased AS e
                ON e.institution_id = s.institution_id AND e.loan_id = s.loan_id AND s.due_on <= e.day
            WHERE coalesce(s.due_principal, 0) > 0 OR s.completed IS NOT NULL)
        SELECT d.institution_id, d.loan_id, d.due_on, d.principal, d.until, d.so_far - d.principal AS before,
            least(d.until, CASE
                WHEN d.completed AND d.paid_on IS NOT NULL THEN d.paid_on
                WHEN d.told AND d.principal > 0 THEN coalesce(p.day, DATE '9999-12-31')
                WHEN d.completed THEN d.due_on ELSE DATE '9999-12-31' END) AS met_on
        FROM due AS d ASOF LEFT JOIN rebuild_paid AS p
            ON p.institution_id = d.institution_id AND p.loan_id = d.loan_id AND p.until = d.until
            AND d.so_far - ? <= p.so_far""",
        [CENT],
    )


def rows(cursor: Cursor) -> None:
    """Make `rebuild_rows`: the loan book at each month-end, one row a loan that was owed.

    `days_past_due` is NULL where no schedule of that time is known, `is_renegotiated` where a loan is known as
    renegotiated today and not since when.
    """
    _states(cursor)
    _late(cursor)
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_rows AS
        SELECT b.institution_id, s.day AS as_of, b.loan_id, b.client_id, b.group_id, b.branch_id, b.product_id,
            b.officer_id, b.cycle_no, b.members, b.women_members, b.disbursed_on, b.disbursed_amount, b.maturity_on,
            s.principal::DECIMAL(18, 6) AS principal_outstanding,
            if(s.known, least(coalesce(l.overdue, 0), s.principal), NULL)::DECIMAL(18, 2) AS overdue_principal,
            if(s.known, least(coalesce(l.over_30, 0), s.principal), NULL)::DECIMAL(18, 2) AS overdue_over_30,
            if(s.known, coalesce(date_diff('day', l.oldest, s.day), 0), NULL)::INTEGER AS days_past_due,
            b.instalment_month, b.nominal_rate_pct, b.purpose_sector, 'active' AS status,
            CASE
                WHEN b.eased_on <= s.day THEN true WHEN b.is_renegotiated AND b.eased_on > s.day THEN false
                WHEN NOT b.is_renegotiated THEN false
            END AS is_renegotiated,
            b.currency, 'reconstructed' AS origin, 1 AS file_no,
            (row_number() OVER (ORDER BY b.institution_id, s.day, b.loan_id))::INTEGER AS row_no
        FROM rebuild_states AS s JOIN rebuild_base AS b USING (institution_id, loan_id)
        LEFT JOIN rebuild_late AS l
            ON l.institution_id = s.institution_id AND l.loan_id = s.loan_id AND l.day = s.day"""
    )


def _states(cursor: Cursor) -> None:
    """Principal owed at each month-end: the balance of the extract less what has moved since.

    `known`: instalments of the schedule that was in force then are in the extract.
    """
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_states AS
        WITH total AS (
            SELECT institution_id, loan_id, min(day) AS first, arg_max(so_far, day) AS so_far FROM rebuild_moves
            GROUP BY institution_id, loan_id),
        asked AS (
            SELECT b.institution_id, b.loan_id, d.day, b.principal_outstanding::DOUBLE - t.so_far AS residue
            FROM rebuild_base AS b JOIN total AS t USING (institution_id, loan_id)
            JOIN rebuild_days AS d ON d.institution_id = b.institution_id AND d.day >= t.first),
        owed AS (
            SELECT a.institution_id, a.loan_id, a.day, round(a.residue + m.so_far, 6) AS principal
            FROM asked AS a ASOF JOIN rebuild_moves AS m
                ON m.institution_id = a.institution_id AND m.loan_id = a.loan_id AND m.day <= a.day),
        plans AS (
            SELECT DISTINCT institution_id, loan_id, until FROM rebuild_due)
        SELECT o.institution_id, o.loan_id, o.day, o.principal, p.loan_id IS NOT NULL AS known
        FROM (SELECT o.*, coalesce(e.day, DATE '9999-12-31') AS until
            FROM owed AS o ASOF LEFT JOIN rebuild_eased AS e
                ON e.institution_id = o.institution_id AND e.loan_id = o.loan_id AND o.day < e.day
            WHERE o.principal > ?) AS o
        LEFT JOIN plans AS p ON p.institution_id = o.institution_id AND p.loan_id = o.loan_id AND p.until = o.until""",
        [CENT],
    )


def _late(cursor: Cursor) -> None:
    """Instalments due and not met at each month-end: the oldest, and their principal less what was paid on them."""
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE rebuild_late AS
        WITH unmet AS (
            SELECT i.institution_id, i.loan_id, d.day, i.until, min(i.due_on) AS oldest, sum(i.principal) AS principal,
                min(i.before) AS before, sum(if(i.due_on < d.day - 30, i.principal, 0)) AS old
            FROM rebuild_due AS i JOIN rebuild_days AS d
                ON d.institution_id = i.institution_id AND i.due_on <= d.day AND d.day < i.met_on
            GROUP BY i.institution_id, i.loan_id, d.day, i.until)
        SELECT u.institution_id, u.loan_id, u.day, u.oldest,
            u.principal - greatest(coalesce(p.so_far, 0) - u.before, 0) AS overdue,
            greatest(u.old - greatest(coalesce(p.so_far, 0) - u.before, 0), 0) AS over_30
        FROM unmet AS u ASOF LEFT JOIN rebuild_paid AS p
            ON p.institution_id = u.institution_id AND p.loan_id = u.loan_id AND p.until = u.until
            AND u.day >= p.day
        QUALIFY row_number() OVER (PARTITION BY u.institution_id, u.loan_id, u.day ORDER BY u.until DESC) = 1"""
    )
