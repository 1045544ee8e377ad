/*
title         = "Women among staff"
short         = "Women staff"
plain         = "Women among staff"
unit          = "%"
better        = "higher"
goalposts     = [0.1, 0.5]
limits        = { amber = 0.3, red = 0.2 }
units         = ["institution", "branch"]
people        = "staff"
summary       = "Women over all staff whose gender is recorded."
risk          = ["governance"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 2,659 published ratios"
limits_source = "MIX 25th percentile 19 %, median 36 %"

[fr]
title   = "Femmes dans le personnel"
short   = "Personnel féminin"
plain   = "Femmes dans le personnel"
summary = "Femmes sur le personnel dont le sexe est connu."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 2 659 ratios publiés"
limits_source = "MIX 25e centile 19 %, médiane 36 %"

[es]
title   = "Mujeres en el personal"
short   = "Personal femenino"
plain   = "Mujeres en el personal"
summary = "Mujeres sobre todo el personal con género registrado."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 2.659 índices publicados"
limits_source = "MIX, percentil 25: 19 %, mediana: 36 %"

[example]
workforce = [
    {unit = "North", personnel_women = 3, personnel_gender_known = 10, personnel = 11},
    {unit = "South", personnel_women = 0, personnel_gender_known = 4, personnel = 4},
]
expect = {North = 0.3, South = 0.0}
*/
SELECT
    period,
    unit,
    personnel_women / nullif(personnel_gender_known, 0) AS value,
    personnel_gender_known AS n,
    personnel AS population
FROM workforce
