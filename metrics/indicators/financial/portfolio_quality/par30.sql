/*
title         = "Portfolio at risk over 30 days"
short         = "PAR30"
plain         = "Late loans (PAR30)"
unit          = "%"
better        = "lower"
goalposts     = [0.15, 0.0]
limits        = { amber = 0.05, red = 0.1 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Share of the loan portfolio in loans with a payment more than 30 days late, with all renegotiated loans if the policy says so. The whole balance counts, not the late instalment."
risk          = ["credit"]
standard      = ["IRIS+ FP2635", "MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 2,904 published ratios"
limits_source = "5 % and 10 %: lines in common use among raters and investors"

[fr]
title   = "Portefeuille à risque à plus de 30 jours"
short   = "PAR30"
plain   = "Prêts en retard (PAR30)"
summary = "Part de l'encours des prêts dont un paiement a plus de 30 jours de retard, avec tous les prêts rééchelonnés si la politique le dit. Tout le solde compte, pas la seule échéance en retard."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 2 904 ratios publiés"
limits_source = "5 % et 10 % : limites d'usage courant chez les agences de notation et les investisseurs"

[es]
title   = "Cartera en riesgo a más de 30 días"
short   = "PAR30"
plain   = "Préstamos atrasados (PAR30)"
summary = "Parte de la cartera en préstamos con un pago atrasado más de 30 días, con todos los préstamos reprogramados si la política lo dice. Cuenta todo el saldo, no solo la cuota atrasada."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 2.904 índices publicados"
limits_source = "5 % y 10 %: límites de uso común entre calificadoras e inversionistas"

[example]
settings = [
    {renegotiated_at_risk = true, par_from_30 = false},
]
portfolio = [
    {unit = "North", glp = 800.0, late_over_30 = 0.0, renegotiated_not_late = 40.0, active_loans = 8},
    {unit = "North", glp = 200.0, late_over_30 = 10.0, renegotiated_not_late = 0.0, active_loans = 2},
    {unit = "South", glp = 500.0, late_over_30 = 0.0, renegotiated_not_late = 0.0, active_loans = 5},
]
expect = {North = 0.05, South = 0.0}
*/
SELECT
    period,
    unit,
    if(
        par_overdue_amount, overdue_over_30,
        if(par_from_30, late_from_30, late_over_30)
        + if(renegotiated_at_risk, if(par_from_30, renegotiated_not_late_from_30, renegotiated_not_late), 0)
    ) / nullif(glp, 0) AS value,
    active_loans AS n
FROM portfolio, settings
