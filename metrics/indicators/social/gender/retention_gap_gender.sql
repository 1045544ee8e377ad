/*
title         = "Retention gap, women less men"
short         = "Retention gap"
plain         = "Women's retention less men's"
unit          = "points"
better        = "higher"
goalposts     = [-0.15, 0.02]
limits        = { amber = -0.05, red = -0.1 }
units         = ["institution", "branch", "product"]
people        = "clients"
summary       = "Retention rate of women less retention rate of men, 12 months, in points, by the same definition as the retention rate. Negative means that women leave more."
risk          = ["service_fit"]
standard      = []
source        = "Retention rate by gender"
limits_source = "default, to be set by your board"

[fr]
title   = "Écart de fidélisation, femmes moins hommes"
short   = "Écart de fidélité"
plain   = "Fidélisation des femmes moins celle des hommes"
summary = "Taux de fidélisation des femmes moins celui des hommes, 12 mois, en points, selon la même définition que le taux de fidélisation. Négatif : les femmes partent davantage."
source  = "Taux de fidélisation par sexe"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Brecha de retención, mujeres menos hombres"
short   = "Brecha de retención"
plain   = "Retención de mujeres menos la de hombres"
summary = "Tasa de retención de mujeres menos tasa de retención de hombres, 12 meses, en puntos, con la misma definición que la tasa de retención. Negativa significa que las mujeres se van más."
source  = "Tasa de retención por género"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio_12m = [
    {unit = "North", women_borrowers = 60, start_women_borrowers = 70, new_women_borrowers = 10, men_borrowers = 64, start_men_borrowers = 70, new_men_borrowers = 10, months = 12},
    {unit = "South", women_borrowers = 40, start_women_borrowers = 45, new_women_borrowers = 5, men_borrowers = 40, start_men_borrowers = 45, new_men_borrowers = 5, months = 12},
]
expect = {North = -0.05, South = 0.0}
*/
SELECT
    period,
    unit,
    if(portfolio_12m.months = 12,
        women_borrowers / nullif(start_women_borrowers + if(retention = 'iris', 0, new_women_borrowers), 0)
        - men_borrowers / nullif(start_men_borrowers + if(retention = 'iris', 0, new_men_borrowers), 0),
        NULL) AS value,
    least(
        start_women_borrowers + if(retention = 'iris', 0, new_women_borrowers),
        start_men_borrowers + if(retention = 'iris', 0, new_men_borrowers)
    ) AS n
FROM portfolio_12m, settings
