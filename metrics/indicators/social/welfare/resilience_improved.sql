/*
title         = "Ability to face an emergency improved"
short         = "Resilience up"
plain         = "Clients who can better face an emergency"
unit          = "%"
better        = "higher"
goalposts     = [0.15, 0.9]
limits        = { amber = 0.45, red = 0.3 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"very much\" or \"slightly improved\" over all answers to how the ability to face an emergency has changed, 12 months, survey weights applied."
risk          = ["outcome"]
standard      = ["60 Decibels"]
source        = "60 Decibels Microfinance Index question"
limits_source = "60 Decibels 2022: 7 in 10"

[fr]
title   = "Capacité d'affronter une urgence améliorée"
short   = "Résilience"
plain   = "Clients mieux armés face à une urgence"
summary = "Réponses « très ou un peu amélioré » sur toutes les réponses à l'évolution de la capacité d'affronter une urgence, 12 mois, poids d'enquête appliqués."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022 : 7 sur 10"

[es]
title   = "Mejora de la capacidad de enfrentar una emergencia"
short   = "Más resiliencia"
plain   = "Clientes que enfrentan mejor una emergencia"
summary = "Respuestas «mejoró mucho» o «mejoró un poco» sobre todas las respuestas a cómo ha cambiado la capacidad de enfrentar una emergencia, 12 meses, con los pesos de la encuesta."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022: 7 de cada 10"

[example]
answers_12m = [
    {unit = "North", resilience_improved = 45.0, resilience_answers = 100.0, resilience_squares = 125.0, resilience_n = 80, resilience_invited = 160},
    {unit = "South", resilience_improved = 0.0, resilience_answers = 20.0, resilience_squares = 20.0, resilience_n = 20, resilience_invited = 60},
]
expect = {North = 0.45, South = 0.0}
*/
SELECT
    period,
    unit,
    resilience_improved / nullif(resilience_answers, 0) AS value,
    resilience_n AS n,
    nullif(resilience_invited, 0) AS population,
    resilience_answers * resilience_answers / nullif(resilience_squares, 0) AS effective_n
FROM answers_12m
