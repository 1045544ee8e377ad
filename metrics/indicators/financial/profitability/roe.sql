/*
title         = "Return on equity"
short         = "ROE"
plain         = "Return on equity"
unit          = "%"
better        = "higher"
goalposts     = [-0.15, 0.2]
limits        = { amber = 0.08, red = 0.0 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Net operating income after tax over average equity, 12 months. Above 25 % it may speak of prices that are too high. Not given where average equity is zero or negative: a loss over a gap would look like a return."
risk          = ["sustainability", "reputation"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,131 published ratios"
limits_source = "MIX median 10.9 %"

[fr]
title         = "Rendement des fonds propres"
short         = "ROE"
plain         = "Rendement des fonds propres"
summary       = "Résultat d'exploitation net d'impôt sur les fonds propres moyens, 12 mois. Au-delà de 25 %, il peut signaler des prix trop élevés. Non donné si les fonds propres moyens sont nuls ou négatifs : une perte rapportée à un trou ressemblerait à un gain."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 131 ratios publiés"
limits_source = "médiane MIX 10,9 %"

[es]
title   = "Retorno sobre patrimonio"
short   = "ROE"
plain   = "Retorno sobre patrimonio"
summary = "Resultado operativo neto después de impuestos sobre patrimonio promedio, 12 meses. Por encima de 25 % puede hablar de precios demasiado altos. No se da si el patrimonio promedio es cero o negativo: una pérdida sobre un déficit parecería un retorno."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.131 índices publicados"
limits_source = "MIX, mediana: 10,9 %"

[example]
ledger_12m = [
    {unit = "Alpha", net_operating_income = 25.0, tax = 5.0, average_equity = 250.0, months = 12},
    {unit = "Beta", net_operating_income = 5.0, tax = 5.0, average_equity = 200.0, months = 12},
]
expect = {Alpha = 0.08, Beta = 0.0}
*/
SELECT
    period,
    unit,
    (net_operating_income - tax) * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(greatest(if(two_point_averages, (equity + start_equity) / 2, average_equity), 0), 0) AS value,
    NULL AS n
FROM ledger_12m, settings
