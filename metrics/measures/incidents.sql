/*
summary = "Incidents by month, and the months that the register covers: none in such a month is zero, not unknown."
table   = "incidents"
dims    = ["branch_id"]
every_month = true       # one register tells every month from its first case on

[stocks]

[flows]
incidents_known   = "incidents.happened_on"
incidents_all     = "incidents.kind"
fraud_cases       = "incidents.kind"
fraud_loss        = "incidents.amount_lost"
fraud_unsized     = "incidents.amount_lost"
privacy_incidents = "incidents.kind"
privacy_clients   = "incidents.clients_affected"
privacy_unsized   = "incidents.clients_affected"
staff_cases       = "incidents.kind"
*/
WITH happened AS (
    SELECT
        i.institution_id,
        last_day(i.happened_on) AS month,
        i.branch_id,
        1 AS cases,
        i.kind,
        coalesce(i.confirmed, false) AS confirmed,
        i.amount_lost::DOUBLE AS amount_lost,
        i.clients_affected
    FROM incidents AS i
    SEMI JOIN touched AS t ON t.institution_id = i.institution_id
),
register AS (
    SELECT institution_id, min(month) AS first FROM happened GROUP BY institution_id
),
-- A row of no case for each month of the register, so that a quiet month is known.
covered AS (
    SELECT institution_id, month, branch_id, cases, kind, confirmed, amount_lost, clients_affected, 0 AS known
    FROM happened
    UNION ALL
    SELECT d.institution_id, d.month, NULL, 0, NULL, false, NULL, NULL, 1
    FROM calendar AS d
    JOIN register AS r ON r.institution_id = d.institution_id AND d.month >= r.first
)
SELECT
    institution_id,
    month AS period,
    'main' AS cut,
    branch_id,
    sum(known) AS incidents_known,
    sum(cases) AS incidents_all,
    sum(if(kind = 'fraud', 1, 0)) AS fraud_cases,
    sum(if(kind = 'fraud' AND confirmed, coalesce(amount_lost, 0), 0)) AS fraud_loss,
    -- Cases of unknown size are counted, so that a sum that leaves them out is not taken for the whole.
    sum(if(kind = 'fraud' AND confirmed AND amount_lost IS NULL, 1, 0)) AS fraud_unsized,
    sum(if(kind = 'data_privacy', 1, 0)) AS privacy_incidents,
    sum(if(kind = 'data_privacy', coalesce(clients_affected, 0), 0)) AS privacy_clients,
    sum(if(kind = 'data_privacy' AND clients_affected IS NULL, 1, 0)) AS privacy_unsized,
    sum(if(kind IN ('harassment', 'safety'), 1, 0)) AS staff_cases
FROM covered
GROUP BY institution_id, month, branch_id
