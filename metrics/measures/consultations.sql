/*
summary = "Consultations of the 12 months before each month-end: planned, held by then, and what communities said."
table   = "stakeholder_consultations"
dims    = ["branch_id"]
every_month = true       # an event planned in one month may be held in another

[stocks]
consultations_planned = "stakeholder_consultations.planned_on"
consultations_kept    = "stakeholder_consultations.planned_on"
statements_made       = "stakeholder_consultations.sentiment"
statements_coded      = "stakeholder_consultations.sentiment"
statements_positive   = "stakeholder_consultations.sentiment"
statements_negative   = "stakeholder_consultations.sentiment"

[flows]
*/
WITH line AS (
    SELECT
        s.institution_id,
        d.day,
        s.branch_id,
        coalesce(s.planned_on > d.day - INTERVAL 12 MONTH AND s.planned_on <= d.day, false)
            AND s.statement_no = min(s.statement_no) OVER (PARTITION BY s.institution_id, d.day, s.event_id) AS planned,
        coalesce(s.held_on <= d.day, false) AS held,
        s.statement_no > 0 AND coalesce(s.stakeholder = 'community'
            AND s.held_on > d.day - INTERVAL 12 MONTH AND s.held_on <= d.day, false) AS said,
        s.sentiment
    FROM stakeholder_consultations AS s
    SEMI JOIN touched AS t ON t.institution_id = s.institution_id
    JOIN calendar AS d
        ON d.institution_id = s.institution_id AND least(s.planned_on, s.held_on) <= d.day
        AND greatest(s.planned_on, s.held_on) > d.day - INTERVAL 12 MONTH
)
SELECT
    institution_id,
    day AS period,
    'main' AS cut,
    branch_id,
    sum(if(planned, 1, 0)) AS consultations_planned,
    sum(if(planned AND held, 1, 0)) AS consultations_kept,
    sum(if(said, 1, 0)) AS statements_made,
    sum(if(said AND sentiment IS NOT NULL, 1, 0)) AS statements_coded,
    sum(if(said AND coalesce(sentiment > 0, false), 1, 0)) AS statements_positive,
    sum(if(said AND coalesce(sentiment < 0, false), 1, 0)) AS statements_negative
FROM line
GROUP BY ALL
