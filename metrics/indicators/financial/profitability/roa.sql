/*
title         = "Return on assets"
short         = "ROA"
plain         = "Return on assets"
unit          = "%"
better        = "higher"
goalposts     = [-0.05, 0.05]
limits        = { amber = 0.02, red = 0.0 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Net operating income after tax over average assets, 12 months."
risk          = ["sustainability"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,133 published ratios"
limits_source = "MIX median 2.2 %"

[fr]
title         = "Rendement de l'actif"
short         = "ROA"
plain         = "Rendement de l'actif"
summary       = "Résultat d'exploitation net d'impôt sur l'actif moyen, 12 mois."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 133 ratios publiés"
limits_source = "médiane MIX 2,2 %"

[es]
title   = "Retorno sobre activos"
short   = "ROA"
plain   = "Retorno sobre activos"
summary = "Resultado operativo neto después de impuestos sobre activos promedio, 12 meses."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.133 índices publicados"
limits_source = "MIX, mediana: 2,2 %"

[example]
ledger_12m = [
    {unit = "Alpha", net_operating_income = 25.0, tax = 5.0, average_assets = 1000.0, months = 12},
    {unit = "Beta", net_operating_income = 5.0, tax = 5.0, average_assets = 800.0, months = 12},
]
expect = {Alpha = 0.02, Beta = 0.0}
*/
SELECT
    period,
    unit,
    (net_operating_income - tax) * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (assets + start_assets) / 2, average_assets), 0) AS value,
    NULL AS n
FROM ledger_12m, settings
