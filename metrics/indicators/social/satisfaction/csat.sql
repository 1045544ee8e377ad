/*
title         = "Client satisfaction"
short         = "Satisfied clients"
plain         = "Satisfied clients"
unit          = "%"
better        = "higher"
goalposts     = [0.4, 1.0]
limits        = { amber = 0.7, red = 0.6 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"very satisfied\" or \"satisfied\" over all answers to the question of satisfaction, 12 months, survey weights applied."
risk          = ["retention"]
standard      = ["USSEPM 3A"]
source        = "Question of client surveys in use in the sector"
limits_source = "default, to be set by your board"

[fr]
title   = "Satisfaction des clients"
short   = "Clients satisfaits"
plain   = "Clients satisfaits"
summary = "Réponses « très satisfait » ou « satisfait » sur toutes les réponses à la question de satisfaction, 12 mois, poids d'enquête appliqués."
source  = "Question d'usage dans les enquêtes auprès des clients"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Satisfacción de los clientes"
short   = "Clientes satisfechos"
plain   = "Clientes satisfechos"
summary = "Respuestas «muy satisfecho» o «satisfecho» sobre todas las respuestas a la pregunta de satisfacción, 12 meses, con los pesos de la encuesta."
source  = "Pregunta de encuestas a clientes en uso en el sector"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
answers_12m = [
    {unit = "North", satisfaction_satisfied = 70.0, satisfaction_answers = 100.0, satisfaction_squares = 125.0, satisfaction_n = 80, satisfaction_invited = 160},
    {unit = "South", satisfaction_satisfied = 0.0, satisfaction_answers = 20.0, satisfaction_squares = 20.0, satisfaction_n = 20, satisfaction_invited = 60},
]
expect = {North = 0.7, South = 0.0}
*/
SELECT
    period,
    unit,
    satisfaction_satisfied / nullif(satisfaction_answers, 0) AS value,
    satisfaction_n AS n,
    nullif(satisfaction_invited, 0) AS population,
    satisfaction_answers * satisfaction_answers / nullif(satisfaction_squares, 0) AS effective_n
FROM answers_12m
