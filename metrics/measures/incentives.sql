/*
summary = "The part of loan officers' bonus that social and quality results decide, as the institution states it."
table   = "parameters"
dims    = []
every_month = true       # a parameter holds until the next one

[stocks]
bonus_rules        = "parameters.incentive_social_share"
bonus_social_share = "parameters.incentive_social_share"

[flows]
*/
SELECT
    p.institution_id,
    d.day AS period,
    'main' AS cut,
    1 AS bonus_rules,
    arg_max(p.value, p.valid_from) AS bonus_social_share
FROM parameters AS p
SEMI JOIN touched AS t ON t.institution_id = p.institution_id
JOIN calendar AS d ON d.institution_id = p.institution_id AND p.valid_from <= d.day
WHERE p.parameter = 'incentive_social_share' AND p.value BETWEEN 0 AND 1
GROUP BY ALL
