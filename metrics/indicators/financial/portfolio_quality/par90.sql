/*
title         = "Portfolio at risk over 90 days"
short         = "PAR90"
plain         = "Loans over 90 days late (PAR90)"
unit          = "%"
better        = "lower"
goalposts     = [0.08, 0.0]
limits        = { amber = 0.035, red = 0.05 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Share of the loan portfolio in loans with a payment more than 90 days late, with all renegotiated loans if the policy says so."
risk          = ["credit"]
standard      = ["IRIS+ FP6373", "MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 2,824 published ratios"
limits_source = "PEARLS delinquency goal 5 %"

[fr]
title   = "Portefeuille à risque à plus de 90 jours"
short   = "PAR90"
plain   = "Prêts en retard de plus de 90 jours (PAR90)"
summary = "Part de l'encours des prêts dont un paiement a plus de 90 jours de retard, avec tous les prêts rééchelonnés si la politique le dit."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 2 824 ratios publiés"
limits_source = "objectif PEARLS de retard 5 %"

[es]
title   = "Cartera en riesgo a más de 90 días"
short   = "PAR90"
plain   = "Préstamos con más de 90 días de atraso (PAR90)"
summary = "Parte de la cartera en préstamos con un pago atrasado más de 90 días, con todos los préstamos reprogramados si la política lo dice."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 2.824 índices publicados"
limits_source = "meta de morosidad de PEARLS: 5 %"

[example]
settings = [
    {renegotiated_at_risk = true, par_from_30 = false},
]
portfolio = [
    {unit = "North", glp = 1000.0, late_over_90 = 40.0, renegotiated_not_late_90 = 10.0, active_loans = 10},
    {unit = "South", glp = 500.0, late_over_90 = 0.0, renegotiated_not_late_90 = 0.0, active_loans = 5},
]
expect = {North = 0.05, South = 0.0}
*/
SELECT
    period,
    unit,
    (
        if(par_from_30, late_from_90, late_over_90)
        + if(renegotiated_at_risk, if(par_from_30, renegotiated_not_late_from_90, renegotiated_not_late_90), 0)
    ) / nullif(glp, 0) AS value,
    active_loans AS n
FROM portfolio, settings
