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
title   = "Coût par emprunteur actif"
short   = "Coût par emprunteur"
plain   = "Coût par emprunteur"
summary = "Charges d'exploitation sur le nombre moyen d'emprunteurs actifs, 12 mois, en monnaie de l'institution. Suivi, jamais noté : un seuil dépend du pays."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 407 ratios publiés"
limits_source = "aucun seuil publié"

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
WITH flow AS (
    SELECT period, unit, sum(operating_expense) AS amount, max(months) AS months
    FROM ledger_12m
    GROUP BY period, unit
),
stock AS (
    SELECT period, unit, sum(average_active_borrowers) AS average, sum(active_borrowers) AS n
    FROM portfolio_12m
    GROUP BY period, unit
)
SELECT
    period,
    unit,
    amount * 12.0 / months / nullif(average, 0) AS value,
    n
FROM stock LEFT JOIN flow USING (period, unit)
