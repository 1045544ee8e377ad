/*
title         = "Renegotiated loans ratio"
short         = "Renegotiated"
plain         = "Renegotiated loans"
unit          = "%"
better        = "lower"
goalposts     = [0.08, 0.0]
limits        = { amber = 0.03, red = 0.05 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Share of the loan portfolio that was rescheduled or refinanced; a high share can hide arrears."
risk          = ["credit"]
standard      = ["USSEPM 4A"]
source        = "Smart Campaign standard 2.4, sound portfolio quality"
limits_source = "no published line"

[fr]
title   = "Part des prêts rééchelonnés"
short   = "Rééchelonnés"
plain   = "Prêts rééchelonnés"
summary = "Part de l'encours rééchelonné ou refinancé ; une part élevée peut cacher des retards."
source  = "Norme 2.4 de la Smart Campaign, bonne qualité du portefeuille"
limits_source = "aucune limite publiée"

[es]
title   = "Índice de préstamos reprogramados"
short   = "Reprogramados"
plain   = "Préstamos reprogramados"
summary = "Parte de la cartera reprogramada o refinanciada; si es alta, puede ocultar atrasos."
source  = "Norma 2.4 de la Smart Campaign, calidad de cartera sana"
limits_source = "sin límite publicado"

[example]
portfolio = [
    {unit = "North", glp = 1000.0, renegotiated = 30.0, active_loans = 10},
    {unit = "South", glp = 500.0, renegotiated = 0.0, active_loans = 5},
]
expect = {North = 0.03, South = 0.0}
*/
SELECT
    period,
    unit,
    renegotiated / nullif(glp, 0) AS value,
    active_loans AS n
FROM portfolio
