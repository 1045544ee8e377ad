/*
title         = "Training hours per employee"
short         = "Training hours"
plain         = "Hours of training per employee"
unit          = "ratio"
better        = "higher"
goalposts     = [0.0, 40.0]
limits        = { amber = 12.0, red = 8.0 }
units         = ["institution", "branch"]
people        = "staff"
summary       = "Hours of training in 12 months over average staff. A year not wholly covered is scaled up, unless the policy says otherwise."
risk          = ["conduct", "human_resources"]
standard      = ["USSEPM 5C"]
source        = "USSEPM standard 5C; the MIX social performance survey asked for it"
limits_source = "default, to be set by your board"

[fr]
title   = "Heures de formation par employé"
short   = "Heures de formation"
plain   = "Heures de formation par employé"
summary = "Heures de formation en 12 mois sur l'effectif moyen. Une année incomplète est ramenée à 12 mois, sauf réglage contraire."
source  = "Norme USSEPM 5C ; demandé par l'enquête sociale de MIX"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Horas de capacitación por empleado"
short   = "Horas de capacitación"
plain   = "Horas de capacitación por empleado"
summary = "Horas de capacitación en 12 meses sobre el personal promedio. Un año no cubierto por completo se lleva a 12 meses, salvo que la política diga otra cosa."
source  = "USSEPM, norma 5C; la encuesta de desempeño social de MIX las pedía"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [
    {annualised = true, two_point_averages = false},
]
workforce_12m = [
    {unit = "North", average_personnel = 20.0, personnel = 21, months = 12},
    {unit = "South", average_personnel = 5.0, personnel = 5, months = 12},
]
courses_12m = [
    {unit = "North", training_hours = 120.0, months = 6},
    {unit = "South", training_hours = 0.0, months = 12},
]
expect = {North = 12.0, South = 0.0}
*/
SELECT
    period,
    unit,
    training_hours * if(annualised, 12.0 / courses_12m.months, 1)
        / nullif(if(two_point_averages, (personnel + start_personnel) / 2, average_personnel), 0) AS value,
    personnel AS n
FROM workforce_12m LEFT JOIN courses_12m USING (period, unit), settings
