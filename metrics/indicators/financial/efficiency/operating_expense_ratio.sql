/*
title         = "Operating expense ratio"
short         = "Operating expense"
plain         = "Operating expense over portfolio"
unit          = "%"
better        = "lower"
goalposts     = [0.45, 0.05]
limits        = { amber = 0.25, red = 0.35 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Operating expense over the average loan portfolio, 12 months. Small loans cost more: read it beside the loan size."
risk          = ["efficiency"]
standard      = ["IRIS+ FP8569", "MFRS 2010 R7"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,545 published ratios"
limits_source = "MIX median 14.1 %, 75th percentile 21.6 %"

[fr]
title         = "Ratio de charges d'exploitation"
short         = "Charges d'exploitation"
plain         = "Charges d'exploitation sur encours"
summary       = "Charges d'exploitation sur l'encours moyen, 12 mois. Les petits prêts coûtent plus cher : à lire avec la taille des prêts."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 545 ratios publiés"
limits_source = "médiane MIX 14,1 %, 75e centile 21,6 %"

[es]
title   = "Índice de gastos operativos"
short   = "Gastos op./cartera"
plain   = "Gastos operativos sobre cartera"
summary = "Gastos operativos sobre la cartera promedio de préstamos, 12 meses. Los préstamos pequeños cuestan más: léase junto al tamaño del préstamo."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.545 índices publicados"
limits_source = "MIX, mediana: 14,1 %, percentil 75: 21,6 %"

[example]
ledger_12m = [
    {unit = "Alpha", operating_expense = 250.0, months = 12},
    {unit = "Beta", operating_expense = 0.0, months = 12},
]
portfolio_12m = [
    {unit = "Alpha", average_glp = 1000.0, active_borrowers = 10},
    {unit = "Beta", average_glp = 500.0, active_borrowers = 5},
]
expect = {Alpha = 0.25, Beta = 0.0}
*/
SELECT
    period,
    unit,
    operating_expense * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (glp + start_glp) / 2, average_glp), 0) AS value,
    active_borrowers AS n
FROM portfolio_12m LEFT JOIN ledger_12m USING (period, unit), settings
