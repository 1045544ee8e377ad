/*
title         = "Active borrowers per loan officer"
short         = "Caseload"
plain         = "Borrowers per loan officer"
unit          = "count"
better        = "band"
goalposts     = [80, 150, 350, 600]
limits        = { amber = [150, 350], red = [80, 600] }
units         = ["institution", "branch"]
people        = "none"
summary       = "Active borrowers over loan officers at the end of the period. Two readings: too few is costly, too many leaves no time for clients."
risk          = ["operations", "client_protection"]
standard      = ["IRIS+ PI9250", "MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,522 published ratios"
limits_source = "MIX 10th and 90th percentile 80 and 548"

[fr]
title         = "Emprunteurs actifs par agent de crédit"
short         = "Charge par agent"
plain         = "Emprunteurs par agent de crédit"
summary       = "Emprunteurs actifs sur agents de crédit en fin de période. Deux lectures : trop peu coûte cher, trop ne laisse pas de temps aux clients."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 522 ratios publiés"
limits_source = "10e et 90e centiles MIX 80 et 548"

[es]
title   = "Prestatarios activos por asesor de crédito"
short   = "Carga por asesor"
plain   = "Prestatarios por asesor de crédito"
summary = "Prestatarios activos sobre asesores de crédito al cierre del período. Dos lecturas: muy pocos cuestan caro; demasiados no dejan tiempo para los clientes."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.522 índices publicados"
limits_source = "MIX, percentiles 10 y 90: 80 y 548"

[example]
portfolio = [
    {unit = "North", active_borrowers = 700},
    {unit = "South", active_borrowers = 0},
]
workforce = [
    {unit = "North", loan_officers = 2},
    {unit = "South", loan_officers = 1},
]
expect = {North = 350.0, South = 0.0}
*/
SELECT
    period,
    unit,
    active_borrowers / nullif(loan_officers, 0) AS value,
    loan_officers AS n
FROM portfolio LEFT JOIN workforce USING (period, unit)
