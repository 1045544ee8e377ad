/*
title         = "Administrative expense over assets"
short         = "Admin. to assets"
plain         = "Administrative expense over assets"
unit          = "%"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Administrative expense, depreciation included, over average assets, 12 months."
risk          = ["efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,334 published ratios"
limits_source = "no line set; MIX 25th percentile 3.0 %, median 4.5 %, 75th percentile 7.1 %"

[fr]
title         = "Charges administratives sur actif"
short         = "Admin. sur actif"
plain         = "Charges administratives sur actif"
summary       = "Charges administratives, amortissements compris, sur l'actif moyen, 12 mois."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 334 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 3,0 %, médiane 4,5 %, 75e centile 7,1 %"

[es]
title   = "Gastos administrativos sobre activos"
short   = "Gastos adm./activos"
plain   = "Gastos administrativos sobre activos"
summary = "Gastos administrativos, con depreciación, sobre activos promedio, 12 meses."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.334 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 3,0 %, mediana: 4,5 %, percentil 75: 7,1 %"

[example]
ledger_12m = [
    {unit = "Alpha", administrative_expense = 80.0, average_assets = 1000.0, months = 12},
    {unit = "Beta", administrative_expense = 0.0, average_assets = 800.0, months = 12},
]
expect = {Alpha = 0.08, Beta = 0.0}
*/
SELECT
    period,
    unit,
    administrative_expense * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (assets + start_assets) / 2, average_assets), 0) AS value,
    NULL AS n
FROM ledger_12m, settings
