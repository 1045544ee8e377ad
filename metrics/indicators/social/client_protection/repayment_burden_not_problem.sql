/*
title         = "Repayments that are not a problem"
short         = "Repayments bearable"
plain         = "Clients for whom repaying is no problem"
unit          = "%"
better        = "higher"
goalposts     = [0.3, 0.9]
limits        = { amber = 0.6, red = 0.5 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Answers \"not a problem\" over all answers to how heavy the repayments are, 12 months, survey weights applied."
risk          = ["over_indebtedness"]
standard      = ["60 Decibels"]
source        = "60 Decibels Microfinance Index question"
limits_source = "60 Decibels 2022: 75 %"

[fr]
title   = "Remboursements sans problème"
short   = "Échéances supportables"
plain   = "Clients pour qui rembourser n'est pas un problème"
summary = "Réponses « pas un problème » sur toutes les réponses au poids des remboursements, 12 mois, poids d'enquête appliqués."
source  = "Question du 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022 : 75 %"

[es]
title   = "Cuotas que no son un problema"
short   = "Cuotas llevaderas"
plain   = "Clientes para quienes pagar no es un problema"
summary = "Respuestas «no es un problema» sobre todas las respuestas a cuánto pesan las cuotas, 12 meses, con los pesos de la encuesta."
source  = "Pregunta del 60 Decibels Microfinance Index"
limits_source = "60 Decibels 2022: 75 %"

[example]
answers_12m = [
    {unit = "North", repayment_not_a_problem = 60.0, repayment_answers = 100.0, repayment_squares = 125.0, repayment_n = 80, repayment_invited = 160},
    {unit = "South", repayment_not_a_problem = 0.0, repayment_answers = 20.0, repayment_squares = 20.0, repayment_n = 20, repayment_invited = 60},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    repayment_not_a_problem / nullif(repayment_answers, 0) AS value,
    repayment_n AS n,
    nullif(repayment_invited, 0) AS population,
    repayment_answers * repayment_answers / nullif(repayment_squares, 0) AS effective_n
FROM answers_12m
