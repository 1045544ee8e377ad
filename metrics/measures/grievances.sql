/*
summary = "Complaints of each month: received, and those whose standard of N days ended in the month, with how many were closed by then."
table   = "complaints"
dims    = ["branch_id", "product_id", "gender", "location"]
every_month = true       # a deadline falls in a later month than its complaint

[stocks]

[flows]
received            = "complaints.received_on"
received_collection = "complaints.category"
due_15              = "complaints.closed_on"
due_30              = "complaints.closed_on"
due_60              = "complaints.closed_on"
closed_in_15        = "complaints.closed_on"
closed_in_30        = "complaints.closed_on"
closed_in_60        = "complaints.closed_on"
*/
WITH complaint AS (
    SELECT
        x.institution_id,
        x.branch_id,
        x.product_id,
        coalesce(c.gender::VARCHAR, 'unknown') AS gender,
        coalesce(c.location::VARCHAR, 'unknown') AS location,
        x.category,
        x.received_on,
        x.closed_on,
        (SELECT max(d.day) FROM calendar AS d WHERE d.institution_id = x.institution_id) AS known_until
    FROM complaints AS x
    SEMI JOIN touched AS t ON t.institution_id = x.institution_id
    LEFT JOIN clients AS c ON c.institution_id = x.institution_id AND c.client_id = x.client_id
),
event AS (
    -- 0 stands for the day of receipt, the others for the day on which a standard of so many days ends.
    SELECT *, s.days, received_on + s.days::INTEGER AS happened_on
    FROM complaint, (VALUES (0), (15), (30), (60)) AS s (days)
    WHERE s.days = 0 OR received_on + s.days::INTEGER <= known_until
)
SELECT
    institution_id,
    last_day(happened_on) AS period,
    'main' AS cut,
    branch_id, product_id, gender, location,
    count_if(days = 0) AS received,
    count_if(days = 0 AND category = 'collection_conduct') AS received_collection,
    count_if(days = 15) AS due_15,
    count_if(days = 30) AS due_30,
    count_if(days = 60) AS due_60,
    count_if(days = 15 AND coalesce(closed_on <= happened_on, false)) AS closed_in_15,
    count_if(days = 30 AND coalesce(closed_on <= happened_on, false)) AS closed_in_30,
    count_if(days = 60 AND coalesce(closed_on <= happened_on, false)) AS closed_in_60
FROM event
GROUP BY ALL
