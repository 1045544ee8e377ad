/*
title         = "Complaints resolved within the standard"
short         = "On-time answers"
plain         = "Complaints answered on time"
unit          = "%"
better        = "higher"
goalposts     = [0.6, 1.0]
limits        = { amber = 0.85, red = 0.75 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Complaints closed within the standard (30 days unless the policy says otherwise) over complaints whose standard ended in the last 12 months. One still open is not on time."
risk          = ["conduct"]
standard      = ["USSEPM 4E"]
source        = "30 days: grievance rule of Indian MFIs before the regulator is called"
limits_source = "default, to be set by your board"

[fr]
title   = "Réclamations traitées dans le délai"
short   = "Réponses à temps"
plain   = "Réclamations traitées à temps"
summary = "Réclamations closes dans le délai (30 jours sauf réglage) sur celles dont le délai a pris fin dans les 12 derniers mois. Une réclamation encore ouverte n'est pas à temps."
source  = "30 jours : règle des IMF indiennes avant recours au régulateur"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Reclamos resueltos dentro del plazo"
short   = "Respuestas a tiempo"
plain   = "Reclamos respondidos a tiempo"
summary = "Reclamos cerrados dentro del plazo (30 días salvo que la política diga otra cosa) sobre los reclamos cuyo plazo venció en los últimos 12 meses. Uno aún abierto no está a tiempo."
source  = "30 días: regla de reclamos de las IMF de India antes de acudir al regulador"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [
    {complaint_days = 30},
]
grievances_12m = [
    {unit = "North", closed_in_30 = 15, due_30 = 20},
    {unit = "South", closed_in_30 = 0, due_30 = 11},
]
expect = {North = 0.75, South = 0.0}
*/
SELECT
    period,
    unit,
    CASE complaint_days WHEN 15 THEN closed_in_15 WHEN 30 THEN closed_in_30 WHEN 60 THEN closed_in_60 END
        / nullif(CASE complaint_days WHEN 15 THEN due_15 WHEN 30 THEN due_30 WHEN 60 THEN due_60 END, 0) AS value,
    CASE complaint_days WHEN 15 THEN due_15 WHEN 30 THEN due_30 WHEN 60 THEN due_60 END AS n
FROM grievances_12m, settings
