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
    count_if(days = 0) AS received,
    count_if(days = 0 AND category = 'collection_conduct') AS received_collection,
    count_if(days = 0 AND category = 'privacy') AS received_privacy,
    count_if(days = 0 AND gender = 'F') AS received_women,
    count_if(days = 0 AND gender IN ('M', 'X')) AS received_men,
    count_if(days = 0 AND location = 'rural') AS received_rural,
    count_if(days = 0 AND location IN ('urban', 'peri_urban')) AS received_not_rural,
    count_if(days = 15) AS due_15,
    count_if(days = 30) AS due_30,
    count_if(days = 60) AS due_60,
    count_if(days = 15 AND coalesce(closed_on <= happened_on, false)) AS closed_in_15,
    count_if(days = 30 AND coalesce(closed_on <= happened_on, false)) AS closed_in_30,
    count_if(days = 60 AND coalesce(closed_on <= happened_on, false)) AS closed_in_60,
    count_if(took IS NOT NULL) AS closed,
    count_if(took <= 0) AS took_0,
    count_if(took <= 1) AS took_to_1,
    count_if(took <= 2) AS took_to_2,
    count_if(took <= 3) AS took_to_3,
    count_if(took <= 5) AS took_to_5,
    count_if(took <= 7) AS took_to_7,
    count_if(took <= 10) AS took_to_10,
    count_if(took <= 15) AS took_to_15,
    count_if(took <= 20) AS took_to_20,
    count_if(took <= 30) AS took_to_30,
    count_if(took <= 45) AS took_to_45,
    count_if(took <= 60) AS took_to_60,
    count_if(took <= 90) AS took_to_90,
    count_if(took IS NOT NULL AND satisfied IS NOT NULL) AS closed_asked,
    count_if(took IS NOT NULL AND satisfied) AS closed_satisfied
FROM event
GROUP BY ALL
