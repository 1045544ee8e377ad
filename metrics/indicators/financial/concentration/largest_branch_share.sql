/*
title         = "Largest branch's share of the portfolio"
short         = "Largest branch"
plain         = "Portfolio held by the largest branch"
unit          = "%"
better        = "lower"
goalposts     = [0.5, 0.1]
limits        = { amber = 0.25, red = 0.35 }
units         = ["institution"]
people        = "none"
summary       = "Portfolio of the largest branch over the whole loan portfolio."
risk          = ["concentration"]
standard      = ["RIM"]
source        = "RIM Graduation Model: portfolio concentration limits by branch"
limits_source = "no published line"

[fr]
title   = "Part de la plus grande agence dans l'encours"
short   = "Plus grande agence"
plain   = "Encours de la plus grande agence"
summary = "Encours de la plus grande agence sur l'encours total."
source  = "Modèle RIM : limites de concentration par agence"
limits_source = "aucune limite publiée"

[es]
title   = "Parte de la mayor sucursal en la cartera"
short   = "Mayor sucursal"
plain   = "Cartera de la mayor sucursal"
summary = "Cartera de la mayor sucursal sobre toda la cartera de préstamos."
source  = "RIM Graduation Model: límites de concentración de la cartera por sucursal"
limits_source = "sin límite publicado"

[example]
branch_portfolio = [
    {unit = "Alpha", branch_id = "a", glp = 250.0},
    {unit = "Alpha", branch_id = "b", glp = 250.0},
    {unit = "Alpha", branch_id = "c", glp = 250.0},
    {unit = "Alpha", branch_id = "d", glp = 250.0},
    {unit = "Beta", branch_id = "e", glp = 0.0},
    {unit = "Beta", branch_id = "f", glp = 0.0},
    {unit = "Gamma", branch_id = "g", glp = 90.0},
    {unit = "Gamma", branch_id = "h", glp = 10.0},
]
expect = {Alpha = 0.25, Gamma = 0.9}
*/
SELECT
    period,
    unit,
    max(glp) / nullif(sum(glp), 0) AS value,
    NULL AS n
FROM branch_portfolio
GROUP BY period, unit
