/*
title         = "Loan portfolio over assets"
short         = "Portfolio to assets"
plain         = "Portfolio over assets"
unit          = "%"
better        = "band"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Gross loan portfolio over total assets, both from the ledger. Two readings: low leaves assets idle, high leaves little cash at hand."
risk          = ["liquidity", "efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,694 published ratios"
limits_source = "no line set; MIX 25th percentile 71.8 %, median 82.9 %, 75th percentile 90.8 %"

[fr]
title         = "Encours sur actif"
short         = "Encours sur actif"
plain         = "Encours sur actif"
summary       = "Encours brut de crédit sur total de l'actif, tous deux du grand livre. Deux lectures : bas, des actifs restent oisifs ; haut, peu de liquidités."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 694 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 71,8 %, médiane 82,9 %, 75e centile 90,8 %"

[es]
title   = "Cartera de préstamos sobre activos"
short   = "Cartera/activos"
plain   = "Cartera sobre activos"
summary = "Cartera bruta de préstamos sobre activos totales, ambos según la contabilidad. Dos lecturas: bajo deja activos ociosos; alto deja poco efectivo a mano."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.694 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 71,8 %, mediana: 82,9 %, percentil 75: 90,8 %"

[example]
ledger = [
    {unit = "Alpha", ledger_glp = 800.0, assets = 1000.0},
    {unit = "Beta", ledger_glp = 0.0, assets = 500.0},
]
expect = {Alpha = 0.8, Beta = 0.0}
*/
SELECT
    period,
    unit,
    ledger_glp / nullif(assets, 0) AS value,
    NULL AS n
FROM ledger
