/*
title         = "Staff safety and harassment cases"
short         = "Staff cases per 100"
plain         = "Safety and harassment cases per 100 staff"
unit          = "ratio"
better        = "lower"
goalposts     = [5.0, 0.0]
limits        = { amber = 1.0, red = 3.0 }
units         = ["institution", "branch"]
people        = "staff"
summary       = "Cases of harassment or danger to staff in 12 months for each 100 of average staff. None recorded may also mean that none dared to report."
risk          = ["human_resources", "legal"]
standard      = ["USSEPM 5A"]
source        = "USSEPM standard 5A; the incident register"
limits_source = "default, to be set by your board"

[fr]
title   = "Cas de sécurité et de harcèlement du personnel"
short   = "Cas pour 100 employés"
plain   = "Cas de sécurité et de harcèlement pour 100 employés"
summary = "Cas de harcèlement ou de mise en danger du personnel en 12 mois pour 100 employés en moyenne. Aucun cas peut aussi vouloir dire que personne n'a osé le signaler."
source  = "Norme USSEPM 5A ; registre des incidents"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Casos de seguridad y acoso del personal"
short   = "Casos por 100 empl."
plain   = "Casos de seguridad y acoso por 100 empleados"
summary = "Casos de acoso o peligro para el personal en 12 meses por cada 100 empleados en promedio. Ninguno registrado puede significar también que nadie se atrevió a denunciar."
source  = "USSEPM, norma 5A; registro de incidentes"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [
    {annualised = true, two_point_averages = false},
]
workforce_12m = [
    {unit = "North", average_personnel = 200.0, personnel = 210, months = 12},
    {unit = "South", average_personnel = 40.0, personnel = 41, months = 12},
]
incidents_12m = [
    {unit = "North", staff_cases = 1, months = 6},
    {unit = "South", staff_cases = 0, months = 12},
]
expect = {North = 1.0, South = 0.0}
*/
SELECT
    period,
    unit,
    100 * staff_cases * if(annualised, 12.0 / incidents_12m.months, 1)
        / nullif(if(two_point_averages, (personnel + start_personnel) / 2, average_personnel), 0) AS value,
    personnel AS n
FROM workforce_12m LEFT JOIN incidents_12m USING (period, unit), settings
