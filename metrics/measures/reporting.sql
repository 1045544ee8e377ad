/*
summary = "Reports due in the 12 months before each month-end: how many came in time, and how many fields they filled."
table   = "disclosures"
dims    = []
every_month = true

[stocks]
reports_due            = "disclosures.due_on"
reports_on_time        = "disclosures.delivered_on"
report_fields_required = "disclosures.fields_required"
report_fields_filled   = "disclosures.fields_filled"

[flows]
*/
WITH report AS (
    SELECT
        r.institution_id,
        d.day,
        coalesce(r.delivered_on <= r.due_on, false) AS on_time,
        r.fields_required,
        -- What was not delivered by the day filled nothing; what was, and does not say, is not known.
        if(coalesce(r.delivered_on <= d.day, false), least(r.fields_filled, r.fields_required), 0) AS filled
    FROM disclosures AS r
    SEMI JOIN touched AS t ON t.institution_id = r.institution_id
    JOIN calendar AS d
        ON d.institution_id = r.institution_id AND r.due_on <= d.day AND r.due_on > d.day - INTERVAL 12 MONTH
)
SELECT
    institution_id,
    day AS period,
    'main' AS cut,
    count(*) AS reports_due,
    sum(if(on_time, 1, 0)) AS reports_on_time,
    sum(if(filled IS NOT NULL, fields_required, NULL)) AS report_fields_required,
    sum(if(fields_required IS NOT NULL, filled, NULL)) AS report_fields_filled
FROM report
GROUP BY ALL
