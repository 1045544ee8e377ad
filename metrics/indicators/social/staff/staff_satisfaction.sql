/*
title         = "Staff satisfaction"
short         = "Staff satisfaction"
plain         = "Staff who are satisfied"
unit          = "%"
better        = "higher"
goalposts     = [0.4, 0.9]
limits        = { amber = 0.6, red = 0.5 }
units         = ["institution", "branch"]
people        = "staff"
summary       = "Staff who say they are satisfied or very satisfied over staff who answered in the last 12 months, by survey weight. Fewer than five answers are not shown, so that the survey stays anonymous; coverage is the response rate."
risk          = ["operations", "human_resources"]
standard      = ["USSEPM 5B"]
source        = "USSEPM standard 5B; share of the two upper of five answers"
limits_source = "default, to be set by your board"

[fr]
title   = "Satisfaction du personnel"
short   = "Personnel satisfait"
plain   = "Personnel satisfait"
summary = "Personnel satisfait ou très satisfait sur le personnel qui a répondu dans les 12 derniers mois, selon les poids de l'enquête. Moins de cinq réponses ne sont pas montrées, pour que l'enquête reste anonyme ; la couverture est le taux de réponse."
source  = "Norme USSEPM 5B ; part des deux réponses les plus favorables sur cinq"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Satisfacción del personal"
short   = "Personal satisfecho"
plain   = "Personal satisfecho"
summary = "Personal que dice estar satisfecho o muy satisfecho sobre el personal que respondió en los últimos 12 meses, con los pesos de la encuesta. Menos de cinco respuestas no se muestran, para que la encuesta siga siendo anónima; la cobertura es la tasa de respuesta."
source  = "USSEPM, norma 5B; parte de las dos respuestas superiores de cinco"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
workforce_12m = [
    {unit = "North", personnel = 25},
    {unit = "South", personnel = 8},
]
staff_voice_12m = [
    {unit = "North", staff_satisfied = 12.0, satisfaction_answers = 20.0, satisfaction_squares = 20.0, satisfaction_n = 20},
    {unit = "South", staff_satisfied = 0.0, satisfaction_answers = 6.0, satisfaction_squares = 6.0, satisfaction_n = 6},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    if(satisfaction_n >= 5, staff_satisfied / nullif(satisfaction_answers, 0), NULL) AS value,
    satisfaction_n AS n,
    personnel AS population,
    satisfaction_answers ^ 2 / nullif(satisfaction_squares, 0) AS effective_n
FROM workforce_12m LEFT JOIN staff_voice_12m USING (period, unit)
