/*
title         = "Write-off ratio"
short         = "Write-offs"
plain         = "Loans written off"
unit          = "%"
better        = "lower"
goalposts     = [0.06, 0.0]
limits        = { amber = 0.02, red = 0.04 }
units         = ["institution", "branch", "product"]
people        = "clients"
summary       = "Value of loans written off in 12 months over the average loan portfolio; annualised where fewer months are known."
risk          = ["credit"]
standard      = ["IRIS+ FP9717", "MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,231 published ratios"
limits_source = "MIX median 0.43 %, 75th percentile 1.45 %"

[fr]
title   = "Taux de passage en pertes"
short   = "Pertes"
plain   = "Prêts passés en pertes"
summary = "Valeur des prêts passés en pertes en 12 mois sur l'encours moyen ; annualisée si moins de mois sont connus."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 231 ratios publiés"
limits_source = "médiane MIX 0,43 %, 75e centile 1,45 %"

[es]
title   = "Índice de castigos"
short   = "Castigos"
plain   = "Préstamos castigados"
summary = "Valor de los préstamos castigados en 12 meses sobre la cartera promedio de préstamos; anualizado si se conocen menos meses."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.231 índices publicados"
limits_source = "MIX, mediana: 0,43 %, percentil 75: 1,45 %"

[example]
loan_flows_12m = [
    {unit = "North", write_offs = 20.0, months = 12},
    {unit = "South", write_offs = 0.0, months = 12},
]
portfolio_12m = [
    {unit = "North", average_glp = 1000.0, active_loans = 10},
    {unit = "South", average_glp = 400.0, active_loans = 5},
]
expect = {North = 0.02, South = 0.0}
*/
SELECT
    period,
    unit,
    write_offs * if(annualised, 12.0 / loan_flows_12m.months, 1)
    / nullif(if(two_point_averages, (glp + start_glp) / 2, average_glp), 0) AS value,
    active_loans AS n
FROM portfolio_12m LEFT JOIN loan_flows_12m USING (period, unit), settings
