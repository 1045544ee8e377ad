/*
title         = "Capital to assets ratio"
short         = "Capital"
plain         = "Equity over assets"
unit          = "%"
better        = "higher"
goalposts     = [0.05, 0.25]
limits        = { amber = 0.15, red = 0.08 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Equity over total assets; negative where losses have used up the equity."
risk          = ["solvency"]
standard      = ["IRIS+ FP5317", "MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,696 published ratios"
limits_source = "PEARLS institutional capital 10 %"

[fr]
title         = "Fonds propres sur actif"
short         = "Fonds propres"
plain         = "Fonds propres sur actif"
summary       = "Fonds propres sur total de l'actif ; négatif quand les pertes ont absorbé les fonds propres."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 696 ratios publiés"
limits_source = "capital institutionnel PEARLS 10 %"

[es]
title   = "Índice de patrimonio sobre activos"
short   = "Patrimonio"
plain   = "Patrimonio sobre activos"
summary = "Patrimonio sobre activos totales; negativo si las pérdidas consumieron el patrimonio."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.696 índices publicados"
limits_source = "capital institucional de PEARLS: 10 %"

[example]
ledger = [
    {unit = "Alpha", equity = 150.0, assets = 1000.0},
    {unit = "Beta", equity = 0.0, assets = 500.0},
]
expect = {Alpha = 0.15, Beta = 0.0}
*/
SELECT
    period,
    unit,
    equity / nullif(assets, 0) AS value,
    NULL AS n
FROM ledger
