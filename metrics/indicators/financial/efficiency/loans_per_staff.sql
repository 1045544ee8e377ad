/*
title         = "Loans per staff member"
short         = "Loans per employee"
plain         = "Loans per staff member"
unit          = "count"
better        = "band"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Outstanding loans over all personnel at the end of the period. Two readings: few is costly, many leaves little time for each."
risk          = ["efficiency", "operations"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,582 published ratios"
limits_source = "no line set; MIX 25th percentile 58, median 125, 75th percentile 222"

[fr]
title         = "Prêts par employé"
short         = "Prêts par employé"
plain         = "Prêts par employé"
summary       = "Prêts en cours sur effectif total en fin de période. Deux lectures : peu coûte cher, beaucoup laisse peu de temps à chacun."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 582 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 58, médiane 125, 75e centile 222"

[es]
title   = "Préstamos por empleado"
short   = "Préstamos por empleado"
plain   = "Préstamos por empleado"
summary = "Préstamos vigentes sobre todo el personal al cierre del período. Dos lecturas: pocos cuestan caro; muchos dejan poco tiempo para cada uno."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.582 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 58, mediana: 125, percentil 75: 222"

[example]
portfolio = [
    {unit = "North", active_loans = 500},
    {unit = "South", active_loans = 0},
]
workforce = [
    {unit = "North", personnel = 4},
    {unit = "South", personnel = 1},
]
expect = {North = 125.0, South = 0.0}
*/
SELECT
    period,
    unit,
    active_loans / nullif(personnel, 0) AS value,
    personnel AS n
FROM portfolio LEFT JOIN workforce USING (period, unit)
