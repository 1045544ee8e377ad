/*
summary = "Staff at each month-end, and who left in the month."
table   = "staff"
dims    = ["branch_id"]
every_month = true       # one list of people tells every month

[stocks]
personnel         = "staff.staff_id"
personnel_women   = "staff.gender"
personnel_gender_known = "staff.gender"
loan_officers     = "staff.role"
managers          = "staff.role"
managers_women    = "staff.gender"

[flows]
exits             = "staff.left_on"
*/
SELECT
    s.institution_id,
    d.day AS period,
    'main' AS cut,
    s.branch_id,
    count_if(s.left_on IS NULL OR s.left_on > d.day) AS personnel,
    count_if((s.left_on IS NULL OR s.left_on > d.day) AND s.gender = 'F') AS personnel_women,
    count_if((s.left_on IS NULL OR s.left_on > d.day) AND s.gender IN ('F', 'M', 'X')) AS personnel_gender_known,
    if(count(s.role) = 0, NULL, count_if((s.left_on IS NULL OR s.left_on > d.day) AND s.role = 'loan_officer'))
        AS loan_officers,
    if(count(s.role) = 0, NULL,
        count_if((s.left_on IS NULL OR s.left_on > d.day) AND s.role IN ('manager', 'executive'))) AS managers,
    count_if((s.left_on IS NULL OR s.left_on > d.day) AND s.role IN ('manager', 'executive') AND s.gender = 'F')
        AS managers_women,
    count_if(s.left_on <= d.day AND last_day(s.left_on) = d.month) AS exits
FROM staff AS s
SEMI JOIN touched AS t ON t.institution_id = s.institution_id
JOIN calendar AS d ON d.institution_id = s.institution_id AND s.joined_on <= d.day
GROUP BY ALL
