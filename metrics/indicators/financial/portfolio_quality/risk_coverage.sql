/*
title         = "Risk coverage ratio"
short         = "Risk coverage"
plain         = "Allowance over portfolio at risk"
unit          = "%"
better        = "higher"
goalposts     = [0.3, 1.2]
limits        = { amber = 0.7, red = 0.5 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Impairment loss allowance over the portfolio at risk over 30 days. Not defined where nothing is at risk."
risk          = ["credit", "solvency"]
standard      = ["IRIS+ FP2392", "MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 2,714 published ratios"
limits_source = "MIX 25th percentile 58 %, median 98 %"

[fr]
title   = "Taux de couverture du risque"
short   = "Couverture"
plain   = "Provisions sur portefeuille à risque"
summary = "Provisions pour dépréciation sur le portefeuille à risque à plus de 30 jours. Non défini si rien n'est à risque."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 2 714 ratios publiés"
limits_source = "MIX 25e centile 58 %, médiane 98 %"

[es]
title   = "Índice de cobertura de riesgo"
short   = "Cobertura de riesgo"
plain   = "Previsiones sobre cartera en riesgo"
summary = "Previsiones por deterioro sobre la cartera en riesgo a más de 30 días. No se define si nada está en riesgo."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 2.714 índices publicados"
limits_source = "MIX, percentil 25: 58 %, mediana: 98 %"

[example]
settings = [
    {renegotiated_at_risk = true, par_from_30 = false},
]
ledger = [
    {unit = "North", allowance = 35.0},
    {unit = "South", allowance = 0.0},
]
portfolio = [
    {unit = "North", late_over_30 = 40.0, renegotiated_not_late = 10.0, glp = 1000.0},
    {unit = "South", late_over_30 = 20.0, renegotiated_not_late = 0.0, glp = 400.0},
]
expect = {North = 0.7, South = 0.0}
*/
SELECT
    period,
    unit,
    allowance / nullif(
        if(
            par_overdue_amount, overdue_over_30,
            if(par_from_30, late_from_30, late_over_30)
            + if(renegotiated_at_risk, if(par_from_30, renegotiated_not_late_from_30, renegotiated_not_late), 0)
        ), 0
    ) AS value,
    NULL AS n
FROM portfolio LEFT JOIN ledger USING (period, unit), settings
