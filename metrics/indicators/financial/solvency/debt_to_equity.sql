/*
title         = "Debt to equity ratio"
short         = "Debt to equity"
plain         = "Debt over equity"
unit          = "ratio"
better        = "lower"
goalposts     = [10.0, 1.0]
limits        = { amber = 6.0, red = 8.0 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Liabilities over equity. Not given where equity is zero or negative, for a negative ratio would look like little debt: read the capital ratio."
risk          = ["solvency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,677 published ratios"
limits_source = "MIX 75th percentile 5.9"

[fr]
title         = "Dettes sur fonds propres"
short         = "Levier"
plain         = "Dettes sur fonds propres"
summary       = "Dettes sur fonds propres. Non donné si les fonds propres sont nuls ou négatifs, car un ratio négatif ressemblerait à peu de dettes : voir le ratio de fonds propres."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 677 ratios publiés"
limits_source = "MIX 75e centile 5,9"

[es]
title   = "Índice de deuda sobre patrimonio"
short   = "Deuda/patrimonio"
plain   = "Deuda sobre patrimonio"
summary = "Pasivos sobre patrimonio. No se da si el patrimonio es cero o negativo, pues un índice negativo parecería poca deuda: véase el índice de patrimonio sobre activos."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.677 índices publicados"
limits_source = "MIX, percentil 75: 5,9"

[example]
ledger = [
    {unit = "Alpha", liabilities = 600.0, equity = 100.0},
    {unit = "Beta", liabilities = 0.0, equity = 50.0},
]
expect = {Alpha = 6.0, Beta = 0.0}
*/
SELECT
    period,
    unit,
    liabilities / nullif(greatest(equity, 0), 0) AS value,
    NULL AS n
FROM ledger
