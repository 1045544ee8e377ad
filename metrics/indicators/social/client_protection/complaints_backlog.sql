/*
title         = "Open complaints past the standard"
short         = "Complaints backlog"
plain         = "Complaints that wait too long"
unit          = "%"
better        = "lower"
goalposts     = [0.5, 0.0]
limits        = { amber = 0.1, red = 0.25 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Complaints open longer than the standard (30 days unless the policy says otherwise) over all complaints open at the date shown. One never closed stays in."
risk          = ["conduct"]
standard      = ["USSEPM 4E"]
source        = "Age of open complaints"
limits_source = "default, to be set by your board"

[fr]
title   = "Réclamations ouvertes au-delà du délai"
short   = "Réclamations en retard"
plain   = "Réclamations qui attendent trop"
summary = "Réclamations ouvertes depuis plus que le délai (30 jours sauf réglage) sur toutes celles ouvertes à la date montrée. Une réclamation jamais close y reste."
source  = "Âge des réclamations ouvertes"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Reclamos abiertos fuera de plazo"
short   = "Reclamos pendientes"
plain   = "Reclamos que esperan demasiado"
summary = "Reclamos abiertos más tiempo que el plazo (30 días salvo que la política diga otra cosa) sobre todos los reclamos abiertos en la fecha indicada. Uno que nunca se cierra sigue contando."
source  = "Antigüedad de los reclamos abiertos"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [
    {complaint_days = 30},
]
open_complaints = [
    {unit = "North", open_complaints = 20, open_over_30 = 5},
    {unit = "South", open_complaints = 11, open_over_30 = 0},
]
expect = {North = 0.25, South = 0.0}
*/
SELECT
    period,
    unit,
    CASE complaint_days WHEN 15 THEN open_over_15 WHEN 30 THEN open_over_30 WHEN 60 THEN open_over_60 END
        / nullif(open_complaints, 0) AS value,
    open_complaints AS n
FROM open_complaints, settings
