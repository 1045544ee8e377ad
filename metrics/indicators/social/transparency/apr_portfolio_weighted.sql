/*
title         = "Annual percentage rate of the portfolio"
short         = "Portfolio APR"
plain         = "Full yearly price of loans"
unit          = "%"
better        = "band"
goalposts     = []
limits        = {}
units         = ["institution", "branch", "product"]
people        = "clients"
summary       = "Annual percentage rate of each product, weighted by its portfolio. Higher pays for costs, and costs clients more: compare it with peers that make loans of the same size."
risk          = ["pricing", "reputation"]
standard      = []
source        = "APR = internal rate of return of a period times the periods of a year, with fees, insurance and compulsory savings (MFTransparency)"
limits_source = "default, to be set by your board"

[fr]
title   = "Taux annuel effectif global du portefeuille"
short   = "TAEG du portefeuille"
plain   = "Prix annuel complet des prêts"
summary = "Taux annuel effectif global de chaque produit, pondéré par son encours. Plus haut, il paie les coûts et coûte davantage aux clients : à comparer avec des pairs dont les prêts ont la même taille."
source  = "TAEG = taux de rendement interne d'une période fois les périodes de l'année, avec frais, assurance et épargne obligatoire (MFTransparency)"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Tasa efectiva anual de la cartera"
short   = "Tasa anual de cartera"
plain   = "Precio anual completo de los préstamos"
summary = "Tasa efectiva anual de cada producto con todos los cargos, con pesos según su cartera. Si es más alta, cubre costos y cuesta más a los clientes: compárese con pares que dan préstamos del mismo tamaño."
source  = "APR = tasa interna de retorno de un período por el número de períodos del año, con comisiones, seguros y ahorro obligatorio (MFTransparency)"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", glp_times_apr = 240.0, glp_priced = 1000.0, active_loans = 40},
    {unit = "South", glp_times_apr = 0.0, glp_priced = 500.0, active_loans = 20},
]
expect = {North = 0.24, South = 0.0}
*/
SELECT
    period,
    unit,
    glp_times_apr / nullif(glp_priced, 0) AS value,
    active_loans AS n
FROM portfolio
