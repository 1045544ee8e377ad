/*
title         = "Women on the board"
short         = "Women on board"
plain         = "Women on the board"
unit          = "%"
better        = "higher"
goalposts     = [0.05, 0.4]
limits        = { amber = 0.2, red = 0.1 }
units         = ["institution"]
people        = "none"
summary       = "Women over board members in office whose gender is recorded."
risk          = ["governance"]
standard      = ["IRIS+ OI8118", "IRIS+ OI1075"]
source        = "World Bank MIX Market field definitions; formula confirmed on 2,363 published ratios"
limits_source = "MIX median 22 %"

[fr]
title         = "Femmes au conseil d'administration"
short         = "Femmes au conseil"
plain         = "Femmes au conseil"
summary       = "Femmes sur membres du conseil en fonction dont le sexe est connu."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 2 363 ratios publiés"
limits_source = "médiane MIX 22 %"

[es]
title   = "Mujeres en la junta directiva"
short   = "Mujeres en la junta"
plain   = "Mujeres en la junta directiva"
summary = "Mujeres sobre los miembros en ejercicio de la junta directiva con género registrado."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 2.363 índices publicados"
limits_source = "MIX, mediana: 22 %"

[example]
governance = [
    {unit = "Alpha", board_women = 1, board_members = 5},
    {unit = "Beta", board_women = 0, board_members = 7},
]
expect = {Alpha = 0.2, Beta = 0.0}
*/
SELECT
    period,
    unit,
    board_women / nullif(board_members, 0) AS value,
    board_members AS n
FROM governance
