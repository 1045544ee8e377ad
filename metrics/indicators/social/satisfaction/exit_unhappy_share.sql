/*
title         = "Exits for a negative reason"
short         = "Unhappy exits"
plain         = "Clients who left unhappy"
unit          = "%"
better        = "lower"
goalposts     = [0.8, 0.1]
limits        = { amber = 0.45, red = 0.6 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Exit interviews that name the product, the staff, the group, harassment or too much debt over exit interviews with a reason, 12 months, survey weights applied. No more need, a move, illness or a closed business are not negative."
risk          = ["service_fit", "conduct"]
standard      = ["USSEPM 3A"]
source        = "Reasons for leaving after Waterfield"
limits_source = "default, to be set by your board"

[fr]
title   = "Départs pour un motif négatif"
short   = "Départs mécontents"
plain   = "Clients partis mécontents"
summary = "Entretiens de départ citant le produit, le personnel, le groupe, le harcèlement ou trop de dettes sur les entretiens de départ avec motif, 12 mois, poids d'enquête appliqués. Besoin disparu, déménagement, maladie ou activité fermée ne sont pas négatifs."
source  = "Motifs de départ d'après Waterfield"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Salidas por un motivo negativo"
short   = "Salidas descontentas"
plain   = "Clientes que se fueron descontentos"
summary = "Entrevistas de salida que nombran el producto, el personal, el grupo, el acoso o demasiada deuda, sobre las entrevistas de salida con motivo, 12 meses, con los pesos de la encuesta. No son negativos la falta de necesidad, una mudanza, una enfermedad o un negocio cerrado."
source  = "Motivos de salida según Waterfield"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
answers_12m = [
    {unit = "North", reason_negative = 45.0, reason_answers = 100.0, reason_squares = 125.0, reason_n = 80, reason_invited = 160},
    {unit = "South", reason_negative = 0.0, reason_answers = 20.0, reason_squares = 20.0, reason_n = 20, reason_invited = 60},
]
expect = {North = 0.45, South = 0.0}
*/
SELECT
    period,
    unit,
    reason_negative / nullif(reason_answers, 0) AS value,
    reason_n AS n,
    nullif(reason_invited, 0) AS population,
    reason_answers * reason_answers / nullif(reason_squares, 0) AS effective_n
FROM answers_12m
