/*
title         = "Women borrowers"
short         = "Women"
plain         = "Women among borrowers"
unit          = "%"
better        = "higher"
goalposts     = [0.2, 0.8]
limits        = { amber = 0.3, red = 0.25 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Women over active borrowers whose gender is recorded; each member of a group loan counts."
risk          = ["mission_drift"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,308 published ratios"
limits_source = "MIX 25th percentile 44 %, median 73 %"

[fr]
title   = "Femmes parmi les emprunteurs"
short   = "Femmes"
plain   = "Femmes parmi les emprunteurs"
summary = "Femmes sur emprunteurs actifs dont le sexe est connu ; chaque membre d'un prêt de groupe compte."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 308 ratios publiés"
limits_source = "MIX 25e centile 44 %, médiane 73 %"

[es]
title   = "Mujeres prestatarias"
short   = "Mujeres"
plain   = "Mujeres entre los prestatarios"
summary = "Mujeres sobre los prestatarios activos con género registrado; cada miembro de un préstamo grupal cuenta."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.308 índices publicados"
limits_source = "MIX, percentil 25: 44 %, mediana: 73 %"

[example]
portfolio = [
    {unit = "North", women_borrowers = 30, borrowers_gender_known = 100},
    {unit = "South", women_borrowers = 0, borrowers_gender_known = 40},
]
expect = {North = 0.3, South = 0.0}
*/
SELECT
    period,
    unit,
    women_borrowers / nullif(borrowers_gender_known, 0) AS value,
    borrowers_gender_known AS n,
    active_borrowers AS population
FROM portfolio
