/*
title         = "Loans below the small-loan line"
short         = "Small loans"
plain         = "Loans below the small-loan line"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 0.8]
limits        = {}
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Loans disbursed in 12 months below a share of GNI per capita (the policy sets the line: 20 % unless changed) over all loans disbursed."
risk          = ["mission_drift"]
standard      = ["MIX"]
source        = "MIX Market loan-size bands: below 20 % of GNI per capita serves the very poor"
limits_source = "no published line"

[fr]
title   = "Prêts sous la ligne des petits prêts"
short   = "Petits prêts"
plain   = "Prêts sous la ligne des petits prêts"
summary = "Prêts décaissés en 12 mois sous une part du RNB par habitant (20 % sauf réglage) sur tous les prêts décaissés."
source  = "Tranches de taille de prêt MIX Market : sous 20 % du RNB par habitant, clients très pauvres"
limits_source = "aucune limite publiée"

[es]
title   = "Préstamos bajo el límite de préstamo pequeño"
short   = "Préstamos pequeños"
plain   = "Préstamos bajo el límite de préstamo pequeño"
summary = "Préstamos desembolsados en 12 meses por debajo de una parte del INB per cápita (la política fija el límite: 20 % salvo cambio) sobre todos los préstamos desembolsados."
source  = "Tramos de tamaño de préstamo de MIX Market: bajo 20 % del INB per cápita se atiende a los muy pobres"
limits_source = "sin límite publicado"

[example]
settings = [
    {small_loan_line = 0.2},
]
portfolio_12m = [
    {unit = "North", disbursed_below_20 = 16, disbursed_size_known = 20},
    {unit = "South", disbursed_below_20 = 0, disbursed_size_known = 15},
]
expect = {North = 0.8, South = 0.0}
*/
SELECT
    period,
    unit,
    CASE small_loan_line
        WHEN 0.1 THEN disbursed_below_10 WHEN 0.2 THEN disbursed_below_20 WHEN 0.4 THEN disbursed_below_40
        WHEN 0.6 THEN disbursed_below_60 WHEN 1.0 THEN disbursed_below_100 WHEN 1.5 THEN disbursed_below_150
    END / nullif(disbursed_size_known, 0) AS value,
    disbursed_size_known AS n,
    disbursed_loans AS population
FROM portfolio_12m, settings
