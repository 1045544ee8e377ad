/*
title         = "Cost of funds ratio"
short         = "Cost of funds"
plain         = "Cost of funds"
unit          = "%"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Financial expense over average borrowings and deposits, 12 months. Two readings: a low cost may come from cheap savings or from subsidised lenders. A kind of funding that the ledger does not keep counts as none."
risk          = ["funding"]
standard      = []
source        = "Financial expense on funding over the liabilities that bear it"
limits_source = "no published line: compare with peers"

[fr]
title         = "Coût des ressources"
short         = "Coût des ressources"
plain         = "Coût des ressources"
summary       = "Charges financières sur emprunts et dépôts moyens, 12 mois. Deux lectures : un coût bas vient d'une épargne bon marché ou de bailleurs qui subventionnent. Une ressource absente du grand livre compte pour zéro."
source        = "Charges financières sur les ressources qui les portent"
limits_source = "aucune limite publiée : à comparer avec les pairs"

[es]
title   = "Índice de costo de fondos"
short   = "Costo de fondos"
plain   = "Costo de fondos"
summary = "Gastos financieros sobre obligaciones financieras y depósitos promedio, 12 meses. Dos lecturas: un costo bajo puede venir de ahorros baratos o de financiadores subsidiados. Un tipo de fondeo que la contabilidad no registra cuenta como nulo."
source  = "Gastos financieros por fondeo sobre los pasivos que los generan"
limits_source = "sin límite publicado: comparar con pares"

[example]
ledger_12m = [
    {unit = "Alpha", financial_expense = 12.0, average_borrowings = 100.0, average_deposits = 20.0, months = 12},
    {unit = "Alpha", financial_expense = 6.0, average_borrowings = 0.0, average_deposits = 60.0, months = 12},
    {unit = "Beta", financial_expense = 0.0, average_borrowings = 50.0, months = 12},
]
expect = {Alpha = 0.1, Beta = 0.0}
*/
SELECT
    period,
    unit,
    financial_expense * if(annualised, 12.0 / ledger_12m.months, 1) / nullif(if(
        two_point_averages,
        (coalesce(borrowings + start_borrowings, 0) + coalesce(deposits + start_deposits, 0)) / 2,
        coalesce(average_borrowings, 0) + coalesce(average_deposits, 0)
    ), 0) AS value,
    NULL AS n
FROM ledger_12m, settings
