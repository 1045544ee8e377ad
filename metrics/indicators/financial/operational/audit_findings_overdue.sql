/*
title         = "Internal-audit findings past due"
short         = "Overdue findings"
plain         = "High audit findings past due"
unit          = "%"
better        = "lower"
goalposts     = [0.5, 0.0]
limits        = { amber = 0.1, red = 0.25 }
units         = ["institution", "branch"]
people        = "none"
summary       = "High findings of internal audit that are open past their day, over high findings open. No figure where none is open or one has no day."
risk          = ["operations", "governance"]
standard      = []
source        = "Register of audit findings"
limits_source = "default, to be set by your board"

[fr]
title         = "Constats d'audit interne en retard"
short         = "Constats en retard"
plain         = "Constats d'audit graves en retard"
summary       = "Constats graves de l'audit interne ouverts au-delà de leur échéance, sur constats graves ouverts. Aucun chiffre s'il n'y en a pas ou si l'un n'a pas d'échéance."
source        = "Registre des constats d'audit"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Hallazgos de auditoría interna vencidos"
short   = "Hallazgos vencidos"
plain   = "Hallazgos graves de auditoría vencidos"
summary = "Hallazgos graves de auditoría interna que siguen abiertos pasado su plazo, sobre los hallazgos graves abiertos. No hay cifra si ninguno está abierto o alguno no tiene plazo."
source  = "Registro de hallazgos de auditoría"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
audit = [
    {unit = "North", findings_overdue_high = 1, findings_undated_high = 0, findings_open_high = 10},
    {unit = "South", findings_overdue_high = 0, findings_undated_high = 0, findings_open_high = 2},
]
expect = {North = 0.1, South = 0.0}
*/
SELECT
    period,
    unit,
    if(findings_undated_high > 0, NULL, findings_overdue_high) / nullif(findings_open_high, 0) AS value,
    findings_open_high AS n
FROM audit
