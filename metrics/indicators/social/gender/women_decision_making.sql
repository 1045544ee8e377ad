/*
title         = "Women with more say at home"
short         = "Women's say"
plain         = "Women with more say at home"
unit          = "%"
better        = "higher"
goalposts     = [0.1, 0.8]
limits        = { amber = 0.45, red = 0.3 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Women who answer \"increased\" over women who answer whether their say in the household's decisions has changed, 12 months, survey weights applied. Answers of men do not count."
risk          = ["outcome"]
standard      = ["60 Decibels", "SDG 5.5"]
source        = "60 Decibels Microfinance Index question"
limits_source = "default, to be set by your board"

[fr]
title   = "Femmes qui décident davantage au foyer"
short   = "Voix des femmes"
plain   = "Femmes qui décident davantage au foyer"
summary = "Femmes qui répondent « davantage » sur les femmes ayant répondu à l'évolution de leur poids dans les décisions du ménage, 12 mois, poids d'enquête appliqués. Les réponses des hommes ne comptent pas."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Mujeres con más voz en el hogar"
short   = "Voz de las mujeres"
plain   = "Mujeres con más voz en el hogar"
summary = "Mujeres que responden «aumentó» sobre las mujeres que responden si ha cambiado su voz en las decisiones del hogar, 12 meses, con los pesos de la encuesta. No cuentan las respuestas de hombres."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
answers_12m = [
    {unit = "North", decisions_increased = 45.0, decisions_answers = 100.0, decisions_squares = 125.0, decisions_n = 80},
    {unit = "South", decisions_increased = 0.0, decisions_answers = 20.0, decisions_squares = 20.0, decisions_n = 20},
]
expect = {North = 0.45, South = 0.0}
*/
SELECT
    period,
    unit,
    decisions_increased / nullif(decisions_answers, 0) AS value,
    decisions_n AS n,
    decisions_answers * decisions_answers / nullif(decisions_squares, 0) AS effective_n
FROM answers_12m
