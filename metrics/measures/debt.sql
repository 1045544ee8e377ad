/*
summary = "Borrowings at each snapshot of the debt schedule, and how much the largest lender has of them."
table   = "debt_schedule"
dims    = []
every_month = true

[stocks]
debt                = "debt_schedule.amount"
debt_due_90         = "debt_schedule.due_on"
debt_due_12m        = "debt_schedule.due_on"
debt_largest_lender = "debt_schedule.lender"
debt_hedged         = "debt_schedule.hedged"
lenders             = "debt_schedule.lender"

[flows]
*/
WITH snapshot AS (
    SELECT d.institution_id, d.as_of, d.lender, d.due_on, d.hedged, d.amount::DOUBLE AS amount
    FROM debt_schedule AS d
    SEMI JOIN touched AS t ON t.institution_id = d.institution_id
    -- Of several snapshots in a month only the last is its month-end.
    QUALIFY d.as_of = max(d.as_of) OVER (PARTITION BY d.institution_id, last_day(d.as_of))
),
-- The largest of a list does not add up: it is found here, where every lender is seen.
lender AS (
    SELECT
        institution_id,
        as_of,
        sum(amount) AS debt,
        sum(if(due_on <= as_of + 90, amount, 0)) AS due_90,
        sum(if(due_on <= as_of + INTERVAL 12 MONTH, amount, 0)) AS due_12m,
        count(hedged) AS hedging_known,
        sum(if(hedged, amount, 0)) AS hedged
    FROM snapshot
    GROUP BY institution_id, as_of, lender
)
SELECT
    institution_id,
    last_day(as_of) AS period,
    'main' AS cut,
    sum(debt) AS debt,
    sum(due_90) AS debt_due_90,
    sum(due_12m) AS debt_due_12m,
    max(debt) AS debt_largest_lender,
    if(sum(hedging_known) = 0, NULL, sum(hedged)) AS debt_hedged,
    sum(if(debt > 0, 1, 0)) AS lenders
FROM lender
GROUP BY institution_id, as_of
