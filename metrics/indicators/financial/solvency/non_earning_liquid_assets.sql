/*
title         = "Non-earning liquid assets over assets"
short         = "Idle cash"
plain         = "Cash over assets"
unit          = "%"
better        = "band"
goalposts     = [0.01, 0.05, 0.2, 0.4]
limits        = { amber = [0.05, 0.2] }
units         = ["institution", "branch"]
people        = "none"
summary       = "Cash and bank balances over total assets. Two readings: too little cannot meet a bad week, too much earns nothing."
risk          = ["liquidity"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,640 published ratios"
limits_source = "MIX 25th percentile 5.8 %, median 10.7 %, 75th percentile 17.9 %"

[fr]
title         = "Liquidités non productives sur actif"
short         = "Liquidités oisives"
plain         = "Liquidités sur actif"
summary       = "Caisse et banques sur total de l'actif. Deux lectures : trop peu ne tient pas une mauvaise semaine, trop ne rapporte rien."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 640 ratios publiés"
limits_source = "MIX : 25e centile 5,8 %, médiane 10,7 %, 75e centile 17,9 %"

[es]
title   = "Activos líquidos no productivos sobre activos"
short   = "Efectivo ocioso"
plain   = "Efectivo sobre activos"
summary = "Efectivo y saldos bancarios sobre activos totales. Dos lecturas: muy poco no alcanza para una mala semana; demasiado no gana nada."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.640 índices publicados"
limits_source = "MIX, percentil 25: 5,8 %, mediana: 10,7 %, percentil 75: 17,9 %"

[example]
ledger = [
    {unit = "Alpha", cash = 200.0, assets = 1000.0},
    {unit = "Beta", cash = 0.0, assets = 500.0},
]
expect = {Alpha = 0.2, Beta = 0.0}
*/
SELECT
    period,
    unit,
    cash / nullif(assets, 0) AS value,
    NULL AS n
FROM ledger
