/*
title         = "Personnel expense over portfolio"
short         = "Personnel expense"
plain         = "Personnel expense over portfolio"
unit          = "%"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Personnel expense over the average loan portfolio, 12 months. Small loans need more hands: read it beside the loan size."
risk          = ["efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,464 published ratios"
limits_source = "no line set; MIX 25th percentile 5.1 %, median 7.9 %, 75th percentile 12.0 %"

[fr]
title         = "Charges de personnel sur encours"
short         = "Charges de personnel"
plain         = "Charges de personnel sur encours"
summary       = "Charges de personnel sur l'encours moyen, 12 mois. Les petits prêts demandent plus de bras : à lire avec la taille des prêts."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 464 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 5,1 %, médiane 7,9 %, 75e centile 12,0 %"

[es]
title   = "Gastos de personal sobre cartera"
short   = "Gastos pers./cartera"
plain   = "Gastos de personal sobre cartera"
summary = "Gastos de personal sobre la cartera promedio de préstamos, 12 meses. Los préstamos pequeños piden más manos: léase junto al tamaño del préstamo."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.464 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 5,1 %, mediana: 7,9 %, percentil 75: 12,0 %"

[example]
ledger_12m = [
    {unit = "Alpha", personnel_expense = 80.0, months = 12},
    {unit = "Beta", personnel_expense = 0.0, months = 12},
]
portfolio_12m = [
    {unit = "Alpha", average_glp = 1000.0, active_borrowers = 10},
    {unit = "Beta", average_glp = 500.0, active_borrowers = 5},
]
expect = {Alpha = 0.08, Beta = 0.0}
*/
SELECT
    period,
    unit,
    personnel_expense * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (glp + start_glp) / 2, average_glp), 0) AS value,
    active_borrowers AS n
FROM portfolio_12m LEFT JOIN ledger_12m USING (period, unit), settings
