/*
title         = "Cost per loan"
short         = "Cost per loan"
plain         = "Cost per loan"
unit          = "money"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Operating expense over the average number of outstanding loans, 12 months, in the institution's currency. Watched, never scored: a line depends on the country."
risk          = ["efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,334 published ratios"
limits_source = "no published line"

[fr]
title         = "Coût par prêt"
short         = "Coût par prêt"
plain         = "Coût par prêt"
summary       = "Charges d'exploitation sur le nombre moyen de prêts en cours, 12 mois, en monnaie de l'institution. Suivi, jamais noté : une limite dépend du pays."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 334 ratios publiés"
limits_source = "aucune limite publiée"

[es]
title   = "Costo por préstamo"
short   = "Costo por préstamo"
plain   = "Costo por préstamo"
summary = "Gastos operativos sobre el número promedio de préstamos vigentes, 12 meses, en la moneda de la institución. Se observa, nunca se puntúa: un límite depende del país."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.334 índices publicados"
limits_source = "sin límite publicado"

[example]
ledger_12m = [
    {unit = "Alpha", operating_expense = 5800.0, months = 12},
    {unit = "Beta", operating_expense = 0.0, months = 12},
]
portfolio_12m = [
    {unit = "Alpha", average_active_loans = 100.0, active_loans = 110},
    {unit = "Beta", average_active_loans = 50.0, active_loans = 50},
]
expect = {Alpha = 58.0, Beta = 0.0}
*/
SELECT
    period,
    unit,
    operating_expense * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (active_loans + start_active_loans) / 2, average_active_loans), 0) AS value,
    active_loans AS n
FROM portfolio_12m LEFT JOIN ledger_12m USING (period, unit), settings
