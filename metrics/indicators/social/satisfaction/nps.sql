/*
title         = "Net promoter score"
short         = "NPS"
plain         = "Client recommendation (NPS)"
unit          = "points"
better        = "higher"
goalposts     = [-0.2, 0.8]
limits        = { amber = 0.2, red = 0.0 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Share of answers 9-10 less share of answers 0-6 to \"how likely are you to recommend us?\", 12 months, survey weights applied; shown as points from -100 to 100."
risk          = ["retention", "reputation"]
standard      = ["IRIS+ PI7163"]
source        = "IRIS+ PI7163 usage guidance"
limits_source = "60 Decibels 2023: groups 62, individuals 47"

[fr]
title   = "Taux net de recommandation"
short   = "NPS"
plain   = "Recommandation des clients (NPS)"
summary = "Part des réponses 9-10 moins part des réponses 0-6 à « nous recommanderiez-vous ? », 12 mois, poids d'enquête appliqués ; de -100 à 100 points."
source  = "Guide d'usage IRIS+ PI7163"
limits_source = "60 Decibels 2023 : groupes 62, individus 47"

[es]
title   = "Índice neto de recomendación"
short   = "NPS"
plain   = "Recomendación de los clientes (NPS)"
summary = "Parte de respuestas 9-10 menos parte de respuestas 0-6 a «¿qué tan probable es que nos recomiende?», 12 meses, con los pesos de la encuesta; en puntos de -100 a 100."
source  = "Guía de uso de IRIS+ PI7163"
limits_source = "60 Decibels 2023: grupos 62, individuos 47"

[example]
answers_12m = [
    {unit = "North", promoters = 40.0, detractors = 20.0, nps_answers = 100.0, nps_squares = 125.0, nps_n = 80, nps_invited = 160},
    {unit = "South", promoters = 15.0, detractors = 15.0, nps_answers = 50.0, nps_squares = 50.0, nps_n = 50, nps_invited = 90},
]
expect = {North = 0.2, South = 0.0}
*/
SELECT
    period,
    unit,
    (promoters - detractors) / nullif(nps_answers, 0) AS value,
    nps_n AS n,
    nullif(nps_invited, 0) AS population,
    nps_answers * nps_answers / nullif(nps_squares, 0) AS effective_n,
    (promoters + detractors) / nullif(nps_answers, 0) - ((promoters - detractors) / nullif(nps_answers, 0)) ** 2
        AS variance
FROM answers_12m
