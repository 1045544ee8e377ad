/*
title         = "Borrower retention rate"
short         = "Retention"
plain         = "Clients who stay"
unit          = "%"
better        = "higher"
goalposts     = [0.5, 0.95]
limits        = { amber = 0.7, red = 0.6 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Active borrowers at the end over active borrowers 12 months before plus new borrowers in between; new = first loan."
risk          = ["mission_drift", "income", "reputation"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 1,339 published ratios"
limits_source = "MIX 25th percentile 70 %, median 78 %"

[fr]
title   = "Taux de fidélisation des emprunteurs"
short   = "Fidélisation"
plain   = "Clients qui restent"
summary = "Emprunteurs actifs à la fin sur emprunteurs actifs 12 mois avant plus les nouveaux ; nouveau = premier prêt."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 1 339 ratios publiés"
limits_source = "MIX 25e centile 70 %, médiane 78 %"

[example]
portfolio_12m = [
    {unit = "North", active_borrowers = 84, start_active_borrowers = 100, new_borrowers = 20, months = 12},
    {unit = "South", active_borrowers = 0, start_active_borrowers = 30, new_borrowers = 0, months = 12},
]
expect = {North = 0.7, South = 0.0}
*/
SELECT
    period,
    unit,
    sum(active_borrowers) / nullif(sum(start_active_borrowers) + sum(new_borrowers), 0) AS value,
    sum(start_active_borrowers) + sum(new_borrowers) AS n
FROM portfolio_12m
WHERE months = 12
GROUP BY period, unit
