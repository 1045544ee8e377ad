/*
title         = "Staff turnover rate"
short         = "Turnover"
plain         = "Staff who left"
unit          = "%"
better        = "lower"
goalposts     = [0.45, 0.05]
limits        = { amber = 0.25, red = 0.35 }
units         = ["institution", "branch"]
people        = "staff"
summary       = "Staff who left in 12 months, for any reason, over the mean of staff now and 12 months before."
risk          = ["operations", "credit", "reputation"]
standard      = ["IRIS+ OI1638", "IRIS+ OI3989"]
source        = "MIX Market field definitions; mean of two year-ends"
limits_source = "MIX median 18.5 %, 75th percentile 28.9 %"

[fr]
title   = "Taux de rotation du personnel"
short   = "Rotation"
plain   = "Personnel parti"
summary = "Départs en 12 mois, quel qu'en soit le motif, sur la moyenne de l'effectif actuel et d'il y a 12 mois."
source  = "Définitions de MIX Market ; moyenne de deux fins d'année"
limits_source = "médiane MIX 18,5 %, 75e centile 28,9 %"

[es]
title   = "Tasa de rotación del personal"
short   = "Rotación"
plain   = "Personal que se fue"
summary = "Personal que se fue en 12 meses, por cualquier motivo, sobre la media del personal de hoy y de 12 meses antes."
source  = "Definiciones de campos de MIX Market; media de dos cierres de año"
limits_source = "MIX, mediana: 18,5 %, percentil 75: 28,9 %"

[example]
workforce_12m = [
    {unit = "North", exits = 5, personnel = 22, start_personnel = 18},
    {unit = "South", exits = 0, personnel = 9, start_personnel = 11},
]
expect = {North = 0.25, South = 0.0}
*/
SELECT
    period,
    unit,
    exits / nullif((personnel + start_personnel) / 2, 0) AS value,
    personnel AS n
FROM workforce_12m
