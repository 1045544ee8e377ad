/*
title         = "Average loan balance over GNI per capita"
short         = "Balance over GNI"
plain         = "Average balance of a borrower over national income"
unit          = "%"
better        = "band"
goalposts     = []
limits        = {}
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "What a borrower owes on average over GNI per capita. Below 20 % institutions mostly reach the very poor, above 150 % better-off clients. Two readings: a low figure speaks of depth of outreach, and of dearer loans; a rising one of clients who grow, or of drift away from the poor."
risk          = ["mission_drift"]
standard      = []
source        = "World Bank MIX Market: average balance per borrower over GNI per capita (Atlas method)"
limits_source = "MIX FY2016-18: 25th percentile 14 %, median 32 %, 75th percentile 79 %"

[fr]
title   = "Solde moyen par emprunteur sur RNB par habitant"
short   = "Solde sur RNB"
plain   = "Solde moyen d'un emprunteur sur le revenu national"
summary = "Ce qu'un emprunteur doit en moyenne sur le RNB par habitant. Sous 20 %, les institutions servent surtout les très pauvres ; au-dessus de 150 %, des clients plus aisés. Deux lectures : un chiffre bas parle de la profondeur de la portée, et de prêts plus chers ; un chiffre qui monte, de clients qui grandissent, ou d'une dérive loin des pauvres."
source  = "MIX Market (Banque mondiale) : solde moyen par emprunteur sur RNB par habitant (méthode Atlas)"
limits_source = "MIX 2016-2018 : 25e centile 14 %, médiane 32 %, 75e centile 79 %"

[es]
title   = "Saldo promedio por prestatario sobre INB per cápita"
short   = "Saldo sobre INB"
plain   = "Saldo promedio de un prestatario sobre el ingreso nacional"
summary = "Lo que debe en promedio un prestatario sobre el INB per cápita. Por debajo de 20 % las instituciones llegan sobre todo a los muy pobres; por encima de 150 %, a clientes más acomodados. Dos lecturas: un valor bajo habla de profundidad del alcance y de préstamos más caros; uno que sube, de clientes que crecen o de alejamiento de los pobres."
source  = "MIX Market (Banco Mundial): saldo promedio por prestatario sobre INB per cápita (método Atlas)"
limits_source = "MIX 2016-18, percentil 25: 14 %, mediana: 32 %, percentil 75: 79 %"

[example]
portfolio = [
    {unit = "North", glp_in_gni = 6.0, active_borrowers = 30},
    {unit = "South", glp_in_gni = 0.0, active_borrowers = 12},
]
expect = {North = 0.2, South = 0.0}
*/
SELECT
    period,
    unit,
    glp_in_gni / nullif(active_borrowers, 0) AS value,
    active_borrowers AS n
FROM portfolio
