/*
title         = "Clients worse off"
short         = "Worse off"
plain         = "Clients who are worse off"
unit          = "%"
better        = "lower"
goalposts     = [0.2, 0.0]
limits        = { amber = 0.07, red = 0.12 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Clients who say that their quality of life or their income is slightly or much worse over clients who answered either question, 12 months, survey weights applied. Read it next to every average."
risk          = ["harm", "reputation"]
standard      = ["60 Decibels"]
source        = "Harm is shown beside every average"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients dont la situation a empiré"
short   = "Situation empirée"
plain   = "Clients dont la situation a empiré"
summary = "Clients qui disent que leur qualité de vie ou leur revenu a un peu ou beaucoup empiré sur ceux qui ont répondu à l'une des deux questions, 12 mois, poids d'enquête appliqués. À lire à côté de chaque moyenne."
source  = "Le tort causé se montre à côté de chaque moyenne"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes que están peor"
short   = "Están peor"
plain   = "Clientes que están peor"
summary = "Clientes que dicen que su calidad de vida o su ingreso empeoró un poco o mucho sobre los clientes que respondieron alguna de las dos preguntas, 12 meses, con los pesos de la encuesta. Léase junto a cada promedio."
source  = "El daño se muestra junto a cada promedio"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
answers_12m = [
    {unit = "North", worse_life_or_income = 12.0, worse_answers = 100.0, worse_squares = 125.0, worse_n = 80, worse_invited = 160},
    {unit = "South", worse_life_or_income = 0.0, worse_answers = 20.0, worse_squares = 20.0, worse_n = 20, worse_invited = 60},
]
expect = {North = 0.12, South = 0.0}
*/
SELECT
    period,
    unit,
    worse_life_or_income / nullif(worse_answers, 0) AS value,
    worse_n AS n,
    nullif(worse_invited, 0) AS population,
    worse_answers * worse_answers / nullif(worse_squares, 0) AS effective_n
FROM answers_12m
