/*
title         = "Reports delivered on time"
short         = "Reports on time"
plain         = "Reports delivered on time"
unit          = "%"
better        = "higher"
goalposts     = [0.5, 1.0]
limits        = { amber = 0.9, red = 0.8 }
units         = ["institution"]
people        = "none"
summary       = "Reports delivered by the day on which they were due over reports due in the last 12 months. One still not delivered is late."
risk          = ["funding", "reputation"]
standard      = []
source        = "The institution's calendar of reports"
limits_source = "default, to be set by your board"

[fr]
title   = "Rapports remis à temps"
short   = "Rapports à temps"
plain   = "Rapports remis à temps"
summary = "Rapports remis au plus tard le jour dû sur rapports dus dans les 12 derniers mois. Un rapport pas encore remis est en retard."
source  = "Calendrier des rapports de l'institution"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Informes entregados a tiempo"
short   = "Informes a tiempo"
plain   = "Informes entregados a tiempo"
summary = "Informes entregados a más tardar el día de su plazo sobre los informes con plazo en los últimos 12 meses. Uno aún no entregado está atrasado."
source  = "Calendario de informes de la institución"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
reporting = [
    {unit = "Alpha", reports_on_time = 9, reports_due = 10},
    {unit = "Beta", reports_on_time = 0, reports_due = 2},
]
expect = {Alpha = 0.9, Beta = 0.0}
*/
SELECT
    period,
    unit,
    reports_on_time / nullif(reports_due, 0) AS value,
    reports_due AS n
FROM reporting
