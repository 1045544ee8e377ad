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
limits_source = "default, to be set by your board"

[fr]
title   = "Taux de réclamations"
short   = "Réclamations"
plain   = "Réclamations par client"
summary = "Réclamations reçues en 12 mois sur emprunteurs actifs moyens. Presque zéro peut signifier que le canal ne sert pas."
source  = "Réclamations enregistrées sur clients de la période"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Índice de reclamos"
short   = "Reclamos"
plain   = "Reclamos por cliente"
summary = "Reclamos recibidos en 12 meses sobre los prestatarios activos promedio. Un valor cercano a cero puede significar que el canal no se usa."
source  = "Reclamos registrados sobre clientes en el período"
limits_source = "valor predeterminado; lo fija su junta directiva"

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
SELECT
    period,
    unit,
    received * if(annualised, 12.0 / grievances_12m.months, 1)
        / nullif(if(two_point_averages, (active_borrowers + start_active_borrowers) / 2, average_active_borrowers), 0)
        AS value,
    active_borrowers AS n
FROM portfolio_12m LEFT JOIN grievances_12m USING (period, unit), settings
