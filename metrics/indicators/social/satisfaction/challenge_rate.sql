/*
title         = "Clients who met a problem with us"
short         = "Problems met"
plain         = "Clients who had a problem with us"
unit          = "%"
better        = "lower"
goalposts     = [0.5, 0.0]
limits        = { amber = 0.2, red = 0.35 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"yes\" over all answers to \"have you had a problem with us?\", 12 months, survey weights applied. Whether the problem was solved is asked apart."
risk          = ["service_fit", "retention"]
standard      = ["60 Decibels"]
source        = "Question of client surveys in use in the sector"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients qui ont eu un problème avec nous"
short   = "Problèmes vécus"
plain   = "Clients qui ont eu un problème avec nous"
summary = "Réponses « oui » sur toutes les réponses à « avez-vous eu un problème avec nous ? », 12 mois, poids d'enquête appliqués. La solution du problème est demandée à part."
source  = "Question d'usage dans les enquêtes auprès des clients"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes que tuvieron un problema con nosotros"
short   = "Problemas vividos"
plain   = "Clientes que tuvieron un problema con nosotros"
summary = "Respuestas «sí» sobre todas las respuestas a «¿ha tenido un problema con nosotros?», 12 meses, con los pesos de la encuesta. Se pregunta aparte si el problema se resolvió."
source  = "Pregunta de encuestas a clientes en uso en el sector"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
answers_12m = [
    {unit = "North", challenge_yes = 35.0, challenge_answers = 100.0, challenge_squares = 125.0, challenge_n = 80, challenge_invited = 160},
    {unit = "South", challenge_yes = 0.0, challenge_answers = 20.0, challenge_squares = 20.0, challenge_n = 20, challenge_invited = 60},
]
expect = {North = 0.35, South = 0.0}
*/
SELECT
    period,
    unit,
    challenge_yes / nullif(challenge_answers, 0) AS value,
    challenge_n AS n,
    nullif(challenge_invited, 0) AS population,
    challenge_answers * challenge_answers / nullif(challenge_squares, 0) AS effective_n
FROM answers_12m
