/*
title         = "Portfolio at risk over 30 days without renegotiated loans"
short         = "PAR30 w/o renegotiated"
plain         = "Late loans, renegotiated ones apart"
unit          = "%"
better        = "lower"
goalposts     = [0.15, 0.0]
limits        = { amber = 0.05, red = 0.1 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Share of the loan portfolio in loans with a payment more than 30 days late, leaving out renegotiated loans that are paid as agreed anew. Read it beside PAR30: the difference is what was renegotiated. A renegotiated loan that is late again counts."
risk          = ["credit"]
standard      = []
source        = "Only 71 % of the PAR30 that institutions reported to MIX Market equal this figure: both are shown"
limits_source = "5 % and 10 %: lines in common use among raters and investors"

[fr]
title   = "Portefeuille à risque à plus de 30 jours hors rééchelonnés"
short   = "PAR30 hors rééch."
plain   = "Prêts en retard, rééchelonnés à part"
summary = "Part de l'encours des prêts dont un paiement a plus de 30 jours de retard, sans les prêts rééchelonnés qui sont remboursés comme convenu. À lire à côté du PAR30 : l'écart est ce qui a été rééchelonné. Un prêt rééchelonné de nouveau en retard compte."
source  = "Seuls 71 % des PAR30 déclarés à MIX Market valent ce chiffre : on montre les deux"
limits_source = "5 % et 10 % : limites d'usage courant chez les agences de notation et les investisseurs"

[es]
title   = "Cartera en riesgo a más de 30 días sin préstamos reprogramados"
short   = "PAR30 sin reprogr."
plain   = "Préstamos atrasados, sin los reprogramados"
summary = "Parte de la cartera en préstamos con un pago atrasado más de 30 días, sin los préstamos reprogramados que se pagan según lo nuevamente acordado. Léase junto al PAR30: la diferencia es lo reprogramado. Cuenta un préstamo reprogramado que vuelve a atrasarse."
source  = "Solo 71 % de los PAR30 que las instituciones informaron a MIX Market son iguales a esta cifra: se muestran ambas"
limits_source = "5 % y 10 %: límites de uso común entre calificadoras e inversionistas"

[example]
settings = [
    {par_from_30 = false},
]
portfolio = [
    {unit = "North", glp = 1000.0, late_over_30 = 50.0, late_from_30 = 80.0, active_loans = 10},
    {unit = "South", glp = 500.0, late_over_30 = 0.0, late_from_30 = 0.0, active_loans = 5},
]
expect = {North = 0.05, South = 0.0}
*/
SELECT
    period,
    unit,
    if(par_from_30, late_from_30, late_over_30) / nullif(glp, 0) AS value,
    active_loans AS n
FROM portfolio, settings
