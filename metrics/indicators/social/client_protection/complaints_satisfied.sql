/*
title         = "Complainants satisfied with the outcome"
short         = "Answers accepted"
plain         = "Complainants content with the answer"
unit          = "%"
better        = "higher"
goalposts     = [0.3, 1.0]
limits        = { amber = 0.6, red = 0.5 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Complaints closed in 12 months whose client was satisfied with the answer over those whose client was asked. Not asked is not satisfied and not dissatisfied."
risk          = ["conduct"]
standard      = ["USSEPM 4E"]
source        = "Call-back after a complaint is closed"
limits_source = "default, to be set by your board"

[fr]
title   = "Plaignants satisfaits de la réponse"
short   = "Réponses acceptées"
plain   = "Plaignants contents de la réponse"
summary = "Réclamations closes en 12 mois dont le client était satisfait de la réponse sur celles dont le client a été interrogé. Non interrogé n'est ni satisfait ni mécontent."
source  = "Rappel du client après la clôture"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Reclamantes satisfechos con el resultado"
short   = "Respuestas aceptadas"
plain   = "Reclamantes conformes con la respuesta"
summary = "Reclamos cerrados en 12 meses cuyo cliente quedó satisfecho con la respuesta, sobre aquellos cuyo cliente fue consultado. No consultado no es ni satisfecho ni insatisfecho."
source  = "Llamada al cliente tras cerrar su reclamo"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
grievances_12m = [
    {unit = "North", closed_satisfied = 12, closed_asked = 20, closed = 25},
    {unit = "South", closed_satisfied = 0, closed_asked = 10, closed = 10},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    closed_satisfied / nullif(closed_asked, 0) AS value,
    closed_asked AS n,
    closed AS population
FROM grievances_12m
