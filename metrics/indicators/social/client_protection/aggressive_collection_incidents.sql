/*
title         = "Abusive-collection complaints per 10,000 borrowers"
short         = "Abusive collection"
plain         = "Complaints of abusive collection"
unit          = "count"
better        = "lower"
goalposts     = [20.0, 0.0]
limits        = { amber = 5.0, red = 10.0 }
units         = ["institution", "branch", "product", "segment"]
people        = "none"
summary       = "Complaints about how debts are collected, received in 12 months, per 10,000 average active borrowers. Any case that is upheld deserves a look whatever the rate."
risk          = ["conduct", "reputation"]
standard      = ["USSEPM 4C"]
source        = "Complaints of the category collection conduct"
limits_source = "default, to be set by your board"

[fr]
title   = "Réclamations pour recouvrement abusif par 10 000 emprunteurs"
short   = "Recouvrement abusif"
plain   = "Réclamations pour recouvrement abusif"
summary = "Réclamations sur la manière de recouvrer, reçues en 12 mois, par 10 000 emprunteurs actifs moyens. Tout cas avéré mérite un regard, quel que soit le taux."
source  = "Réclamations de la catégorie conduite du recouvrement"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Reclamos por cobranza abusiva por cada 10.000 prestatarios"
short   = "Cobranza abusiva"
plain   = "Reclamos por cobranza abusiva"
summary = "Reclamos sobre la forma de cobrar recibidos en 12 meses, por cada 10.000 prestatarios activos en promedio. Todo caso confirmado merece atención, sea cual sea la tasa."
source  = "Reclamos de la categoría conducta de cobranza"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
grievances_12m = [
    {unit = "North", received_collection = 2, months = 12},
    {unit = "South", received_collection = 0, months = 12},
]
portfolio_12m = [
    {unit = "North", average_active_borrowers = 4000.0, active_borrowers = 4100},
    {unit = "South", average_active_borrowers = 400.0, active_borrowers = 410},
]
expect = {North = 5.0, South = 0.0}
*/
SELECT
    period,
    unit,
    10000 * received_collection * if(annualised, 12.0 / grievances_12m.months, 1)
        / nullif(if(two_point_averages, (active_borrowers + start_active_borrowers) / 2, average_active_borrowers), 0)
        AS value,
    active_borrowers AS n
FROM portfolio_12m LEFT JOIN grievances_12m USING (period, unit), settings
