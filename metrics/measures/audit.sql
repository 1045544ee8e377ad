/*
summary = "Findings of internal audit that are open at each month-end, and those past their day."
table   = "audit_findings"
dims    = ["branch_id"]
every_month = true       # one list of findings tells every month

[stocks]
findings_open         = "audit_findings.severity"
findings_open_high    = "audit_findings.severity"
findings_overdue      = "audit_findings.due_on"
findings_overdue_high = "audit_findings.due_on"
findings_undated      = "audit_findings.due_on"
findings_undated_high = "audit_findings.due_on"

[flows]
*/
WITH at_month_end AS (
    SELECT
        f.institution_id,
        d.day,
        f.branch_id,
        f.severity = 'high' AS high,
        f.closed_on IS NULL OR f.closed_on > d.day AS open,
        f.due_on IS NULL AS no_day,
        coalesce(f.due_on < d.day, false) AS late
    FROM audit_findings AS f
    SEMI JOIN touched AS t ON t.institution_id = f.institution_id
    JOIN calendar AS d ON d.institution_id = f.institution_id AND f.raised_on <= d.day
)
SELECT
    institution_id,
    day AS period,
    'main' AS cut,
    branch_id,
    sum(if(open, 1, 0)) AS findings_open,
    sum(if(open AND high, 1, 0)) AS findings_open_high,
    sum(if(open AND late, 1, 0)) AS findings_overdue,
    sum(if(open AND high AND late, 1, 0)) AS findings_overdue_high,
    -- An open finding without a day to be mended by may be late: counted, so that it is not taken for punctual.
    sum(if(open AND no_day, 1, 0)) AS findings_undated,
    sum(if(open AND high AND no_day, 1, 0)) AS findings_undated_high
FROM at_month_end
GROUP BY institution_id, day, branch_id
