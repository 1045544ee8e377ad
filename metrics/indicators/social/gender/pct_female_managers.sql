/*
title         = "Women among managers"
short         = "Women managers"
plain         = "Women among managers"
unit          = "%"
better        = "higher"
goalposts     = [0.05, 0.4]
limits        = { amber = 0.2, red = 0.1 }
units         = ["institution"]
people        = "staff"
summary       = "Women over managers and executives whose gender is recorded."
risk          = ["governance"]
standard      = ["2X Criteria", "MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 2,495 published ratios"
limits_source = "MIX median 20 %"

[fr]
title   = "Femmes parmi les cadres"
short   = "Cadres féminins"
plain   = "Femmes parmi les cadres"
summary = "Femmes sur cadres et dirigeants dont le sexe est connu."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 2 495 ratios publiés"
limits_source = "médiane MIX 20 %"

[es]
title   = "Mujeres entre los gerentes"
short   = "Mujeres gerentes"
plain   = "Mujeres entre los gerentes"
summary = "Mujeres sobre gerentes y directivos con género registrado."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 2.495 índices publicados"
limits_source = "MIX, mediana: 20 %"

[example]
workforce = [
    {unit = "North", managers_women = 1, managers = 5},
    {unit = "South", managers_women = 0, managers = 2},
]
expect = {North = 0.2, South = 0.0}
*/
SELECT
    period,
    unit,
    managers_women / nullif(coalesce(managers_gender_known, managers), 0) AS value,
    coalesce(managers_gender_known, managers) AS n,
    managers AS population
FROM workforce
