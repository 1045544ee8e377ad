/*
summary = "Clients by name at each month-end, those who came and left in the month, and those heard in the year before: with a survey answer or a complaint of their own. Nameless voices cannot be told apart and count nobody."
table   = "clients"
dims    = ["branch_id", "gender", "location"]
every_month = true

[stocks]
named_clients    = "clients.client_id"
named_women      = "clients.gender"
named_men        = "clients.gender"
named_rural      = "clients.location"
named_not_rural  = "clients.location"
clients_heard    = "client_surveys.client_id"

[flows]
clients_joined   = "clients.joined_on"
clients_left     = "clients.exited_on"
*/
WITH listed AS (
    SELECT
        c.*,
        -- A list that never says when clients join or leave does not say that nobody did.
        count(c.joined_on) OVER (PARTITION BY c.institution_id) > 0 AS joins_known,
        count(c.exited_on) OVER (PARTITION BY c.institution_id) > 0 AS exits_known
    FROM clients AS c
    SEMI JOIN touched AS t ON t.institution_id = c.institution_id
),
voice AS (
    SELECT DISTINCT institution_id, client_id, answered_on AS heard_on FROM client_surveys WHERE client_id IS NOT NULL
    UNION
    SELECT DISTINCT institution_id, client_id, received_on FROM complaints WHERE client_id IS NOT NULL
),
heard AS (
    SELECT DISTINCT v.institution_id, v.client_id, d.month
    FROM voice AS v
    JOIN calendar AS d
        ON d.institution_id = v.institution_id
        AND v.heard_on > d.day - INTERVAL 12 MONTH AND v.heard_on <= d.day
),
speaking AS (
    SELECT DISTINCT institution_id FROM voice
),
seen AS (
    SELECT
        l.*,
        d.month,
        coalesce(l.joined_on <= d.month, true) AND coalesce(l.exited_on > d.month, true) AS here,
        date_trunc('month', l.joined_on) = date_trunc('month', d.month) AS came,
        date_trunc('month', l.exited_on) = date_trunc('month', d.month) AS went,
        h.client_id IS NOT NULL AS is_heard,
        s.institution_id IS NOT NULL AS voices_known
    FROM listed AS l
    JOIN calendar AS d
        ON d.institution_id = l.institution_id
        AND coalesce(l.joined_on <= d.month, true)
        AND coalesce(l.exited_on >= date_trunc('month', d.month), true)
    LEFT JOIN heard AS h
        ON h.institution_id = l.institution_id AND h.client_id = l.client_id AND h.month = d.month
    LEFT JOIN speaking AS s ON s.institution_id = l.institution_id
)
SELECT
    institution_id,
    month AS period,
    'main' AS cut,
    branch_id,
    coalesce(gender::VARCHAR, 'unknown') AS gender,
    coalesce(location::VARCHAR, 'unknown') AS location,
    sum(if(here, 1, 0)) AS named_clients,
    sum(if(here AND gender = 'F', 1, 0)) AS named_women,
    sum(if(here AND gender IN ('M', 'X'), 1, 0)) AS named_men,
    sum(if(here AND location = 'rural', 1, 0)) AS named_rural,
    sum(if(here AND location <> 'rural', 1, 0)) AS named_not_rural,
    if(any_value(voices_known), sum(if(here AND is_heard, 1, 0)), NULL) AS clients_heard,
    if(any_value(joins_known), sum(if(came, 1, 0)), NULL) AS clients_joined,
    if(any_value(exits_known), sum(if(went, 1, 0)), NULL) AS clients_left
FROM seen
GROUP BY ALL
