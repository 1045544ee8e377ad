/*
title         = "Disclosure completeness"
short         = "Report completeness"
plain         = "Fields of reports filled in"
unit          = "%"
better        = "higher"
goalposts     = [0.5, 1.0]
limits        = { amber = 0.9, red = 0.75 }
units         = ["institution"]
people        = "none"
summary       = "Fields filled in with evidence over fields required, of the reports due in the last 12 months. A report not delivered filled none."
risk          = ["accountability"]
standard      = []
source        = "Field lists of the reports that funders and authorities ask for"
limits_source = "default, to be set by your board"

[fr]
title   = "Complétude des rapports"
short   = "Rapports complets"
plain   = "Champs de rapports renseignés"
summary = "Champs renseignés avec preuve sur champs demandés, pour les rapports dus dans les 12 derniers mois. Un rapport non remis n'en a renseigné aucun."
source  = "Listes de champs des rapports que demandent bailleurs et autorités"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Integridad de los informes"
short   = "Informes completos"
plain   = "Campos de informes llenados"
summary = "Campos llenados con evidencia sobre campos requeridos, de los informes con plazo en los últimos 12 meses. Un informe no entregado no llenó ninguno."
source  = "Listas de campos de los informes que piden financiadores y autoridades"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
reporting = [
    {unit = "Alpha", report_fields_filled = 90, report_fields_required = 100, reports_due = 4},
    {unit = "Beta", report_fields_filled = 0, report_fields_required = 20, reports_due = 1},
]
expect = {Alpha = 0.9, Beta = 0.0}
*/
SELECT
    period,
    unit,
    report_fields_filled / nullif(report_fields_required, 0) AS value,
    reports_due AS n
FROM reporting
