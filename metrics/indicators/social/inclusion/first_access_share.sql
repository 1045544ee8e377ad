/*
title         = "New access to finance"
short         = "New access"
plain         = "Clients who had no lender before us"
unit          = "%"
better        = "higher"
goalposts     = [0.1, 0.8]
limits        = { amber = 0.35, red = 0.2 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"no alternative before\" over all answers to whether the client could have had a comparable loan elsewhere, 12 months, survey weights applied."
risk          = ["mission_drift"]
standard      = ["60 Decibels", "SDG 8.10"]
source        = "60 Decibels Microfinance Index question"
limits_source = "60 Decibels 2022: 58 %; Abler Nordic 2025: 45 %"

[fr]
title   = "Premier accès à la finance"
short   = "Premier accès"
plain   = "Clients qui n'avaient aucun prêteur avant nous"
summary = "Réponses « aucun autre choix avant » sur toutes les réponses à la question d'un prêt comparable ailleurs, 12 mois, poids d'enquête appliqués."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022 : 58 % ; Abler Nordic 2025 : 45 %"

[es]
title   = "Nuevo acceso al financiamiento"
short   = "Nuevo acceso"
plain   = "Clientes sin prestamista antes de nosotros"
summary = "Respuestas «sin alternativa antes» sobre todas las respuestas a si el cliente habría podido obtener un préstamo comparable en otra parte, 12 meses, con los pesos de la encuesta."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022: 58 %; Abler Nordic 2025: 45 %"

[example]
answers_12m = [
    {unit = "North", prior_none = 35.0, prior_answers = 100.0, prior_squares = 125.0, prior_n = 80, prior_invited = 160},
    {unit = "South", prior_none = 0.0, prior_answers = 20.0, prior_squares = 20.0, prior_n = 20, prior_invited = 60},
]
expect = {North = 0.35, South = 0.0}
*/
SELECT
    period,
    unit,
    prior_none / nullif(prior_answers, 0) AS value,
    prior_n AS n,
    nullif(prior_invited, 0) AS population,
    prior_answers * prior_answers / nullif(prior_squares, 0) AS effective_n
FROM answers_12m
