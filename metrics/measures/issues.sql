/*
summary = "Issues that were more than 90 days old at each month-end, raised in the year before those 90 days."
table   = "issues_actions"
dims    = ["branch_id"]
every_month = true       # an issue raised in one month is closed in another

[stocks]
issues_old    = "issues_actions.raised_on"
issues_closed = "issues_actions.done_on"

[flows]
*/
SELECT
    i.institution_id,
    d.day AS period,
    'main' AS cut,
    i.branch_id,
    count(*) AS issues_old,
    sum(if(coalesce(i.done_on <= d.day AND i.answered_on <= d.day, false), 1, 0)) AS issues_closed
FROM issues_actions AS i
SEMI JOIN touched AS t ON t.institution_id = i.institution_id
JOIN calendar AS d ON d.institution_id = i.institution_id AND d.day - i.raised_on BETWEEN 91 AND 455
GROUP BY ALL
