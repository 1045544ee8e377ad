/*
title         = "Financial self-sufficiency (adjusted)"
short         = "FSS"
plain         = "Revenue over all costs, adjusted (FSS)"
unit          = "%"
better        = "higher"
goalposts     = [0.7, 1.2]
limits        = { amber = 1.0, red = 0.9 }
units         = ["institution"]
people        = "none"
summary       = "Financial revenue over all costs with three adjustments that you give as parameters, each an amount for a year, 0 where there is none: subsidy_adjustment (cheap or free funding at market price), inflation_adjustment (equity kept whole), provisioning_adjustment (a stricter provisioning table)."
risk          = ["sustainability"]
standard      = []
source        = "Operational self-sufficiency with the adjustments of the CGAP consensus guidelines of 2003"
limits_source = "default, to be set by your board"

[fr]
title         = "Autosuffisance financière (ajustée)"
short         = "AFS"
plain         = "Produits sur charges ajustées (AFS)"
summary       = "Produits financiers sur l'ensemble des charges avec trois ajustements que vous donnez en paramètres, chacun un montant annuel, 0 s'il n'y en a pas : subsidy_adjustment (ressources bonifiées au prix du marché), inflation_adjustment (maintien des fonds propres), provisioning_adjustment (barème de provisions plus strict)."
source        = "Autosuffisance opérationnelle avec les ajustements des lignes directrices du CGAP de 2003"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Autosuficiencia financiera (ajustada)"
short   = "FSS"
plain   = "Ingresos sobre todos los costos, ajustados (FSS)"
summary = "Ingresos financieros sobre todos los costos con tres ajustes que se dan como parámetros, cada uno un monto anual, 0 si no hay: subsidy_adjustment (fondeo barato o gratuito a precio de mercado), inflation_adjustment (conservar el valor del patrimonio), provisioning_adjustment (una tabla de previsiones más estricta)."
source  = "Autosuficiencia operativa con los ajustes de las guías de consenso del CGAP de 2003"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
ledger_12m = [
    {unit = "Alpha", financial_revenue = 60.0, financial_expense = 10.0, net_impairment_loss = 5.0, operating_expense = 35.0, months = 6},
    {unit = "Beta", financial_revenue = 0.0, financial_expense = 10.0, net_impairment_loss = 0.0, operating_expense = 40.0, months = 12},
]
adjustments = [
    {unit = "Alpha", subsidy_adjustment = 12.0, inflation_adjustment = 8.0, provisioning_adjustment = 0.0},
    {unit = "Beta", subsidy_adjustment = 0.0, inflation_adjustment = 0.0, provisioning_adjustment = 0.0},
]
expect = {Alpha = 1.0, Beta = 0.0}
*/
SELECT
    period,
    unit,
    -- The adjustments are for a year, so that flows are brought to a year whatever the setting.
    financial_revenue * 12.0 / ledger_12m.months / nullif(
        (financial_expense + net_impairment_loss + operating_expense) * 12.0 / ledger_12m.months
        + subsidy_adjustment + inflation_adjustment + provisioning_adjustment,
    0) AS value,
    NULL AS n
FROM ledger_12m LEFT JOIN adjustments USING (period, unit)
