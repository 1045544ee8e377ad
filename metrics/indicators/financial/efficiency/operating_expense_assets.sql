/*
title         = "Operating expense over assets"
short         = "Opex to assets"
plain         = "Operating expense over assets"
unit          = "%"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Operating expense over average assets, 12 months."
risk          = ["efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,488 published ratios"
limits_source = "no line set; MIX 25th percentile 8.0 %, median 10.9 %, 75th percentile 16.8 %"

[fr]
title         = "Charges d'exploitation sur actif"
short         = "Ch. expl. sur actif"
plain         = "Charges d'exploitation sur actif"
summary       = "Charges d'exploitation sur l'actif moyen, 12 mois."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 488 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 8,0 %, médiane 10,9 %, 75e centile 16,8 %"

[es]
title   = "Gastos operativos sobre activos"
short   = "Gastos op./activos"
plain   = "Gastos operativos sobre activos"
summary = "Gastos operativos sobre activos promedio, 12 meses."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.488 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 8,0 %, mediana: 10,9 %, percentil 75: 16,8 %"

[example]
ledger_12m = [
    {unit = "Alpha", operating_expense = 80.0, average_assets = 1000.0, months = 12},
    {unit = "Beta", operating_expense = 0.0, average_assets = 800.0, months = 12},
]
expect = {Alpha = 0.08, Beta = 0.0}
*/
SELECT
    period,
    unit,
    operating_expense * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (assets + start_assets) / 2, average_assets), 0) AS value,
    NULL AS n
FROM ledger_12m, settings
