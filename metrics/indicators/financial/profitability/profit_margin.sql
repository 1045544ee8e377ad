/*
title         = "Profit margin"
short         = "Margin"
plain         = "Profit margin"
unit          = "%"
better        = "higher"
goalposts     = [-0.2, 0.25]
limits        = { amber = 0.1, red = 0.0 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Net operating income over financial revenue, 12 months."
risk          = ["sustainability"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,650 published ratios"
limits_source = "MIX median 13.3 %"

[fr]
title         = "Marge bénéficiaire"
short         = "Marge"
plain         = "Marge bénéficiaire"
summary       = "Résultat net d'exploitation sur produits financiers, 12 mois."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 650 ratios publiés"
limits_source = "médiane MIX 13,3 %"

[es]
title   = "Margen de ganancia"
short   = "Margen"
plain   = "Margen de ganancia"
summary = "Resultado operativo neto sobre ingresos financieros, 12 meses."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.650 índices publicados"
limits_source = "MIX, mediana: 13,3 %"

[example]
ledger_12m = [
    {unit = "Alpha", net_operating_income = 10.0, financial_revenue = 100.0, months = 12},
    {unit = "Beta", net_operating_income = 0.0, financial_revenue = 80.0, months = 12},
]
expect = {Alpha = 0.1, Beta = 0.0}
*/
SELECT
    period,
    unit,
    net_operating_income / nullif(financial_revenue, 0) AS value,
    NULL AS n
FROM ledger_12m
