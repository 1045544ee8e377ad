/*
title         = "Loans per loan officer"
short         = "Loans per officer"
plain         = "Loans per loan officer"
unit          = "count"
better        = "band"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Outstanding loans over loan officers at the end of the period. Two readings: few is costly, many leaves little time for each."
risk          = ["efficiency", "operations"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,514 published ratios"
limits_source = "no line set; MIX 25th percentile 152, median 269, 75th percentile 415"

[fr]
title         = "Prêts par agent de crédit"
short         = "Prêts par agent"
plain         = "Prêts par agent de crédit"
summary       = "Prêts en cours sur agents de crédit en fin de période. Deux lectures : peu coûte cher, beaucoup laisse peu de temps à chacun."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 514 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 152, médiane 269, 75e centile 415"

[es]
title   = "Préstamos por asesor de crédito"
short   = "Préstamos por asesor"
plain   = "Préstamos por asesor de crédito"
summary = "Préstamos vigentes sobre asesores de crédito al cierre del período. Dos lecturas: pocos cuestan caro; muchos dejan poco tiempo para cada uno."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.514 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 152, mediana: 269, percentil 75: 415"

[example]
portfolio = [
    {unit = "North", active_loans = 500},
    {unit = "South", active_loans = 0},
]
workforce = [
    {unit = "North", loan_officers = 4},
    {unit = "South", loan_officers = 1},
]
expect = {North = 125.0, South = 0.0}
*/
SELECT
    period,
    unit,
    active_loans / nullif(loan_officers, 0) AS value,
    loan_officers AS n
FROM portfolio LEFT JOIN workforce USING (period, unit)
