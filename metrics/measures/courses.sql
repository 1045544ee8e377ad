/*
summary = "Hours of training of each month."
table   = "training"
dims    = ["branch_id"]
every_month = true

[stocks]

[flows]
training_hours            = "training.hours"
training_hours_protection = "training.topic"
*/
SELECT
    x.institution_id,
    last_day(x.held_on) AS period,
    'main' AS cut,
    coalesce(x.branch_id, s.branch_id) AS branch_id,
    sum(x.hours) AS training_hours,
    if(count(x.topic) = 0, NULL, sum(if(x.topic = 'client_protection', x.hours, 0))) AS training_hours_protection
FROM training AS x
SEMI JOIN touched AS t ON t.institution_id = x.institution_id
LEFT JOIN staff AS s ON s.institution_id = x.institution_id AND s.staff_id = x.staff_id
GROUP BY ALL
