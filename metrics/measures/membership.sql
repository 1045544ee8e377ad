/*
summary = "Clients at each month-end, with or without a loan."
table   = "clients"
dims    = ["branch_id", "gender", "location"]
every_month = true       # one list of people tells every month

[stocks]
clients_served         = "clients.client_id"
clients_segment_known  = "clients.target_segment"
clients_in_segment     = "clients.target_segment"

[flows]
*/
SELECT
    c.institution_id,
    d.day AS period,
    'main' AS cut,
    c.branch_id,
    coalesce(c.gender::VARCHAR, 'unknown') AS gender,
    coalesce(c.location::VARCHAR, 'unknown') AS location,
    count(*) AS clients_served,
    if(count(c.target_segment) = 0, NULL, count(c.target_segment)) AS clients_segment_known,
    if(count(c.target_segment) = 0, NULL, sum(if(c.target_segment, 1, 0))) AS clients_in_segment
FROM clients AS c
SEMI JOIN touched AS t ON t.institution_id = c.institution_id
JOIN calendar AS d
    ON d.institution_id = c.institution_id
    AND (c.joined_on IS NULL OR c.joined_on <= d.day) AND (c.exited_on IS NULL OR c.exited_on > d.day)
GROUP BY ALL
