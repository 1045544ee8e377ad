/*
summary = "The latest social audit at each month-end, if it is not older than 24 months. What is not applicable does not count."
table   = "practice_answers"
dims    = []
every_month = true       # an audit holds until the next one

[stocks]
practices_asked     = "practice_answers.answer"
practices_yes       = "practice_answers.answer"
practices_partially = "practice_answers.answer"
practices_no        = "practice_answers.answer"

[flows]
*/
WITH audit AS (
    SELECT
        p.institution_id,
        p.audit_id,
        max(p.answered_on) AS closed_on,
        sum(if(p.answer IS DISTINCT FROM 'not_applicable', 1, 0)) AS asked,
        sum(if(coalesce(p.answer = 'yes', false), 1, 0)) AS yes,
        sum(if(coalesce(p.answer = 'partially', false), 1, 0)) AS partially,
        sum(if(coalesce(p.answer = 'no', false), 1, 0)) AS no
    FROM practice_answers AS p
    SEMI JOIN touched AS t ON t.institution_id = p.institution_id
    GROUP BY p.institution_id, p.audit_id
)
SELECT
    a.institution_id,
    d.day AS period,
    'main' AS cut,
    a.asked AS practices_asked,
    a.yes AS practices_yes,
    a.partially AS practices_partially,
    a.no AS practices_no
FROM audit AS a
JOIN calendar AS d
    ON d.institution_id = a.institution_id AND a.closed_on <= d.day AND a.closed_on > d.day - INTERVAL 24 MONTH
QUALIFY row_number() OVER (PARTITION BY a.institution_id, d.day ORDER BY a.closed_on DESC, a.audit_id DESC) = 1
