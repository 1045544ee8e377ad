/*
title         = "Clients who know how to complain"
short         = "Complaint awareness"
plain         = "Clients who know where to complain"
unit          = "%"
better        = "higher"
goalposts     = [0.2, 1.0]
limits        = { amber = 0.6, red = 0.5 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"yes\" over all answers to \"do you know how to make a complaint?\", 12 months, survey weights applied. By gender and place it shows whom the channel does not reach."
risk          = ["conduct"]
standard      = ["USSEPM 4E", "IRIS+ OI5049"]
source        = "Question of client surveys in use in the sector"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients qui savent comment réclamer"
short   = "Canal connu"
plain   = "Clients qui savent où réclamer"
summary = "Réponses « oui » sur toutes les réponses à « savez-vous comment faire une réclamation ? », 12 mois, poids d'enquête appliqués. Par sexe et par lieu, il montre qui le canal n'atteint pas."
source  = "Question d'usage dans les enquêtes auprès des clients"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes que saben cómo presentar un reclamo"
short   = "Canal conocido"
plain   = "Clientes que saben dónde reclamar"
summary = "Respuestas «sí» sobre todas las respuestas a «¿sabe cómo presentar un reclamo?», 12 meses, con los pesos de la encuesta. Por género y lugar muestra a quién no llega el canal."
source  = "Pregunta de encuestas a clientes en uso en el sector"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
answers_12m = [
    {unit = "North", channel_known = 60.0, channel_answers = 100.0, channel_squares = 125.0, channel_n = 80, channel_invited = 160},
    {unit = "South", channel_known = 0.0, channel_answers = 20.0, channel_squares = 20.0, channel_n = 20, channel_invited = 60},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    channel_known / nullif(channel_answers, 0) AS value,
    channel_n AS n,
    nullif(channel_invited, 0) AS population,
    channel_answers * channel_answers / nullif(channel_squares, 0) AS effective_n
FROM answers_12m
