/*
summary = "Survey answers of each month. An answer counts with its survey weight; n counts people. No answer is not a no."
table   = "client_surveys"
dims    = ["branch_id", "product_id", "gender", "location", "age_band"]

[stocks]

[flows]
nps_n                 = "client_surveys.answer_num"
nps_answers           = "client_surveys.answer_num"
promoters             = "client_surveys.answer_num"
detractors            = "client_surveys.answer_num"
life_n                = "client_surveys.answer_code"
life_answers          = "client_surveys.answer_code"
life_much_improved    = "client_surveys.answer_code"
life_slightly_improved = "client_surveys.answer_code"
life_worse            = "client_surveys.answer_code"
*/
WITH answer AS (
    SELECT
        s.institution_id,
        last_day(s.answered_on) AS period,
        coalesce(s.branch_id, c.branch_id) AS branch_id,
        s.product_id,
        coalesce(c.gender::VARCHAR, s.gender::VARCHAR, 'unknown') AS gender,
        coalesce(c.location::VARCHAR, s.location::VARCHAR, 'unknown') AS location,
        CASE
            WHEN c.birth_date IS NULL THEN coalesce(s.age_band::VARCHAR, 'unknown')
            WHEN date_sub('year', c.birth_date, s.answered_on) < 25 THEN 'under_25'
            WHEN date_sub('year', c.birth_date, s.answered_on) < 35 THEN '25_34'
            WHEN date_sub('year', c.birth_date, s.answered_on) < 50 THEN '35_49'
            WHEN date_sub('year', c.birth_date, s.answered_on) < 65 THEN '50_64'
            ELSE '65_plus'
        END AS age_band,
        coalesce(s.weight, 1) AS weight,
        s.question_key = 'nps' AND s.answer_num BETWEEN 0 AND 10 AS is_nps,
        s.question_key = 'quality_of_life' AND s.answer_code IS NOT NULL AS is_life,
        s.answer_num,
        s.answer_code
    FROM client_surveys AS s
    JOIN touched AS t ON t.institution_id = s.institution_id AND t.month = last_day(s.answered_on)
    LEFT JOIN clients AS c ON c.institution_id = s.institution_id AND c.client_id = s.client_id
)
SELECT
    institution_id,
    period,
    if(grouping(age_band) = 0, 'age_band', 'main') AS cut,
    branch_id, product_id, gender, location, age_band,
    count_if(is_nps) AS nps_n,
    sum(if(is_nps, weight, 0)) AS nps_answers,
    sum(if(is_nps AND answer_num >= 9, weight, 0)) AS promoters,
    sum(if(is_nps AND answer_num <= 6, weight, 0)) AS detractors,
    count_if(is_life) AS life_n,
    sum(if(is_life, weight, 0)) AS life_answers,
    sum(if(is_life AND answer_code = 'very_much_improved', weight, 0)) AS life_much_improved,
    sum(if(is_life AND answer_code = 'slightly_improved', weight, 0)) AS life_slightly_improved,
    sum(if(is_life AND answer_code IN ('slightly_worse', 'much_worse'), weight, 0)) AS life_worse
FROM answer
GROUP BY GROUPING SETS (
    (institution_id, period, branch_id, product_id, gender, location),
    (institution_id, period, branch_id, product_id, age_band)
)
