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
standard      = ["MFRS 2010 R1", "MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,538 published ratios"
limits_source = "no published line"

[fr]
title         = "Rendement nominal du portefeuille brut"
short         = "Rendement"
plain         = "Rendement du portefeuille"
summary       = "Produits des prêts sur l'encours moyen, 12 mois. Deux lectures : trop bas, l'institution s'épuise ; trop haut, les clients paient cher. À comparer avec le taux annoncé."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 538 ratios publiés"
limits_source = "aucune limite publiée"

[es]
title   = "Rendimiento nominal de la cartera bruta"
short   = "Rendimiento"
plain   = "Rendimiento de la cartera"
summary = "Ingresos por préstamos sobre la cartera promedio de préstamos, 12 meses. Dos lecturas: bajo debilita a la institución; alto pesa sobre los clientes. Compárese con la tasa anunciada."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.538 índices publicados"
limits_source = "sin límite publicado"

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
SELECT
    period,
    unit,
    revenue_from_loans * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (glp + start_glp) / 2, average_glp), 0) AS value,
    active_borrowers AS n
FROM portfolio_12m LEFT JOIN ledger_12m USING (period, unit), settings
