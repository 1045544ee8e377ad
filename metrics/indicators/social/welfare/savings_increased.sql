/*
title         = "Savings increased"
short         = "Savings up"
plain         = "Clients who save more"
unit          = "%"
better        = "higher"
goalposts     = [0.15, 0.9]
limits        = { amber = 0.45, red = 0.3 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"very much\" or \"slightly improved\" over all answers to how the household's savings have changed, 12 months, survey weights applied."
risk          = ["outcome"]
standard      = ["60 Decibels"]
source        = "60 Decibels Microfinance Index question"
limits_source = "60 Decibels 2022: 18 % very much"

[fr]
title   = "Épargne en hausse"
short   = "Épargne en hausse"
plain   = "Clients qui épargnent plus"
summary = "Réponses « très ou un peu amélioré » sur toutes les réponses à l'évolution de l'épargne du ménage, 12 mois, poids d'enquête appliqués."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022 : 18 % beaucoup"

[es]
title   = "Aumento de los ahorros"
short   = "Más ahorros"
plain   = "Clientes que ahorran más"
summary = "Respuestas «mejoró mucho» o «mejoró un poco» sobre todas las respuestas a cómo han cambiado los ahorros del hogar, 12 meses, con los pesos de la encuesta."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022: 18 % mejoró mucho"

[example]
answers_12m = [
    {unit = "North", saving_improved = 45.0, saving_answers = 100.0, saving_squares = 125.0, saving_n = 80, saving_invited = 160},
    {unit = "South", saving_improved = 0.0, saving_answers = 20.0, saving_squares = 20.0, saving_n = 20, saving_invited = 60},
]
expect = {North = 0.45, South = 0.0}
*/
SELECT
    period,
    unit,
    saving_improved / nullif(saving_answers, 0) AS value,
    saving_n AS n,
    nullif(saving_invited, 0) AS population,
    saving_answers * saving_answers / nullif(saving_squares, 0) AS effective_n
FROM answers_12m
