/*
title         = "Quality of life improved"
short         = "Quality of life"
plain         = "Clients whose life improved"
unit          = "%"
better        = "higher"
goalposts     = [0.4, 0.95]
limits        = { amber = 0.65, red = 0.5 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"very much\" or \"slightly improved\" because of the institution over all answers, 12 months, survey weights applied."
risk          = ["outcome"]
standard      = ["60 Decibels"]
source        = "60 Decibels Microfinance Index question"
limits_source = "60 Decibels 2022: 88 %, very much 34 %"

[fr]
title   = "Qualité de vie améliorée"
short   = "Qualité de vie"
plain   = "Clients dont la vie s'est améliorée"
summary = "Réponses « très » ou « un peu améliorée » grâce à l'institution sur toutes les réponses, 12 mois, poids d'enquête appliqués."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022 : 88 %, dont beaucoup 34 %"

[es]
title   = "Mejora de la calidad de vida"
short   = "Calidad de vida"
plain   = "Clientes cuya vida mejoró"
summary = "Respuestas «mejoró mucho» o «mejoró un poco» gracias a la institución sobre todas las respuestas, 12 meses, con los pesos de la encuesta."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022: 88 %, mejoró mucho 34 %"

[example]
answers_12m = [
    {unit = "North", life_much_improved = 25.0, life_slightly_improved = 40.0, life_answers = 100.0, life_squares = 125.0, life_n = 80, life_invited = 160},
    {unit = "South", life_much_improved = 0.0, life_slightly_improved = 0.0, life_answers = 20.0, life_squares = 20.0, life_n = 20, life_invited = 60},
]
expect = {North = 0.65, South = 0.0}
*/
SELECT
    period,
    unit,
    (life_much_improved + life_slightly_improved) / nullif(life_answers, 0) AS value,
    life_n AS n,
    nullif(life_invited, 0) AS population,
    life_answers * life_answers / nullif(life_squares, 0) AS effective_n
FROM answers_12m
