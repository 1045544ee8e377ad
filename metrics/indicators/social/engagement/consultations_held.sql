/*
title         = "Consultations held of those planned"
short         = "Consultations held"
plain         = "Consultations held as planned"
unit          = "%"
better        = "higher"
goalposts     = [0.3, 1.0]
limits        = { amber = 0.7, red = 0.5 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Consultations planned for the last 12 months that have been held by the date shown, over all that were planned. One held unplanned does not count."
risk          = ["reputation", "accountability"]
standard      = []
source        = "The institution's plan of consultations"
limits_source = "default, to be set by your board"

[fr]
title   = "Consultations tenues sur consultations prévues"
short   = "Consultations tenues"
plain   = "Consultations tenues comme prévu"
summary = "Consultations prévues dans les 12 derniers mois et tenues à la date montrée, sur toutes celles prévues. Une consultation imprévue ne compte pas."
source  = "Plan de consultations de l'institution"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Consultas realizadas de las previstas"
short   = "Consultas realizadas"
plain   = "Consultas realizadas según lo previsto"
summary = "Consultas previstas para los últimos 12 meses que se han realizado hasta la fecha indicada, sobre todas las previstas. Una realizada sin estar prevista no cuenta."
source  = "Plan de consultas de la institución"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
consultations = [
    {unit = "North", consultations_kept = 7, consultations_planned = 10},
    {unit = "South", consultations_kept = 0, consultations_planned = 2},
]
expect = {North = 0.7, South = 0.0}
*/
SELECT
    period,
    unit,
    consultations_kept / nullif(consultations_planned, 0) AS value,
    consultations_planned AS n
FROM consultations
