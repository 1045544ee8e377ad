/*
summary     = "Instalments by the month in which they fall due, and those paid by the due date, early ones included."
table       = "loan_schedule"
dims        = ["branch_id", "product_id"]
every_month = true

[stocks]

[flows]
instalments_due    = "loan_schedule.due_on"
due_amount         = "loan_schedule.due_principal"
paid_on_time       = "loan_schedule.paid_on"
*/
WITH places AS (
    -- A schedule says nothing of branch and product; the latest snapshot of the loan does.
    SELECT
        institution_id, loan_id, arg_max(branch_id, as_of) AS branch_id, arg_max(product_id, as_of) AS product_id
    FROM loans SEMI JOIN touched AS t USING (institution_id)
    GROUP BY institution_id, loan_id
),
known AS (
    -- What was due after the last day that the institution's tables tell of is not yet late.
    SELECT s.institution_id, greatest(max(s.paid_on), (SELECT max(l.as_of) FROM loans AS l
        WHERE l.institution_id = s.institution_id)) AS until
    FROM loan_schedule AS s GROUP BY s.institution_id
),
due AS (
    SELECT
        s.institution_id, s.due_on, p.branch_id, p.product_id,
        coalesce(s.due_principal, 0)::DOUBLE + coalesce(s.due_interest, 0)::DOUBLE AS amount,
        coalesce(s.paid_on <= s.due_on, false) AS on_time,
        coalesce(s.paid_principal, s.due_principal, 0)::DOUBLE + coalesce(s.paid_interest, s.due_interest, 0)::DOUBLE AS paid
    FROM loan_schedule AS s
    JOIN known AS k ON k.institution_id = s.institution_id AND s.due_on <= k.until
    LEFT JOIN places AS p ON p.institution_id = s.institution_id AND p.loan_id = s.loan_id
    WHERE s.institution_id IN (SELECT institution_id FROM touched)
)
SELECT
    institution_id,
    last_day(due_on) AS period,
    'main' AS cut,
    branch_id,
    product_id,
    count(*) AS instalments_due,
    sum(amount) AS due_amount,
    sum(if(on_time, least(amount, paid), 0)) AS paid_on_time
FROM due
GROUP BY institution_id, last_day(due_on), branch_id, product_id
