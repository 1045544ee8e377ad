/*
title         = "Change of client poverty between two survey rounds"
short         = "Change of poverty"
plain         = "Change of client poverty between rounds"
unit          = "%"
better        = "lower"
goalposts     = []
limits        = {}
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Poverty rate of the newest PPI round less that of the round before, in percentage points, for the line in use; the interval is that of a difference of two samples. Read it with the rate of new clients: poorer clients joining raise it as poverty does."
risk          = ["mission_drift"]
standard      = []
source        = "PPI design memos (M. Schreiner): two independent samples"
limits_source = "default, to be set by your board"

[fr]
title   = "Évolution de la pauvreté entre deux enquêtes"
short   = "Évolution pauvreté"
plain   = "Évolution de la pauvreté des clients"
summary = "Taux de pauvreté de la dernière enquête PPI moins celui de la précédente, en points de pourcentage, pour le seuil retenu ; l'intervalle est celui d'une différence entre deux échantillons. À lire avec le taux des nouveaux clients : l'entrée de clients plus pauvres l'élève comme le fait la pauvreté."
source  = "Notes de conception du PPI (M. Schreiner) : deux échantillons indépendants"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Cambio de la pobreza de los clientes entre dos rondas de encuesta"
short   = "Cambio de la pobreza"
plain   = "Cambio de la pobreza de los clientes entre rondas"
summary = "Tasa de pobreza de la ronda PPI más reciente menos la de la ronda anterior, en puntos porcentuales, para la línea en uso; el intervalo es el de una diferencia de dos muestras. Léase con la tasa de los clientes nuevos: si ingresan clientes más pobres, sube igual que si sube la pobreza."
source  = "Memorandos de diseño del PPI (M. Schreiner): dos muestras independientes"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
poverty = [
    {unit = "North", round_first = 40.0, round_weight = 100.0, round_n = 100, before_first = 50.0, before_weight = 100.0},
    {unit = "South", round_first = 20.0, round_weight = 40.0, round_n = 40, before_first = 30.0, before_weight = 60.0},
]
expect = {North = -0.1, South = 0.0}
*/
SELECT
    period,
    unit,
    newest - earlier AS value,
    round_n AS n,
    round_weight * round_weight / nullif(round_squares, 0) AS effective_n,
    newest * (1 - newest) + earlier * (1 - earlier) * (round_weight * round_weight / nullif(round_squares, 0))
        / nullif(before_weight * before_weight / nullif(before_squares, 0), 0) AS variance
FROM (
    SELECT *, CASE
        WHEN poverty_line = '' THEN round_first
        WHEN regexp_matches(poverty_line, '(?i)^(extr|food|aliment)') THEN round_extreme
        WHEN poverty_line LIKE '%1.90%' THEN round_190 WHEN poverty_line LIKE '%2.15%' THEN round_215
        WHEN poverty_line LIKE '%3.20%' THEN round_320 WHEN poverty_line LIKE '%3.65%' THEN round_365
        WHEN poverty_line LIKE '%5.50%' THEN round_550 WHEN poverty_line LIKE '%6.85%' THEN round_685
        WHEN regexp_matches(poverty_line, '(?i)^[^0-9]*na[ct]ional[^0-9]*$') THEN round_national
    END / nullif(round_weight, 0) AS newest, CASE
        WHEN poverty_line = '' THEN before_first
        WHEN regexp_matches(poverty_line, '(?i)^(extr|food|aliment)') THEN before_extreme
        WHEN poverty_line LIKE '%1.90%' THEN before_190 WHEN poverty_line LIKE '%2.15%' THEN before_215
        WHEN poverty_line LIKE '%3.20%' THEN before_320 WHEN poverty_line LIKE '%3.65%' THEN before_365
        WHEN poverty_line LIKE '%5.50%' THEN before_550 WHEN poverty_line LIKE '%6.85%' THEN before_685
        WHEN regexp_matches(poverty_line, '(?i)^[^0-9]*na[ct]ional[^0-9]*$') THEN before_national
    END / nullif(before_weight, 0) AS earlier
    FROM poverty, settings
)
