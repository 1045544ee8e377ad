/*
title         = "Active borrowers per staff member"
short         = "Borrowers per employee"
plain         = "Borrowers per staff member"
unit          = "count"
better        = "higher"
goalposts     = [25, 200]
limits        = { amber = 120, red = 25 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Active borrowers over all personnel at the end of the period. High is efficient until service suffers: read it beside the caseload."
risk          = ["efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,614 published ratios"
limits_source = "MIX 25th percentile 56, median 119"

[fr]
title         = "Emprunteurs actifs par employé"
short         = "Emprunteurs / employé"
plain         = "Emprunteurs par employé"
summary       = "Emprunteurs actifs sur effectif total en fin de période. Élevé, il est efficace tant que le service n'en souffre pas : à lire avec la charge par agent."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 614 ratios publiés"
limits_source = "25e centile MIX 56, médiane 119"

[es]
title   = "Prestatarios activos por empleado"
short   = "Prestatarios/empleado"
plain   = "Prestatarios por empleado"
summary = "Prestatarios activos sobre todo el personal al cierre del período. Alto es eficiente hasta que el servicio se resiente: léase junto a la carga por asesor."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.614 índices publicados"
limits_source = "MIX, percentil 25: 56, mediana: 119"

[example]
portfolio = [
    {unit = "North", active_borrowers = 600},
    {unit = "South", active_borrowers = 0},
]
workforce = [
    {unit = "North", personnel = 5},
    {unit = "South", personnel = 1},
]
expect = {North = 120.0, South = 0.0}
*/
SELECT
    period,
    unit,
    active_borrowers / nullif(personnel, 0) AS value,
    personnel AS n
FROM portfolio LEFT JOIN workforce USING (period, unit)
