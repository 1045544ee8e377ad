/*
summary = "Adjustments of the income statement that the institution gives as parameters, a year's amount, in force at each month-end."
table   = "parameters"
dims    = []
every_month = true

[stocks]
subsidy_adjustment      = "parameters.value: subsidy_adjustment"
inflation_adjustment    = "parameters.value: inflation_adjustment"
provisioning_adjustment = "parameters.value: provisioning_adjustment"

[flows]
*/
WITH given AS (
    SELECT
        p.institution_id,
        d.day,
        arg_max(if(p.parameter = 'subsidy_adjustment', p.value, NULL), p.valid_from) AS subsidy,
        arg_max(if(p.parameter = 'inflation_adjustment', p.value, NULL), p.valid_from) AS inflation,
        arg_max(if(p.parameter = 'provisioning_adjustment', p.value, NULL), p.valid_from) AS provisioning
    FROM parameters AS p
    SEMI JOIN touched AS t ON t.institution_id = p.institution_id
    JOIN calendar AS d ON d.institution_id = p.institution_id AND p.valid_from <= d.day
    WHERE p.parameter IN ('subsidy_adjustment', 'inflation_adjustment', 'provisioning_adjustment')
    GROUP BY p.institution_id, d.day
)
SELECT
    institution_id,
    day AS period,
    'main' AS cut,
    subsidy AS subsidy_adjustment,
    inflation AS inflation_adjustment,
    provisioning AS provisioning_adjustment
FROM given
