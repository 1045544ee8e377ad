/*
title         = "Financial expense over assets"
short         = "Funding cost to assets"
plain         = "Financial expense over assets"
unit          = "%"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Financial expense on funding over average assets, 12 months."
risk          = ["funding"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,277 published ratios"
limits_source = "no line set; MIX 25th percentile 3.0 %, median 5.8 %, 75th percentile 9.2 %"

[fr]
title         = "Charges financières sur actif"
short         = "Ch. fin. sur actif"
plain         = "Charges financières sur actif"
summary       = "Charges financières sur l'actif moyen, 12 mois."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 277 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 3,0 %, médiane 5,8 %, 75e centile 9,2 %"

[es]
title   = "Gastos financieros sobre activos"
short   = "Gastos fin./activos"
plain   = "Gastos financieros sobre activos"
summary = "Gastos financieros por fondeo sobre activos promedio, 12 meses."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.277 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 3,0 %, mediana: 5,8 %, percentil 75: 9,2 %"

[example]
ledger_12m = [
    {unit = "Alpha", financial_expense = 100.0, average_assets = 1000.0, months = 12},
    {unit = "Beta", financial_expense = 0.0, average_assets = 800.0, months = 12},
]
expect = {Alpha = 0.1, Beta = 0.0}
*/
SELECT
    period,
    unit,
    financial_expense * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (assets + start_assets) / 2, average_assets), 0) AS value,
    NULL AS n
FROM ledger_12m, settings
