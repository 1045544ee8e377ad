/*
summary = "Complaints of each month: received; those whose standard of N days ended in the month, with how many were closed by then; and closed, by the days that it took."
table   = "complaints"
dims    = ["branch_id", "product_id", "gender", "location"]
every_month = true       # a deadline and an answer fall in a later month than their complaint

[stocks]

[flows]
received            = "complaints.received_on"
received_collection = "complaints.category"
received_privacy    = "complaints.category"
received_women      = "clients.gender"
received_men        = "clients.gender"
received_rural      = "clients.location"
received_not_rural  = "clients.location"
due_15              = "complaints.closed_on"
due_30              = "complaints.closed_on"
due_60              = "complaints.closed_on"
closed_in_15        = "complaints.closed_on"
closed_in_30        = "complaints.closed_on"
closed_in_60        = "complaints.closed_on"
closed              = "complaints.closed_on"
took_0              = "complaints.closed_on"
took_to_1           = "complaints.closed_on"
took_to_2           = "complaints.closed_on"
took_to_3           = "complaints.closed_on"
took_to_5           = "complaints.closed_on"
took_to_7           = "complaints.closed_on"
took_to_10          = "complaints.closed_on"
took_to_15          = "complaints.closed_on"
took_to_20          = "complaints.closed_on"
took_to_30          = "complaints.closed_on"
took_to_45          = "complaints.closed_on"
took_to_60          = "complaints.closed_on"
took_to_90          = "complaints.closed_on"
closed_asked        = "complaints.satisfied"
closed_satisfied    = "complaints.satisfied"
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
        x.satisfied,
        (SELECT max(d.day) FROM calendar AS d WHERE d.institution_id = x.institution_id) AS known_until
    FROM complaints AS x
    SEMI JOIN touched AS t ON t.institution_id = x.institution_id
    LEFT JOIN clients AS c ON c.institution_id = x.institution_id AND c.client_id = x.client_id
),
event AS (
    -- 0 stands for the day of receipt, the others for the day on which a standard of so many days ends.
    SELECT complaint.*, s.days, NULL::BIGINT AS took, received_on + s.days::INTEGER AS happened_on
    FROM complaint, (VALUES (0), (15), (30), (60)) AS s (days)
    WHERE s.days = 0 OR received_on + s.days::INTEGER <= known_until
    UNION ALL BY NAME
    -- Closed: the days that it took. A complaint still open has none and waits in no such row.
    SELECT *, greatest(closed_on - received_on, 0) AS took, closed_on AS happened_on
    FROM complaint
    WHERE closed_on IS NOT NULL
)
SELECT
    institution_id,
    last_day(happened_on) AS period,
    'main' AS cut,
    branch_id, product_id, gender, location,
    sum(if(days = 0, 1, 0)) AS received,
    sum(if(days = 0 AND category = 'collection_conduct', 1, 0)) AS received_collection,
    sum(if(days = 0 AND category = 'privacy', 1, 0)) AS received_privacy,
    sum(if(days = 0 AND gender = 'F', 1, 0)) AS received_women,
    sum(if(days = 0 AND gender IN ('M', 'X'), 1, 0)) AS received_men,
    sum(if(days = 0 AND location = 'rural', 1, 0)) AS received_rural,
    sum(if(days = 0 AND location IN ('urban', 'peri_urban'), 1, 0)) AS received_not_rural,
    sum(if(days = 15, 1, 0)) AS due_15,
    sum(if(days = 30, 1, 0)) AS due_30,
    sum(if(days = 60, 1, 0)) AS due_60,
    sum(if(days = 15 AND coalesce(closed_on <= happened_on, false), 1, 0)) AS closed_in_15,
    sum(if(days = 30 AND coalesce(closed_on <= happened_on, false), 1, 0)) AS closed_in_30,
    sum(if(days = 60 AND coalesce(closed_on <= happened_on, false), 1, 0)) AS closed_in_60,
    sum(if(took IS NOT NULL, 1, 0)) AS closed,
    sum(if(took <= 0, 1, 0)) AS took_0,
    sum(if(took <= 1, 1, 0)) AS took_to_1,
    sum(if(took <= 2, 1, 0)) AS took_to_2,
    sum(if(took <= 3, 1, 0)) AS took_to_3,
    sum(if(took <= 5, 1, 0)) AS took_to_5,
    sum(if(took <= 7, 1, 0)) AS took_to_7,
    sum(if(took <= 10, 1, 0)) AS took_to_10,
    sum(if(took <= 15, 1, 0)) AS took_to_15,
    sum(if(took <= 20, 1, 0)) AS took_to_20,
    sum(if(took <= 30, 1, 0)) AS took_to_30,
    sum(if(took <= 45, 1, 0)) AS took_to_45,
    sum(if(took <= 60, 1, 0)) AS took_to_60,
    sum(if(took <= 90, 1, 0)) AS took_to_90,
    sum(if(took IS NOT NULL AND satisfied IS NOT NULL, 1, 0)) AS closed_asked,
    sum(if(took IS NOT NULL AND satisfied, 1, 0)) AS closed_satisfied
FROM event
GROUP BY ALL
