/*
summary = "Covenants at each date of test: how many, how many broken, and the smallest headroom."
table   = "covenants"
dims    = []
every_month = true

[stocks]
covenants_tested  = "covenants.limit_value"
covenants_broken  = "covenants.actual_value"
smallest_headroom = "covenants.actual_value"

[flows]
*/
WITH tested AS (
    SELECT
        c.institution_id,
        c.as_of,
        if(c.better = 'lower', c.limit_value - c.actual_value, c.actual_value - c.limit_value) AS room,
        abs(c.limit_value) AS size
    FROM covenants AS c
    SEMI JOIN touched AS t ON t.institution_id = c.institution_id
    QUALIFY c.as_of = max(c.as_of) OVER (PARTITION BY c.institution_id, last_day(c.as_of))
)
SELECT
    institution_id,
    last_day(as_of) AS period,
    'main' AS cut,
    count(*) AS covenants_tested,
    sum(if(room < 0, 1, 0)) AS covenants_broken,
    -- A limit of zero has no part that could be left: kept it tells nothing, broken it is broken in full.
    min(if(size > 0, room / size, if(room < 0, -1, NULL))) AS smallest_headroom
FROM tested
GROUP BY institution_id, as_of
