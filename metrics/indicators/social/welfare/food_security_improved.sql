/*
title         = "Meals improved in amount or quality"
short         = "Better meals"
plain         = "Clients who eat better"
unit          = "%"
better        = "higher"
goalposts     = [0.1, 0.8]
limits        = { amber = 0.35, red = 0.2 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"very much\" or \"slightly improved\" over all answers to how the household's meals have changed in amount or quality, 12 months, survey weights applied."
risk          = ["outcome"]
standard      = ["60 Decibels"]
source        = "60 Decibels Microfinance Index question"
limits_source = "60 Decibels 2022: 15 % very much"

[fr]
title   = "Repas améliorés en quantité ou en qualité"
short   = "Meilleurs repas"
plain   = "Clients qui mangent mieux"
summary = "Réponses « très ou un peu amélioré » sur toutes les réponses à l'évolution des repas du ménage en quantité ou en qualité, 12 mois, poids d'enquête appliqués."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022 : 15 % beaucoup"

[es]
title   = "Comidas mejores en cantidad o calidad"
short   = "Mejores comidas"
plain   = "Clientes que comen mejor"
summary = "Respuestas «mejoró mucho» o «mejoró un poco» sobre todas las respuestas a cómo han cambiado las comidas del hogar en cantidad o calidad, 12 meses, con los pesos de la encuesta."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022: 15 % mejoró mucho"

[example]
answers_12m = [
    {unit = "North", meals_improved = 35.0, meals_answers = 100.0, meals_squares = 125.0, meals_n = 80, meals_invited = 160},
    {unit = "South", meals_improved = 0.0, meals_answers = 20.0, meals_squares = 20.0, meals_n = 20, meals_invited = 60},
]
expect = {North = 0.35, South = 0.0}
*/
SELECT
    period,
    unit,
    meals_improved / nullif(meals_answers, 0) AS value,
    meals_n AS n,
    nullif(meals_invited, 0) AS population,
    meals_answers * meals_answers / nullif(meals_squares, 0) AS effective_n
FROM answers_12m
