/*
summary = "Complaints open at each month-end, and those open longer than each standard. One never closed stays open."
table   = "complaints"
dims    = ["branch_id", "product_id", "gender", "location"]
every_month = true

[stocks]
open_complaints = "complaints.received_on"
open_over_15    = "complaints.received_on"
open_over_30    = "complaints.received_on"
open_over_60    = "complaints.received_on"

[flows]
*/
SELECT
    x.institution_id,
    d.day AS period,
    'main' AS cut,
    x.branch_id,
    x.product_id,
    coalesce(c.gender::VARCHAR, 'unknown') AS gender,
    coalesce(c.location::VARCHAR, 'unknown') AS location,
    count(*) AS open_complaints,
    sum(if(d.day - x.received_on > 15, 1, 0)) AS open_over_15,
    sum(if(d.day - x.received_on > 30, 1, 0)) AS open_over_30,
    sum(if(d.day - x.received_on > 60, 1, 0)) AS open_over_60
FROM complaints AS x
SEMI JOIN touched AS t ON t.institution_id = x.institution_id
JOIN calendar AS d
    ON d.institution_id = x.institution_id
    AND x.received_on <= d.day AND (x.closed_on IS NULL OR x.closed_on > d.day)
LEFT JOIN clients AS c ON c.institution_id = x.institution_id AND c.client_id = x.client_id
GROUP BY ALL
