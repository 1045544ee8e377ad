/*
title         = "Share of the portfolio held by women"
short         = "Women's portfolio"
plain         = "Portfolio held by women"
unit          = "%"
better        = "higher"
goalposts     = [0.1, 0.7]
limits        = {}
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Portfolio lent to women over portfolio lent to persons whose gender is recorded; a group loan is split by its members."
risk          = ["mission_drift"]
standard      = ["MIX"]
source        = "MIX Market gender segments of the gross loan portfolio"
limits_source = "no published line"

[fr]
title   = "Part de l'encours détenue par des femmes"
short   = "Encours des femmes"
plain   = "Encours détenu par des femmes"
summary = "Encours prêté aux femmes sur l'encours prêté aux personnes dont le sexe est connu ; un prêt de groupe est réparti entre ses membres."
source  = "Encours par sexe selon MIX Market"
limits_source = "aucune limite publiée"

[es]
title   = "Parte de la cartera en manos de mujeres"
short   = "Cartera de mujeres"
plain   = "Cartera en manos de mujeres"
summary = "Cartera prestada a mujeres sobre la prestada a personas con género registrado; un préstamo grupal se reparte entre sus miembros."
source  = "Segmentos por género de la cartera bruta de MIX Market"
limits_source = "sin límite publicado"

[example]
portfolio = [
    {unit = "North", glp_women = 350.0, glp_gender_known = 500.0, borrowers_gender_known = 20},
    {unit = "South", glp_women = 0.0, glp_gender_known = 200.0, borrowers_gender_known = 12},
]
expect = {North = 0.7, South = 0.0}
*/
SELECT
    period,
    unit,
    glp_women / nullif(glp_gender_known, 0) AS value,
    borrowers_gender_known AS n,
    active_borrowers AS population
FROM portfolio
