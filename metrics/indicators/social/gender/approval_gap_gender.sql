/*
title         = "Gap in approval rates, women less men"
short         = "Approval gap"
plain         = "Women's approval rate less men's"
unit          = "points"
better        = "higher"
goalposts     = [-0.15, 0.0]
limits        = { amber = -0.05, red = -0.1 }
units         = ["institution", "branch", "product"]
people        = "clients"
summary       = "Approved over decided applications of women, less the same of men, in 12 months. Applications withdrawn are left out. Women and men may ask for different products: look at it by product before judging."
risk          = ["discrimination", "legal"]
standard      = []
source        = "Difference of approval rates, as equal-access reviews of lenders use it"
limits_source = "default, to be set by your board"

[fr]
title   = "Écart de taux d'accord, femmes moins hommes"
short   = "Écart d'accord"
plain   = "Taux d'accord des femmes moins celui des hommes"
summary = "Demandes de femmes accordées sur demandes de femmes décidées, moins la même part chez les hommes, en 12 mois. Les demandes retirées ne comptent pas. Femmes et hommes peuvent demander des produits différents : regarder par produit avant de juger."
source  = "Différence des taux d'accord, telle que l'emploient les contrôles d'égal accès au crédit"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Brecha en tasas de aprobación, mujeres menos hombres"
short   = "Brecha de aprobación"
plain   = "Tasa de aprobación de mujeres menos la de hombres"
summary = "Solicitudes aprobadas sobre resueltas de las mujeres, menos lo mismo de los hombres, en 12 meses. Las solicitudes retiradas quedan fuera. Mujeres y hombres pueden pedir productos distintos: véase por producto antes de juzgar."
source  = "Diferencia de tasas de aprobación, como la usan los exámenes de igualdad de acceso al crédito"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
decisions_12m = [
    {unit = "North", approved_women = 75, decided_women = 100, approved_men = 160, decided_men = 200, decided = 310},
    {unit = "South", approved_women = 9, decided_women = 10, approved_men = 18, decided_men = 20, decided = 30},
]
expect = {North = -0.05, South = 0.0}
*/
SELECT
    period,
    unit,
    approved_women / nullif(decided_women, 0) - approved_men / nullif(decided_men, 0) AS value,
    decided_women + decided_men AS n,
    decided AS population
FROM decisions_12m
