/*
title         = "Clients who understand their terms"
short         = "Terms understood"
plain         = "Clients who know what they signed"
unit          = "%"
better        = "higher"
goalposts     = [0.3, 0.9]
limits        = { amber = 0.6, red = 0.5 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"strongly agree\" over all answers to \"I understand the fees, the rate and the penalties of my loan\", 12 months, survey weights applied; \"agree\" alone does not count."
risk          = ["conduct"]
standard      = ["USSEPM 4B", "60 Decibels"]
source        = "60 Decibels Microfinance Index question"
limits_source = "60 Decibels 2022: 75 % strongly agree"

[fr]
title   = "Clients qui comprennent leurs conditions"
short   = "Conditions comprises"
plain   = "Clients qui savent ce qu'ils ont signé"
summary = "Réponses « tout à fait d'accord » sur toutes les réponses à « je comprends les frais, le taux et les pénalités de mon prêt », 12 mois, poids d'enquête appliqués ; « d'accord » seul ne compte pas."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022 : 75 % tout à fait d'accord"

[es]
title   = "Clientes que entienden sus condiciones"
short   = "Condiciones claras"
plain   = "Clientes que saben lo que firmaron"
summary = "Respuestas «muy de acuerdo» sobre todas las respuestas a «entiendo las comisiones, la tasa y las penalidades de mi préstamo», 12 meses, con los pesos de la encuesta; «de acuerdo» por sí solo no cuenta."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022: 75 % muy de acuerdo"

[example]
answers_12m = [
    {unit = "North", terms_strongly_agree = 60.0, terms_answers = 100.0, terms_squares = 125.0, terms_n = 80, terms_invited = 160},
    {unit = "South", terms_strongly_agree = 0.0, terms_answers = 20.0, terms_squares = 20.0, terms_n = 20, terms_invited = 60},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    terms_strongly_agree / nullif(terms_answers, 0) AS value,
    terms_n AS n,
    nullif(terms_invited, 0) AS population,
    terms_answers * terms_answers / nullif(terms_squares, 0) AS effective_n
FROM answers_12m
