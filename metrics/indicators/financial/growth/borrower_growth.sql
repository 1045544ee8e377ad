/*
title         = "Growth of active borrowers"
short         = "Borrower growth"
plain         = "Growth of the number of borrowers in a year"
unit          = "%"
better        = "band"
goalposts     = [-0.2, 0.0, 0.25, 0.6]
limits        = { amber = [0.0, 0.25], red = [-0.1, 0.4] }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Active borrowers against those of twelve months before. Two readings: more clients reached, or more than staff can know. Where the portfolio grows faster than borrowers, the gap is growth of loan size."
risk          = ["growth"]
standard      = ["USSEPM 6A"]
source        = "Active borrowers at two month-ends, a year apart"
limits_source = "default, to be set by your board"

[fr]
title   = "Croissance des emprunteurs actifs"
short   = "Croissance clients"
plain   = "Croissance du nombre d'emprunteurs en un an"
summary = "Emprunteurs actifs comparés à ceux de douze mois plus tôt. Deux lectures : plus de clients servis, ou plus que le personnel n'en peut connaître. Là où l'encours croît plus vite que les emprunteurs, l'écart est la hausse de la taille des prêts."
source  = "Emprunteurs actifs à deux fins de mois, à un an d'écart"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Crecimiento de los prestatarios activos"
short   = "Crecim. prestatarios"
plain   = "Crecimiento del número de prestatarios en un año"
summary = "Prestatarios activos frente a los de doce meses antes. Dos lecturas: se llega a más clientes, o a más de los que el personal puede conocer. Si la cartera crece más que los prestatarios, la diferencia es crecimiento del tamaño del préstamo."
source  = "Prestatarios activos en dos cierres de mes, con un año de diferencia"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio_12m = [
    {unit = "North", active_borrowers = 50, start_active_borrowers = 40},
    {unit = "South", active_borrowers = 30, start_active_borrowers = 30},
]
expect = {North = 0.25, South = 0.0}
*/
SELECT
    period,
    unit,
    active_borrowers / nullif(start_active_borrowers, 0) - 1 AS value,
    active_borrowers AS n
FROM portfolio_12m
