/*
summary = "Savings at each month-end, from the last snapshot of the month. A client counts once, in the largest voluntary account."
table   = "savings"
dims    = ["branch_id", "gender", "location"]
every_month = true

[stocks]
savings_accounts       = "savings.account_id"
savings_accounts_dated = "savings.last_txn_on"
savings_dormant        = "savings.last_txn_on"
voluntary_savers       = "savings.balance"
voluntary_savers_with_loan = "loans.client_id"

[flows]
*/
WITH last_of_month AS (
    SELECT s.institution_id, last_day(s.as_of) AS month, max(s.as_of) AS as_of
    FROM savings AS s SEMI JOIN touched AS t ON t.institution_id = s.institution_id
    GROUP BY ALL
),
borrower AS (
    SELECT l.institution_id, last_day(l.as_of) AS month, l.client_id
    FROM loans AS l
    SEMI JOIN last_of_month AS m ON m.institution_id = l.institution_id AND m.month = last_day(l.as_of)
    SEMI JOIN calendar AS d ON d.institution_id = l.institution_id AND d.day = l.as_of
    WHERE l.client_id IS NOT NULL AND l.principal_outstanding > 0
        AND coalesce(l.status, 'active') IN ('active', 'rescheduled')
    GROUP BY ALL
),
account AS (
    SELECT
        s.institution_id,
        d.day,
        coalesce(c.branch_id, s.branch_id) AS branch_id,
        coalesce(c.gender::VARCHAR, 'unknown') AS gender,
        coalesce(c.location::VARCHAR, 'unknown') AS location,
        s.last_txn_on,
        s.last_txn_on < s.as_of - INTERVAL 6 MONTH AS dormant,
        b.client_id IS NOT NULL AS borrows,
        c.client_id IS NOT NULL AND (c.exited_on IS NULL OR c.exited_on > d.day)
            AND s.balance > 0 AND NOT coalesce(s.compulsory, false)
            AND row_number() OVER (
                PARTITION BY s.institution_id, d.day, s.client_id
                ORDER BY if(coalesce(s.compulsory, false), 0, s.balance) DESC NULLS LAST, s.account_id
            ) = 1 AS saver
    FROM savings AS s
    JOIN last_of_month AS m ON m.institution_id = s.institution_id AND m.as_of = s.as_of
    JOIN calendar AS d ON d.institution_id = m.institution_id AND d.month = m.month
    LEFT JOIN clients AS c ON c.institution_id = s.institution_id AND c.client_id = s.client_id
    LEFT JOIN borrower AS b
        ON b.institution_id = s.institution_id AND b.month = m.month AND b.client_id = s.client_id
)
SELECT
    institution_id,
    day AS period,
    'main' AS cut,
    branch_id, gender, location,
    count(*) AS savings_accounts,
    if(count(last_txn_on) = 0, NULL, count(last_txn_on)) AS savings_accounts_dated,
    if(count(last_txn_on) = 0, NULL, sum(if(dormant, 1, 0))) AS savings_dormant,
    sum(if(saver, 1, 0)) AS voluntary_savers,
    if((SELECT count(*) FROM borrower) = 0, NULL, sum(if(saver AND borrows, 1, 0))) AS voluntary_savers_with_loan
FROM account
GROUP BY ALL
