/*
title         = "Days of cash"
short         = "Days of cash"
plain         = "Days that the cash lasts"
unit          = "days"
better        = "higher"
goalposts     = [15.0, 180.0]
limits        = { amber = 90.0, red = 30.0 }
units         = ["institution"]
people        = "none"
summary       = "Cash over a day's operating and financial expense of the last 12 months and a day's share of the debt due in the next 90 days. Counts no repayment by clients: how long the doors stay open if nothing comes in."
risk          = ["liquidity"]
standard      = []
source        = "Cash, expenses and debt schedule"
limits_source = "default, to be set by your board"

[fr]
title         = "Jours de trésorerie"
short         = "Jours de trésorerie"
plain         = "Jours couverts par la trésorerie"
summary       = "Caisse sur les charges d'exploitation et financières d'un jour (12 derniers mois) et la part d'un jour des dettes échéant sous 90 jours. Sans compter les remboursements des clients : combien de temps l'institution tient si rien ne rentre."
source        = "Caisse, charges et échéancier de la dette"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Días de efectivo"
short   = "Días de efectivo"
plain   = "Días que dura el efectivo"
summary = "Efectivo sobre el gasto operativo y financiero diario de los últimos 12 meses más la parte diaria de la deuda que vence en los próximos 90 días. No cuenta ningún pago de clientes: cuánto tiempo siguen abiertas las puertas si no entra nada."
source  = "Efectivo, gastos y cronograma de deuda"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
ledger_12m = [
    {unit = "Alpha", cash = 270.0, operating_expense = 600.0, financial_expense = 130.0, months = 12},
    {unit = "Beta", cash = 0.0, operating_expense = 365.0, financial_expense = 0.0, months = 12},
]
debt = [
    {unit = "Alpha", debt_due_90 = 90.0},
    {unit = "Beta", debt_due_90 = 0.0},
]
expect = {Alpha = 90.0, Beta = 0.0}
*/
SELECT
    period,
    unit,
    cash
        / nullif((operating_expense + financial_expense) / (ledger_12m.months * 365 / 12) + debt_due_90 / 90, 0) AS value,
    NULL AS n
FROM ledger_12m LEFT JOIN debt USING (period, unit)
