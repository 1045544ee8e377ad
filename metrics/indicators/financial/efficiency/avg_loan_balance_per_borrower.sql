/*
title         = "Average loan balance per borrower"
short         = "Balance per borrower"
plain         = "Average balance per borrower"
unit          = "money"
better        = "band"
goalposts     = []
limits        = {}
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Loan portfolio over active borrowers, in the institution's currency. Two readings: small loans reach poorer clients and cost more, large ones may speak of mission drift."
risk          = ["mission_drift", "efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,667 published ratios"
limits_source = "no line set; MIX 25th percentile 223 USD, median 366 USD, 75th percentile 1228 USD"

[fr]
title         = "Solde moyen par emprunteur"
short         = "Solde par emprunteur"
plain         = "Solde moyen par emprunteur"
summary       = "Encours sur emprunteurs actifs, en monnaie de l'institution. Deux lectures : de petits prêts touchent des clients plus pauvres et coûtent plus cher, de gros prêts peuvent signaler une dérive de mission."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 667 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 223 USD, médiane 366 USD, 75e centile 1228 USD"

[es]
title   = "Saldo promedio de préstamos por prestatario"
short   = "Saldo por prestatario"
plain   = "Saldo promedio por prestatario"
summary = "Cartera de préstamos sobre prestatarios activos, en la moneda de la institución. Dos lecturas: los préstamos pequeños llegan a clientes más pobres y cuestan más; los grandes pueden hablar de desvío de la misión."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.667 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 223 USD, mediana: 366 USD, percentil 75: 1.228 USD"

[example]
portfolio = [
    {unit = "North", glp = 4000.0, active_borrowers = 10},
    {unit = "South", glp = 0.0, active_borrowers = 2},
]
expect = {North = 400.0, South = 0.0}
*/
SELECT
    period,
    unit,
    glp / nullif(active_borrowers, 0) AS value,
    active_borrowers AS n
FROM portfolio
