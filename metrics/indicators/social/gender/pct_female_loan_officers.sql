/*
title         = "Women among loan officers"
short         = "Women loan officers"
plain         = "Women among loan officers"
unit          = "%"
better        = "higher"
goalposts     = [0.05, 0.5]
limits        = { amber = 0.25, red = 0.1 }
units         = ["institution", "branch"]
people        = "staff"
summary       = "Women over loan officers whose gender is recorded."
risk          = ["inclusion"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 2,506 published ratios"
limits_source = "MIX median 30 %"

[fr]
title   = "Femmes parmi les agents de crédit"
short   = "Agentes de crédit"
plain   = "Femmes parmi les agents de crédit"
summary = "Femmes sur agents de crédit dont le sexe est connu."
source  = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 2 506 ratios publiés"
limits_source = "médiane MIX 30 %"

[es]
title   = "Mujeres entre los asesores de crédito"
short   = "Asesoras de crédito"
plain   = "Mujeres entre los asesores de crédito"
summary = "Mujeres sobre los asesores de crédito con género registrado."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 2.506 índices publicados"
limits_source = "MIX, mediana: 30 %"

[example]
workforce = [
    {unit = "North", loan_officers_women = 2, loan_officers_gender_known = 8, loan_officers = 9},
    {unit = "South", loan_officers_women = 0, loan_officers_gender_known = 3, loan_officers = 3},
]
expect = {North = 0.25, South = 0.0}
*/
SELECT
    period,
    unit,
    loan_officers_women / nullif(coalesce(loan_officers_gender_known, loan_officers), 0) AS value,
    coalesce(loan_officers_gender_known, loan_officers) AS n,
    loan_officers AS population
FROM workforce
