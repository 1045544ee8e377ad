/*
summary     = "What became of the loans of the month-end before: which fell late; and loans lent to clients who were late then. The month-end before stands for the day before a loan was lent."
table       = "loans"
dims        = ["branch_id", "product_id", "officer_id"]
every_month = true       # a month that lands late changes the one after it

[stocks]

[flows]
principal_current_before = "loans.days_past_due"
rolled_over_30           = "loans.days_past_due"
loans_current_before     = "loans.days_past_due"
disbursed_loans          = "loans.disbursed_on"
disbursed_known_before   = "loans.days_past_due"
refinanced_late          = "loans.days_past_due"
*/
WITH book AS (
    SELECT
        l.institution_id, c.month, last_day(c.month + INTERVAL 1 DAY) AS next, l.branch_id, l.product_id, l.officer_id,
        l.loan_id,
        coalesce('c' || l.client_id, 'g' || l.group_id, 'l' || l.loan_id) AS borrower,
        coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AS active,
        coalesce(l.status, 'active') = 'written_off' AS lost,
        l.principal_outstanding::DOUBLE AS principal,
        l.days_past_due AS late,
        coalesce(date_trunc('month', l.disbursed_on) = date_trunc('month', l.as_of), false) AS lent
    FROM loans AS l
    JOIN calendar AS c ON c.institution_id = l.institution_id AND c.day = l.as_of
),
reported AS (
    SELECT DISTINCT institution_id, month, branch_id FROM book
),
rolled AS (
    -- A branch that did not report a month is not a branch whose loans were all repaid.
    SELECT
        p.institution_id, p.next AS month, p.branch_id, p.product_id, p.officer_id,
        p.principal, if(n.lost OR (n.active AND n.late > 30), p.principal, 0) AS over_30, 0 AS lent, 0 AS known, 0 AS late
    FROM book AS p
    SEMI JOIN reported AS r ON r.institution_id = p.institution_id AND r.month = p.next
        AND r.branch_id IS NOT DISTINCT FROM p.branch_id
    LEFT JOIN book AS n ON n.institution_id = p.institution_id AND n.loan_id = p.loan_id AND n.month = p.next
    WHERE p.active AND p.late <= 30
),
owing AS (
    SELECT institution_id, next AS month, borrower, bool_or(late > 0) AS late
    FROM book
    WHERE active
    GROUP BY institution_id, next, borrower
),
lent AS (
    SELECT
        n.institution_id, n.month, n.branch_id, n.product_id, n.officer_id, NULL AS principal, NULL AS over_30, 1 AS lent,
        if(m.month IS NOT NULL AND (o.borrower IS NULL OR o.late IS NOT NULL), 1, 0) AS known,
        if(coalesce(o.late, false), 1, 0) AS late
    FROM book AS n
    LEFT JOIN (SELECT DISTINCT institution_id, next AS month FROM book) AS m
        ON m.institution_id = n.institution_id AND m.month = n.month
    LEFT JOIN owing AS o ON o.institution_id = n.institution_id AND o.month = n.month AND o.borrower = n.borrower
    WHERE n.lent
),
facts AS (
    SELECT * FROM rolled UNION ALL SELECT * FROM lent
)
SELECT
    institution_id,
    month AS period,
    if(grouping(officer_id) = 0, 'officer_id', 'main') AS cut,
    branch_id, product_id, officer_id,
    sum(principal) AS principal_current_before,
    sum(over_30) AS rolled_over_30,
    count(principal) AS loans_current_before,
    sum(lent) AS disbursed_loans,
    sum(known) AS disbursed_known_before,
    sum(late) AS refinanced_late
FROM facts
GROUP BY GROUPING SETS (
    (institution_id, month, branch_id, product_id),
    (institution_id, month, branch_id, product_id, officer_id)
)
