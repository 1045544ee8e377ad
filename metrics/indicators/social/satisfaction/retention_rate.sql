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
summary       = "Active borrowers at the end over active borrowers 12 months before plus new borrowers in between (new = first loan); or, where the policy says IRIS+, over those 12 months before alone."
risk          = ["mission_drift", "income", "reputation"]
standard      = ["MIX", "IRIS+ PI9319"]
source        = "World Bank MIX Market field definitions, formula confirmed on 1,339 published ratios; IRIS+ PI9319"
limits_source = "MIX 25th percentile 70 %, median 78 %"

[fr]
title   = "Taux de fidélisation des emprunteurs"
short   = "Fidélisation"
plain   = "Clients qui restent"
summary = "Emprunteurs actifs à la fin sur emprunteurs actifs 12 mois avant plus les nouveaux (nouveau = premier prêt) ; ou, si la politique dit IRIS+, sur ceux de 12 mois avant seulement."
source  = "Définitions de MIX Market (Banque mondiale), formule confirmée sur 1 339 ratios publiés ; IRIS+ PI9319"
limits_source = "MIX 25e centile 70 %, médiane 78 %"

[es]
title   = "Tasa de retención de prestatarios"
short   = "Retención"
plain   = "Clientes que permanecen"
summary = "Prestatarios activos al final sobre los prestatarios activos 12 meses antes más los nuevos entretanto (nuevo = primer préstamo); o, si la política dice IRIS+, solo sobre los de 12 meses antes."
source  = "Definiciones de campos de MIX Market (Banco Mundial), fórmula confirmada con 1.339 índices publicados; IRIS+ PI9319"
limits_source = "MIX, percentil 25: 70 %, mediana: 78 %"

[example]
settings = [
    {retention = "mix"},
]
portfolio_12m = [
    {unit = "North", active_borrowers = 84, start_active_borrowers = 100, new_borrowers = 20, months = 12},
    {unit = "South", active_borrowers = 0, start_active_borrowers = 30, new_borrowers = 0, months = 12},
]
expect = {North = 0.7, South = 0.0}
*/
SELECT
    period,
    unit,
    if(portfolio_12m.months = 12, active_borrowers, NULL)
        / nullif(start_active_borrowers + if(retention = 'iris', 0, new_borrowers), 0) AS value,
    if(portfolio_12m.months = 12, start_active_borrowers + if(retention = 'iris', 0, new_borrowers), NULL) AS n
FROM portfolio_12m, settings
