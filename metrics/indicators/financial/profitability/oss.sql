/*
title         = "Operational self-sufficiency"
short         = "OSS"
plain         = "Revenue over all costs (OSS)"
unit          = "%"
better        = "higher"
goalposts     = [0.8, 1.3]
limits        = { amber = 1.1, red = 1.0 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Financial revenue over the sum of financial expense on funding, net impairment loss and operating expense, 12 months."
risk          = ["sustainability"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,378 published ratios"
limits_source = "below 100 % costs are not covered"

[fr]
title         = "Autosuffisance opérationnelle"
short         = "ASO"
plain         = "Produits sur l'ensemble des charges (ASO)"
summary       = "Produits financiers sur la somme des charges financières, des dépréciations nettes et des charges d'exploitation, 12 mois."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 378 ratios publiés"
limits_source = "sous 100 % les charges ne sont pas couvertes"

[es]
title   = "Autosuficiencia operativa"
short   = "OSS"
plain   = "Ingresos sobre todos los costos (OSS)"
summary = "Ingresos financieros sobre la suma de gastos financieros por fondeo, gasto neto de previsiones y gastos operativos, 12 meses."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.378 índices publicados"
limits_source = "bajo 100 % no se cubren los costos"

[example]
ledger_12m = [
    {unit = "Alpha", financial_revenue = 110.0, financial_expense = 30.0, net_impairment_loss = 10.0, operating_expense = 60.0, months = 12},
    {unit = "Beta", financial_revenue = 0.0, financial_expense = 10.0, net_impairment_loss = 0.0, operating_expense = 40.0, months = 12},
]
expect = {Alpha = 1.1, Beta = 0.0}
*/
SELECT
    period,
    unit,
    financial_revenue / nullif(financial_expense + net_impairment_loss + operating_expense, 0) AS value,
    NULL AS n
FROM ledger_12m
