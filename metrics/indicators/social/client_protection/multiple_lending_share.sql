/*
title         = "Borrowers with three or more lenders"
short         = "Three lenders or more"
plain         = "Clients who owe three lenders or more"
unit          = "%"
better        = "lower"
goalposts     = [0.4, 0.0]
limits        = { amber = 0.1, red = 0.2 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Borrowers with three or more active lenders, this one included, over borrowers whose number of lenders is known from the credit bureau or themselves."
risk          = ["over_indebtedness"]
standard      = ["USSEPM 4A"]
source        = "Number of active lenders, as India's former rule of two lenders counted it"
limits_source = "default, to be set by your board"

[fr]
title   = "Emprunteurs chez trois prêteurs ou plus"
short   = "Trois prêteurs ou plus"
plain   = "Clients endettés chez trois prêteurs ou plus"
summary = "Emprunteurs ayant au moins trois prêteurs actifs, celui-ci compris, sur ceux dont le nombre de prêteurs est connu par la centrale des crédits ou par eux-mêmes."
source  = "Nombre de prêteurs actifs, comme le comptait l'ancienne règle indienne des deux prêteurs"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Prestatarios con tres prestamistas o más"
short   = "3 prestamistas o más"
plain   = "Clientes que deben a tres prestamistas o más"
summary = "Prestatarios con tres o más prestamistas activos, incluida esta institución, sobre los prestatarios cuyo número de prestamistas se conoce por la central de riesgos o por ellos mismos."
source  = "Número de prestamistas activos, como lo contaba la antigua regla de dos prestamistas de India"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", lenders_3_plus = 20, lenders_known = 100, active_borrowers = 110},
    {unit = "South", lenders_3_plus = 0, lenders_known = 30, active_borrowers = 40},
]
expect = {North = 0.2, South = 0.0}
*/
SELECT
    period,
    unit,
    lenders_3_plus / nullif(lenders_known, 0) AS value,
    lenders_known AS n,
    active_borrowers AS population
FROM portfolio
