/*
title         = "Household income increased"
short         = "Income up"
plain         = "Clients whose income rose"
unit          = "%"
better        = "higher"
goalposts     = [0.2, 0.9]
limits        = { amber = 0.5, red = 0.35 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"very much\" or \"slightly improved\" over all answers to how the household's income has changed, 12 months, survey weights applied."
risk          = ["outcome"]
standard      = ["60 Decibels"]
source        = "60 Decibels Microfinance Index question"
limits_source = "60 Decibels 2022: 73 %, very much 24 %"

[fr]
title   = "Revenu du ménage en hausse"
short   = "Revenu en hausse"
plain   = "Clients dont le revenu a monté"
summary = "Réponses « très ou un peu amélioré » sur toutes les réponses à l'évolution du revenu du ménage, 12 mois, poids d'enquête appliqués."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022 : 73 %, dont beaucoup 24 %"

[es]
title   = "Aumento del ingreso del hogar"
short   = "Más ingreso"
plain   = "Clientes cuyo ingreso subió"
summary = "Respuestas «mejoró mucho» o «mejoró un poco» sobre todas las respuestas a cómo ha cambiado el ingreso del hogar, 12 meses, con los pesos de la encuesta."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022: 73 %, mejoró mucho 24 %"

[example]
answers_12m = [
    {unit = "North", income_improved = 50.0, income_answers = 100.0, income_squares = 125.0, income_n = 80, income_invited = 160},
    {unit = "South", income_improved = 0.0, income_answers = 20.0, income_squares = 20.0, income_n = 20, income_invited = 60},
]
expect = {North = 0.5, South = 0.0}
*/
SELECT
    period,
    unit,
    income_improved / nullif(income_answers, 0) AS value,
    income_n AS n,
    nullif(income_invited, 0) AS population,
    income_answers * income_answers / nullif(income_squares, 0) AS effective_n
FROM answers_12m
