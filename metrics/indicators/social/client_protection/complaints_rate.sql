/*
title         = "Complaints ratio"
short         = "Complaints"
plain         = "Complaints per client"
unit          = "%"
better        = "band"
goalposts     = [0.0, 0.002, 0.03, 0.1]
limits        = { amber = [0.002, 0.03] }
units         = ["institution", "branch", "product", "segment"]
people        = "none"
summary       = "Complaints received in 12 months over average active borrowers. Near zero may mean that the channel is unused."
risk          = ["conduct"]
standard      = ["IRIS+ PI5216", "IRIS+ PI2197"]
source        = "Complaints registered over clients in the period"
limits_source = "no published line"

[fr]
title   = "Taux de réclamations"
short   = "Réclamations"
plain   = "Réclamations par client"
summary = "Réclamations reçues en 12 mois sur emprunteurs actifs moyens. Presque zéro peut signifier que le canal ne sert pas."
source  = "Réclamations enregistrées sur clients de la période"
limits_source = "aucun seuil publié"

[example]
grievances_12m = [
    {unit = "North", received = 30, months = 12},
    {unit = "South", received = 0, months = 12},
]
portfolio_12m = [
    {unit = "North", average_active_borrowers = 1000.0, active_borrowers = 1000},
    {unit = "South", average_active_borrowers = 400.0, active_borrowers = 410},
]
expect = {North = 0.03, South = 0.0}
*/
WITH flow AS (
    SELECT period, unit, sum(received) AS received, max(months) AS months
    FROM grievances_12m
    GROUP BY period, unit
),
stock AS (
    SELECT period, unit, sum(average_active_borrowers) AS average, sum(active_borrowers) AS n
    FROM portfolio_12m
    GROUP BY period, unit
)
SELECT
    period,
    unit,
    received * 12.0 / months / nullif(average, 0) AS value,
    n
FROM stock LEFT JOIN flow USING (period, unit)
