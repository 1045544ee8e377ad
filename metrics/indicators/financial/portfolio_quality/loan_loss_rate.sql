/*
title         = "Loan loss rate"
short         = "Loan losses"
plain         = "Loans lost after recoveries"
unit          = "%"
better        = "lower"
goalposts     = [0.06, 0.0]
limits        = { amber = 0.02, red = 0.04 }
units         = ["institution", "branch", "product"]
people        = "clients"
summary       = "Write-offs less recoveries in 12 months over the average loan portfolio; can be negative when recoveries exceed write-offs."
risk          = ["credit"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 2,723 published ratios"
limits_source = "MIX median 0.19 %, 75th percentile 1.0 %"

[fr]
title   = "Taux de perte sur prêts"
short   = "Pertes nettes"
plain   = "Prêts perdus après recouvrement"
summary = "Passages en pertes moins recouvrements en 12 mois sur l'encours moyen ; peut être négatif."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 2 723 ratios publiés"
limits_source = "médiane MIX 0,19 %, 75e centile 1,0 %"

[es]
title   = "Índice de pérdida de préstamos"
short   = "Pérdidas netas"
plain   = "Préstamos perdidos tras recuperaciones"
summary = "Castigos menos recuperaciones en 12 meses sobre la cartera promedio de préstamos; puede ser negativo si las recuperaciones superan los castigos."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 2.723 índices publicados"
limits_source = "MIX, mediana: 0,19 %, percentil 75: 1,0 %"

[example]
loan_flows_12m = [
    {unit = "North", write_offs = 25.0, recoveries = 5.0, months = 12},
    {unit = "South", write_offs = 10.0, recoveries = 10.0, months = 12},
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
    (write_offs - recoveries) * if(annualised, 12.0 / loan_flows_12m.months, 1)
    / nullif(if(two_point_averages, (glp + start_glp) / 2, average_glp), 0) AS value,
    active_loans AS n
FROM portfolio_12m LEFT JOIN loan_flows_12m USING (period, unit), settings
