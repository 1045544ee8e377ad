/*
title         = "Average outstanding balance per loan"
short         = "Balance per loan"
plain         = "Average balance per loan"
unit          = "money"
better        = "band"
goalposts     = []
limits        = {}
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Loan portfolio over outstanding loans, in the institution's currency. Two readings: small loans reach poorer clients and cost more, large ones may speak of mission drift."
risk          = ["mission_drift", "efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,630 published ratios"
limits_source = "no line set; MIX 25th percentile 209 USD, median 338 USD, 75th percentile 1146 USD"

[fr]
title         = "Solde moyen par prêt"
short         = "Solde par prêt"
plain         = "Solde moyen par prêt"
summary       = "Encours sur prêts en cours, en monnaie de l'institution. Deux lectures : de petits prêts touchent des clients plus pauvres et coûtent plus cher, de gros prêts peuvent signaler une dérive de mission."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 630 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 209 USD, médiane 338 USD, 75e centile 1146 USD"

[es]
title   = "Saldo promedio por préstamo"
short   = "Saldo por préstamo"
plain   = "Saldo promedio por préstamo"
summary = "Cartera de préstamos sobre préstamos vigentes, en la moneda de la institución. Dos lecturas: los préstamos pequeños llegan a clientes más pobres y cuestan más; los grandes pueden hablar de desvío de la misión."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.630 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 209 USD, mediana: 338 USD, percentil 75: 1.146 USD"

[example]
portfolio = [
    {unit = "North", glp = 4000.0, active_loans = 10},
    {unit = "South", glp = 0.0, active_loans = 2},
]
expect = {North = 400.0, South = 0.0}
*/
SELECT
    period,
    unit,
    glp / nullif(active_loans, 0) AS value,
    active_loans AS n
FROM portfolio
