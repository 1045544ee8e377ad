/*
title         = "Clients below the poverty line (PPI)"
short         = "Poor clients"
plain         = "Clients below the poverty line"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 0.6]
limits        = {}
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Mean poverty likelihood of active clients, each by the newest answers of the last three years, for the line in use. Households count with their survey weight; a larger household counts no more."
risk          = ["mission_drift"]
standard      = ["IRIS+ PI7098", "IRIS+ PI7318", "IRIS+ PI1726", "IRIS+ PD3569"]
source        = "PPI design memos (M. Schreiner): a group's rate is the mean of its likelihoods, never the likelihood of its mean score"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients sous le seuil de pauvreté (PPI)"
short   = "Clients pauvres"
plain   = "Clients sous le seuil de pauvreté"
summary = "Probabilité moyenne de pauvreté des clients actifs, chacun par ses réponses les plus récentes des trois dernières années, pour le seuil retenu. Les ménages comptent avec leur poids d'enquête ; un grand ménage ne compte pas davantage."
source  = "Notes de conception du PPI (M. Schreiner) : le taux d'un groupe est la moyenne de ses probabilités, jamais celle du score moyen"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes bajo la línea de pobreza (PPI)"
short   = "Clientes pobres"
plain   = "Clientes bajo la línea de pobreza"
summary = "Probabilidad media de pobreza de los clientes activos, cada uno con sus respuestas más recientes de los últimos tres años, para la línea en uso. Los hogares cuentan con su peso de encuesta; un hogar más grande no cuenta más."
source  = "Memorandos de diseño del PPI (M. Schreiner): la tasa de un grupo es la media de sus probabilidades, nunca la probabilidad de su puntaje medio"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [{poverty_line = ""}]
poverty = [
    {unit = "North", poor_first = 45.0, poor_weight = 90.0, poor_squares = 90.0, poor_n = 90},
    {unit = "North", poor_first = 15.0, poor_weight = 30.0, poor_squares = 30.0, poor_n = 30},
    {unit = "South", poor_first = 0.0, poor_weight = 40.0, poor_squares = 40.0, poor_n = 40},
]
expect = {North = 0.5, South = 0.0}
*/
SELECT
    period,
    unit,
    CASE
        WHEN poverty_line = '' THEN poor_first
        WHEN regexp_matches(poverty_line, '(?i)^(extr|food|aliment)') THEN poor_extreme
        WHEN poverty_line LIKE '%1.90%' THEN poor_190 WHEN poverty_line LIKE '%2.15%' THEN poor_215
        WHEN poverty_line LIKE '%3.20%' THEN poor_320 WHEN poverty_line LIKE '%3.65%' THEN poor_365
        WHEN poverty_line LIKE '%5.50%' THEN poor_550 WHEN poverty_line LIKE '%6.85%' THEN poor_685
        WHEN regexp_matches(poverty_line, '(?i)^[^0-9]*na[ct]ional[^0-9]*$') THEN poor_national
    END / nullif(poor_weight, 0) AS value,
    poor_n AS n,
    poor_weight * poor_weight / nullif(poor_squares, 0) AS effective_n
FROM poverty, settings
