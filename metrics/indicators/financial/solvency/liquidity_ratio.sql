/*
title         = "Liquid assets over short-term liabilities"
short         = "Liquidity"
plain         = "Liquid assets over what falls due"
unit          = "%"
better        = "higher"
goalposts     = [0.05, 0.3]
limits        = { amber = 0.2, red = 0.1 }
units         = ["institution"]
people        = "none"
summary       = "Cash and investments that can be sold at once, over demand deposits and liabilities due in 12 months. Cash comes from the ledger, the rest from the prudential return; without such investments they count as none."
risk          = ["liquidity"]
standard      = []
source        = "Liquidity ratio as PEARLS L1 and the regulators read it"
limits_source = "PEARLS L1 asks for at least 15 %; the lines are a default, to be set by your board"

[fr]
title         = "Actifs liquides sur passifs à court terme"
short         = "Liquidité"
plain         = "Actifs liquides sur passifs exigibles"
summary       = "Caisse et placements réalisables à vue, sur dépôts à vue et passifs échéant dans les 12 mois. La caisse vient du grand livre, le reste de la déclaration prudentielle ; sans placements déclarés, ils comptent pour zéro."
source        = "Ratio de liquidité, au sens de PEARLS L1 et des régulateurs"
limits_source = "PEARLS L1 demande au moins 15 % ; limites par défaut, à fixer par votre conseil"

[es]
title   = "Activos líquidos sobre pasivos a corto plazo"
short   = "Liquidez"
plain   = "Activos líquidos sobre lo que vence"
summary = "Efectivo e inversiones de venta inmediata sobre depósitos a la vista y pasivos con vencimiento en 12 meses. El efectivo viene de la contabilidad, el resto del informe prudencial; sin tales inversiones, cuentan como nulas."
source  = "Índice de liquidez como lo leen PEARLS L1 y los reguladores"
limits_source = "PEARLS L1 pide al menos 15 %; los límites son valores predeterminados que fija su junta directiva"

[example]
ledger = [
    {unit = "Alpha", cash = 150.0},
    {unit = "Beta", cash = 0.0},
]
prudence = [
    {unit = "Alpha", trade_investments = 50.0, demand_deposits = 600.0, due_in_12_months = 400.0},
    {unit = "Beta", demand_deposits = 100.0, due_in_12_months = 0.0},
]
expect = {Alpha = 0.2, Beta = 0.0}
*/
SELECT
    period,
    unit,
    (cash + coalesce(trade_investments, 0)) / nullif(demand_deposits + due_in_12_months, 0) AS value,
    NULL AS n
FROM prudence LEFT JOIN ledger USING (period, unit)
