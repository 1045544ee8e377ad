/*
title         = "Community sentiment"
short         = "Community sentiment"
plain         = "What communities say of us"
unit          = "ratio"
better        = "higher"
goalposts     = [-1.0, 1.0]
limits        = { amber = 0.0, red = -0.2 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Statements of communities in our favour less those against us, over statements coded, of the consultations held in 12 months; from -1 to 1. Who comes to a meeting is not a sample."
risk          = ["reputation"]
standard      = []
source        = "Net share of coded statements"
limits_source = "default, to be set by your board"

[fr]
title   = "Sentiment des communautés"
short   = "Voix communautés"
plain   = "Ce que disent de nous les communautés"
summary = "Propos des communautés en notre faveur moins ceux contre nous, sur les propos codés, lors des consultations tenues en 12 mois ; de -1 à 1. Ceux qui viennent à une réunion ne sont pas un échantillon."
source  = "Part nette des propos codés"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Sentir de las comunidades"
short   = "Sentir comunitario"
plain   = "Lo que las comunidades dicen de nosotros"
summary = "Opiniones de las comunidades a favor nuestro menos las contrarias, sobre las opiniones codificadas, de las consultas realizadas en 12 meses; de -1 a 1. Quienes acuden a una reunión no son una muestra."
source  = "Saldo neto de opiniones codificadas"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
consultations = [
    {unit = "North", statements_positive = 4, statements_negative = 6, statements_coded = 10, statements_made = 12},
    {unit = "South", statements_positive = 3, statements_negative = 3, statements_coded = 9, statements_made = 9},
]
expect = {North = -0.2, South = 0.0}
*/
SELECT
    period,
    unit,
    (statements_positive - statements_negative) / nullif(statements_coded, 0) AS value,
    statements_coded AS n,
    statements_made AS population
FROM consultations
