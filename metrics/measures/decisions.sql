/*
summary = "Loan applications decided in each month. One that the applicant withdrew was not decided."
table   = "applications"
dims    = ["branch_id", "product_id"]
every_month = true

[stocks]

[flows]
decided        = "applications.decision"
decided_women  = "applications.gender"
decided_men    = "applications.gender"
approved_women = "applications.gender"
approved_men   = "applications.gender"
*/
WITH application AS (
    SELECT
        a.institution_id,
        last_day(a.decided_on) AS month,
        a.branch_id,
        a.product_id,
        a.decision = 'approved' AS approved,
        if(coalesce(a.gender, 'unknown') = 'unknown', coalesce(c.gender::VARCHAR, ''), a.gender::VARCHAR) AS sex
    FROM applications AS a
    SEMI JOIN touched AS t ON t.institution_id = a.institution_id
    LEFT JOIN clients AS c ON c.institution_id = a.institution_id AND c.client_id = a.client_id
    WHERE a.decided_on IS NOT NULL AND a.decision IN ('approved', 'rejected')
)
SELECT
    institution_id,
    month AS period,
    'main' AS cut,
    branch_id, product_id,
    count(*) AS decided,
    sum(if(sex = 'F', 1, 0)) AS decided_women,
    sum(if(sex = 'M', 1, 0)) AS decided_men,
    sum(if(sex = 'F' AND approved, 1, 0)) AS approved_women,
    sum(if(sex = 'M' AND approved, 1, 0)) AS approved_men
FROM application
GROUP BY ALL
