/*
title         = "Stress about money decreased"
short         = "Less stress"
plain         = "Clients with fewer worries about money"
unit          = "%"
better        = "higher"
goalposts     = [0.1, 0.8]
limits        = { amber = 0.35, red = 0.2 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"very much\" or \"slightly improved\" over all answers to how stress about money has changed, where improved means less of it, 12 months, survey weights applied."
risk          = ["outcome"]
standard      = ["60 Decibels"]
source        = "60 Decibels Microfinance Index question"
limits_source = "60 Decibels 2022: 19 % very much"

[fr]
title   = "Moins de stress lié à l'argent"
short   = "Moins de stress"
plain   = "Clients moins inquiets pour l'argent"
summary = "Réponses « très ou un peu amélioré » sur toutes les réponses à l'évolution du stress lié à l'argent, où amélioré veut dire moindre, 12 mois, poids d'enquête appliqués."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022 : 19 % beaucoup"

[es]
title   = "Menos estrés por el dinero"
short   = "Menos estrés"
plain   = "Clientes con menos preocupación por el dinero"
summary = "Respuestas «mejoró mucho» o «mejoró un poco» sobre todas las respuestas a cómo ha cambiado el estrés por el dinero, donde mejorar significa menos estrés, 12 meses, con los pesos de la encuesta."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022: 19 % mejoró mucho"

[example]
answers_12m = [
    {unit = "North", stress_improved = 35.0, stress_answers = 100.0, stress_squares = 125.0, stress_n = 80, stress_invited = 160},
    {unit = "South", stress_improved = 0.0, stress_answers = 20.0, stress_squares = 20.0, stress_n = 20, stress_invited = 60},
]
expect = {North = 0.35, South = 0.0}
*/
SELECT
    period,
    unit,
    stress_improved / nullif(stress_answers, 0) AS value,
    stress_n AS n,
    nullif(stress_invited, 0) AS population,
    stress_answers * stress_answers / nullif(stress_squares, 0) AS effective_n
FROM answers_12m
