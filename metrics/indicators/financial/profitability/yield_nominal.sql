/*
title         = "Yield on gross portfolio (nominal)"
short         = "Yield"
plain         = "Yield on the portfolio"
unit          = "%"
better        = "band"
goalposts     = [0.05, 0.18, 0.35, 0.6]
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Revenue from loans over the average loan portfolio, 12 months. Two readings: low starves the institution, high burdens clients; compare with the quoted rate."
risk          = ["pricing", "conduct"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,538 published ratios"
limits_source = "no published line"

[fr]
title   = "Rendement nominal du portefeuille brut"
short   = "Rendement"
plain   = "Rendement du portefeuille"
summary = "Produits des prêts sur l'encours moyen, 12 mois. Deux lectures : trop bas, l'institution s'épuise ; trop haut, les clients paient cher."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 538 ratios publiés"
limits_source = "aucun seuil publié"

[example]
ledger_12m = [
    {unit = "Alpha", revenue_from_loans = 350.0, months = 12},
    {unit = "Beta", revenue_from_loans = 0.0, months = 12},
]
portfolio_12m = [
    {unit = "Alpha", average_glp = 1000.0, active_borrowers = 10},
    {unit = "Beta", average_glp = 500.0, active_borrowers = 5},
]
expect = {Alpha = 0.35, Beta = 0.0}
*/
WITH flow AS (
    SELECT period, unit, sum(revenue_from_loans) AS amount, max(months) AS months
    FROM ledger_12m
    GROUP BY period, unit
),
stock AS (
    SELECT period, unit, sum(average_glp) AS average, sum(active_borrowers) AS n
    FROM portfolio_12m
    GROUP BY period, unit
)
SELECT
    period,
    unit,
    amount * 12.0 / months / nullif(average, 0) AS value,
    n
FROM stock LEFT JOIN flow USING (period, unit)
