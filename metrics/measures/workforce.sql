/*
summary = "Staff at each month-end, and who left since the one before."
table   = "staff"
dims    = ["branch_id"]
every_month = true       # one list of people tells every month

[stocks]
personnel         = "staff.staff_id"
personnel_women   = "staff.gender"
personnel_gender_known = "staff.gender"
loan_officers     = "staff.role"
loan_officers_women = "staff.gender"
loan_officers_gender_known = "staff.gender"
managers          = "staff.role"
managers_women    = "staff.gender"
managers_gender_known = "staff.gender"
paid_women        = "staff.monthly_salary"
paid_men          = "staff.monthly_salary"
hourly_pay_women  = "staff.monthly_salary"
hourly_pay_men    = "staff.monthly_salary"

[flows]
exits             = "staff.left_on"
exits_loan_officers = "staff.left_on"
*/
WITH days AS (
    -- Who came and went between two days counted stands on neither, yet left.
    SELECT
        institution_id, day,
        coalesce(lag(day) OVER (PARTITION BY institution_id ORDER BY day), last_day(day - INTERVAL 1 MONTH)) AS before
    FROM calendar
),
people AS (
    SELECT
        s.institution_id,
        d.day,
        s.branch_id,
        s.role,
        s.gender,
        s.gender IN ('F', 'M', 'X') AS gender_known,
        s.left_on IS NULL OR s.left_on > d.day AS here,
        coalesce(s.left_on > d.before AND s.left_on <= d.day, false) AS gone,
        if(s.monthly_salary > 0 AND coalesce(s.weekly_hours, 40) > 0,
            s.monthly_salary::DOUBLE * 12 / (52 * coalesce(s.weekly_hours, 40)), NULL) AS hourly_pay
    FROM staff AS s
    SEMI JOIN touched AS t ON t.institution_id = s.institution_id
    JOIN days AS d ON d.institution_id = s.institution_id AND s.joined_on <= d.day
)
SELECT
    institution_id,
    day AS period,
    'main' AS cut,
    branch_id,
    sum(if(here, 1, 0)) AS personnel,
    sum(if(here AND gender = 'F', 1, 0)) AS personnel_women,
    sum(if(here AND gender_known, 1, 0)) AS personnel_gender_known,
    if(count(role) = 0, NULL, sum(if(here AND role = 'loan_officer', 1, 0))) AS loan_officers,
    sum(if(here AND role = 'loan_officer' AND gender = 'F', 1, 0)) AS loan_officers_women,
    sum(if(here AND role = 'loan_officer' AND gender_known, 1, 0)) AS loan_officers_gender_known,
    if(count(role) = 0, NULL, sum(if(here AND role IN ('manager', 'executive'), 1, 0))) AS managers,
    sum(if(here AND role IN ('manager', 'executive') AND gender = 'F', 1, 0)) AS managers_women,
    sum(if(here AND role IN ('manager', 'executive') AND gender_known, 1, 0)) AS managers_gender_known,
    sum(if(here AND gender = 'F' AND hourly_pay IS NOT NULL, 1, NULL)) AS paid_women,
    sum(if(here AND gender = 'M' AND hourly_pay IS NOT NULL, 1, NULL)) AS paid_men,
    sum(if(here AND gender = 'F', hourly_pay, NULL)) AS hourly_pay_women,
    sum(if(here AND gender = 'M', hourly_pay, NULL)) AS hourly_pay_men,
    sum(if(gone, 1, 0)) AS exits,
    if(count(role) = 0, NULL, sum(if(gone AND role = 'loan_officer', 1, 0))) AS exits_loan_officers
FROM people
GROUP BY ALL
