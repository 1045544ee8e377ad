/*
title         = "Clients treated fairly and with respect"
short         = "Fair treatment"
plain         = "Clients treated with respect"
unit          = "%"
better        = "higher"
goalposts     = [0.6, 1.0]
limits        = { amber = 0.85, red = 0.8 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"strongly agree\" or \"agree\" over all answers to \"the staff treat me fairly and with respect\", 12 months, survey weights applied."
risk          = ["conduct"]
standard      = ["USSEPM 4C"]
source        = "Question of client surveys in use in the sector"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients traités avec équité et respect"
short   = "Traitement équitable"
plain   = "Clients traités avec respect"
summary = "Réponses « tout à fait d'accord » ou « d'accord » sur toutes les réponses à « le personnel me traite avec équité et respect », 12 mois, poids d'enquête appliqués."
source  = "Question d'usage dans les enquêtes auprès des clients"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes tratados con equidad y respeto"
short   = "Trato justo"
plain   = "Clientes tratados con respeto"
summary = "Respuestas «muy de acuerdo» o «de acuerdo» sobre todas las respuestas a «el personal me trata con equidad y respeto», 12 meses, con los pesos de la encuesta."
source  = "Pregunta de encuestas a clientes en uso en el sector"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
answers_12m = [
    {unit = "North", fairness_agree = 85.0, fairness_answers = 100.0, fairness_squares = 125.0, fairness_n = 80, fairness_invited = 160},
    {unit = "South", fairness_agree = 0.0, fairness_answers = 20.0, fairness_squares = 20.0, fairness_n = 20, fairness_invited = 60},
]
expect = {North = 0.85, South = 0.0}
*/
SELECT
    period,
    unit,
    fairness_agree / nullif(fairness_answers, 0) AS value,
    fairness_n AS n,
    nullif(fairness_invited, 0) AS population,
    fairness_answers * fairness_answers / nullif(fairness_squares, 0) AS effective_n
FROM answers_12m
