/*
title         = "Paid workers per financed enterprise"
short         = "Paid workers"
plain         = "Jobs in each enterprise we finance"
unit          = "ratio"
better        = "higher"
goalposts     = []
limits        = {}
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Mean number of paid workers, owners left out and family on a fixed wage counted, of clients' enterprises in surveys of 12 months, survey weights applied. More may be a target of the board; fewer may also be a mission to the smallest."
risk          = ["outcome"]
standard      = ["SDG 8.3"]
source        = "World Bank MIX Market definition of paid workers"
limits_source = "default, to be set by your board"

[fr]
title   = "Salariés par entreprise financée"
short   = "Salariés"
plain   = "Emplois dans chaque entreprise financée"
summary = "Nombre moyen de salariés, patrons exclus et famille à salaire fixe comprise, des entreprises des clients dans les enquêtes de 12 mois, poids d'enquête appliqués. Plus peut être un objectif du conseil ; moins peut aussi être une mission envers les plus petites."
source  = "Définition MIX Market (Banque mondiale) des salariés"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Trabajadores pagados por empresa financiada"
short   = "Trabajadores pagados"
plain   = "Empleos en cada empresa que financiamos"
summary = "Número medio de trabajadores pagados, sin los dueños y con los familiares de salario fijo, de las empresas de clientes en encuestas de 12 meses, con los pesos de la encuesta. Más puede ser una meta de la junta directiva; menos puede ser también una misión hacia los más pequeños."
source  = "Definición de trabajadores pagados de MIX Market (Banco Mundial)"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
answers_12m = [
    {unit = "North", workers_sum = 30.0, workers_sum_squares = 120.0, workers_answers = 20.0, workers_squares = 25.0, workers_n = 16},
    {unit = "South", workers_sum = 0.0, workers_sum_squares = 0.0, workers_answers = 12.0, workers_squares = 12.0, workers_n = 12},
]
expect = {North = 1.5, South = 0.0}
*/
SELECT
    period,
    unit,
    workers_sum / nullif(workers_answers, 0) AS value,
    workers_n AS n,
    workers_answers * workers_answers / nullif(workers_squares, 0) AS effective_n,
    workers_sum_squares / nullif(workers_answers, 0) - (workers_sum / nullif(workers_answers, 0)) ** 2 AS variance
FROM answers_12m
