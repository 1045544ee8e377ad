/*
title         = "Clients who cut food or essentials to repay"
short         = "Food cut to repay"
plain         = "Clients who eat less in order to repay"
unit          = "%"
better        = "lower"
goalposts     = [0.35, 0.0]
limits        = { amber = 0.1, red = 0.2 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"once\" or \"regularly\" over all answers to whether the household cut food or essentials to make a payment, 12 months, survey weights applied."
risk          = ["over_indebtedness", "reputation"]
standard      = []
source        = "Sacrifice as a sign of over-indebtedness, after Schicks"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients qui se privent pour rembourser"
short   = "Privations"
plain   = "Clients qui mangent moins pour rembourser"
summary = "Réponses « une fois » ou « régulièrement » sur toutes les réponses à la question de savoir si le ménage s'est privé de nourriture ou de l'essentiel pour payer, 12 mois, poids d'enquête appliqués."
source  = "La privation comme signe de surendettement, d'après Schicks"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes que recortan comida o lo esencial para pagar"
short   = "Comer menos por pagar"
plain   = "Clientes que comen menos para poder pagar"
summary = "Respuestas «una vez» o «regularmente» sobre todas las respuestas a si el hogar recortó comida o gastos esenciales para hacer un pago, 12 meses, con los pesos de la encuesta."
source  = "El sacrificio como señal de sobreendeudamiento, según Schicks"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
answers_12m = [
    {unit = "North", food_cut_ever = 20.0, food_cut_answers = 100.0, food_cut_squares = 125.0, food_cut_n = 80, food_cut_invited = 160},
    {unit = "South", food_cut_ever = 0.0, food_cut_answers = 20.0, food_cut_squares = 20.0, food_cut_n = 20, food_cut_invited = 60},
]
expect = {North = 0.2, South = 0.0}
*/
SELECT
    period,
    unit,
    food_cut_ever / nullif(food_cut_answers, 0) AS value,
    food_cut_n AS n,
    nullif(food_cut_invited, 0) AS population,
    food_cut_answers * food_cut_answers / nullif(food_cut_squares, 0) AS effective_n
FROM answers_12m
