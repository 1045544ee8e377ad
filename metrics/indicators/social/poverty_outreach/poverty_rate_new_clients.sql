/*
title         = "New clients below the poverty line (PPI)"
short         = "Poor new clients"
plain         = "New clients below the poverty line"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 0.6]
limits        = {}
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Mean poverty likelihood of active clients who joined in the last 12 months, for the line in use, with survey weights of households. Beside the rate of all clients it tells whom the institution is reaching now."
risk          = ["mission_drift"]
standard      = []
source        = "PPI design memos (M. Schreiner): a group's rate is the mean of its likelihoods, never the likelihood of its mean score"
limits_source = "default, to be set by your board"

[fr]
title   = "Nouveaux clients sous le seuil de pauvreté (PPI)"
short   = "Nouveaux clients pauv."
plain   = "Nouveaux clients sous le seuil de pauvreté"
summary = "Probabilité moyenne de pauvreté des clients actifs entrés dans les 12 derniers mois, pour le seuil retenu, avec le poids d'enquête des ménages. À côté du taux de tous les clients, il dit qui l'institution atteint aujourd'hui."
source  = "Notes de conception du PPI (M. Schreiner) : le taux d'un groupe est la moyenne de ses probabilités, jamais celle du score moyen"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes nuevos bajo la línea de pobreza (PPI)"
short   = "Nuevos pobres"
plain   = "Clientes nuevos bajo la línea de pobreza"
summary = "Probabilidad media de pobreza de los clientes activos que ingresaron en los últimos 12 meses, para la línea en uso, con los pesos de encuesta de los hogares. Junto a la tasa de todos los clientes dice a quién llega hoy la institución."
source  = "Memorandos de diseño del PPI (M. Schreiner): la tasa de un grupo es la media de sus probabilidades, nunca la probabilidad de su puntaje medio"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [{poverty_line = ""}]
poverty = [
    {unit = "North", new_first = 12.0, new_weight = 20.0, new_squares = 20.0, new_n = 20},
    {unit = "South", new_first = 0.0, new_weight = 15.0, new_squares = 15.0, new_n = 15},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    CASE
        WHEN poverty_line = '' THEN new_first
        WHEN regexp_matches(poverty_line, '(?i)^(extr|food|aliment)') THEN new_extreme
        WHEN poverty_line LIKE '%1.90%' THEN new_190 WHEN poverty_line LIKE '%2.15%' THEN new_215
        WHEN poverty_line LIKE '%3.20%' THEN new_320 WHEN poverty_line LIKE '%3.65%' THEN new_365
        WHEN poverty_line LIKE '%5.50%' THEN new_550 WHEN poverty_line LIKE '%6.85%' THEN new_685
        WHEN regexp_matches(poverty_line, '(?i)^[^0-9]*na[ct]ional[^0-9]*$') THEN new_national
    END / nullif(new_weight, 0) AS value,
    new_n AS n,
    new_weight * new_weight / nullif(new_squares, 0) AS effective_n
FROM poverty, settings
