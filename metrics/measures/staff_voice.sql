/*
summary = "Staff survey answers of each month. An answer counts with its survey weight; n counts people. No answer is not a no."
table   = "staff_surveys"
dims    = ["branch_id", "gender"]
every_month = true

[stocks]

[flows]
satisfaction_n       = "staff_surveys.answer_code"
satisfaction_answers = "staff_surveys.answer_code"
satisfaction_squares = "staff_surveys.answer_code"
staff_satisfied      = "staff_surveys.answer_code"
*/
WITH answer AS (
    SELECT
        s.institution_id,
        s.answered_on,
        s.branch_id,
        coalesce(s.gender::VARCHAR, 'unknown') AS gender,
        s.answer_code,
        coalesce(s.weight, 1) AS weight,
        s.question_key = 'satisfaction' AND coalesce(s.answer_code IN (
            'very_satisfied', 'satisfied', 'neutral', 'dissatisfied', 'very_dissatisfied'), false) AS counts
    FROM staff_surveys AS s
    SEMI JOIN touched AS t ON t.institution_id = s.institution_id
)
SELECT
    institution_id,
    last_day(answered_on) AS period,
    'main' AS cut,
    branch_id, gender,
    sum(if(counts, 1, 0)) AS satisfaction_n,
    sum(if(counts, weight, 0)) AS satisfaction_answers,
    sum(if(counts, weight * weight, 0)) AS satisfaction_squares,
    sum(if(counts AND answer_code IN ('very_satisfied', 'satisfied'), weight, 0)) AS staff_satisfied
FROM answer
GROUP BY ALL
