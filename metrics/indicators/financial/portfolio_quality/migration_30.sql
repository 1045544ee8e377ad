/*
title         = "Roll rate from current to over 30 days"
short         = "Roll to 30+ days"
plain         = "Loans that fell over 30 days late in a month"
unit          = "%"
better        = "lower"
goalposts     = [0.04, 0.0]
limits        = { amber = 0.01, red = 0.02 }
units         = ["institution", "branch", "product", "officer"]
people        = "clients"
summary       = "Of the principal that was at most 30 days late at the month-end before, the part whose loan is now more than 30 days late or written off. Loans repaid since stay in the denominator; a branch that did not report one of the two months is left out."
risk          = ["credit"]
standard      = []
source        = "Two snapshots of the same loans, a month apart"
limits_source = "default, to be set by your board"

[fr]
title   = "Taux de passage du sain à plus de 30 jours"
short   = "Passage à plus de 30j"
plain   = "Prêts passés à plus de 30 jours en un mois"
summary = "De l'encours qui avait au plus 30 jours de retard à la fin du mois précédent, la part dont le prêt a maintenant plus de 30 jours de retard ou est passé en pertes. Les prêts remboursés depuis restent au dénominateur ; une agence sans situation pour l'un des deux mois n'y est pas."
source  = "Deux situations des mêmes prêts à un mois d'écart"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Tasa de paso a más de 30 días de atraso"
short   = "Paso a más de 30 días"
plain   = "Préstamos que pasaron a más de 30 días en un mes"
summary = "Del capital con 30 días de atraso como máximo al cierre del mes anterior, la parte cuyo préstamo hoy tiene más de 30 días de atraso o está castigado. Los préstamos pagados desde entonces siguen en el denominador; queda fuera una sucursal que no informó uno de los dos meses."
source  = "Dos cortes de los mismos préstamos, con un mes de diferencia"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
rolls = [
    {unit = "North", principal_current_before = 1000.0, rolled_over_30 = 10.0, loans_current_before = 20},
    {unit = "South", principal_current_before = 400.0, rolled_over_30 = 0.0, loans_current_before = 12},
]
expect = {North = 0.01, South = 0.0}
*/
SELECT
    period,
    unit,
    rolled_over_30 / nullif(principal_current_before, 0) AS value,
    loans_current_before AS n
FROM rolls
