/*
title         = "Loans screened for environmental harm"
short         = "Loans screened"
plain         = "Loans screened for environmental harm"
unit          = "%"
better        = "higher"
goalposts     = [0.3, 1.0]
limits        = { amber = 0.8, red = 0.6 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Loans lent in 12 months whose activity was screened for environmental harm before they were lent, over loans lent of which it is recorded."
risk          = ["environment", "reputation"]
standard      = ["IRIS+ PD7932"]
source        = "USSEPM dimension 7; exclusion list or screening before lending"
limits_source = "default, to be set by your board"

[fr]
title   = "Prêts examinés pour leur effet sur l'environnement"
short   = "Prêts examinés"
plain   = "Prêts examinés pour l'environnement"
summary = "Prêts accordés en 12 mois dont l'activité a été examinée pour ses dommages à l'environnement avant l'octroi, sur les prêts accordés dont on le sait."
source  = "Dimension 7 des USSEPM ; liste d'exclusion ou examen avant l'octroi"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Préstamos evaluados por daño ambiental"
short   = "Préstamos evaluados"
plain   = "Préstamos evaluados por daño ambiental"
summary = "Préstamos otorgados en 12 meses cuya actividad se evaluó por daño ambiental antes de otorgarlos, sobre los otorgados de los que consta."
source  = "USSEPM, dimensión 7; lista de exclusión o evaluación antes de otorgar"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio_12m = [
    {unit = "North", env_done = 80, env_known = 100, disbursed_loans = 120},
    {unit = "South", env_done = 0, env_known = 30, disbursed_loans = 30},
]
expect = {North = 0.8, South = 0.0}
*/
SELECT
    period,
    unit,
    env_done / nullif(env_known, 0) AS value,
    env_known AS n,
    disbursed_loans AS population
FROM portfolio_12m
