/*
title         = "Social audit score"
short         = "Social audit"
plain         = "Social practices in place"
unit          = "%"
better        = "higher"
goalposts     = [0.3, 1.0]
limits        = { amber = 0.6, red = 0.5 }
units         = ["institution"]
people        = "none"
summary       = "Answers of the latest social audit of the last 24 months: yes 1, partially one half, no 0, all questions with equal weight. What is not applicable is left out; coverage tells how many of the others were answered."
risk          = ["governance", "client_protection"]
standard      = ["SPI5", "ALINUS"]
source        = "Cerise: all questions of SPI weighted equally"
limits_source = "default, to be set by your board"

[fr]
title   = "Note d'audit social"
short   = "Audit social"
plain   = "Pratiques sociales en place"
summary = "Réponses du dernier audit social des 24 derniers mois : oui 1, partiellement un demi, non 0, toutes les questions à poids égal. Ce qui ne s'applique pas est exclu ; la couverture dit combien des autres ont reçu une réponse."
source  = "Cerise : toutes les questions du SPI à poids égal"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Puntaje de auditoría social"
short   = "Auditoría social"
plain   = "Prácticas sociales vigentes"
summary = "Respuestas de la auditoría social más reciente de los últimos 24 meses: sí 1, en parte un medio, no 0, todas las preguntas con igual peso. Lo que no aplica queda fuera; la cobertura dice cuántas de las demás se respondieron."
source  = "Cerise: todas las preguntas de SPI con igual peso"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
practices = [
    {unit = "Alpha", practices_yes = 4, practices_partially = 4, practices_no = 2, practices_asked = 11},
    {unit = "Beta", practices_yes = 0, practices_partially = 0, practices_no = 5, practices_asked = 5},
]
expect = {Alpha = 0.6, Beta = 0.0}
*/
SELECT
    period,
    unit,
    (practices_yes + practices_partially / 2) / nullif(practices_yes + practices_partially + practices_no, 0) AS value,
    practices_yes + practices_partially + practices_no AS n,
    practices_asked AS population
FROM practices
