/*
title         = "Loan officer turnover"
short         = "Officer turnover"
plain         = "Loan officers who left"
unit          = "%"
better        = "lower"
goalposts     = [0.6, 0.05]
limits        = { amber = 0.3, red = 0.45 }
units         = ["institution", "branch"]
people        = "staff"
summary       = "Loan officers who left in 12 months, for any reason, over the mean of loan officers now and 12 months before. One who came and left between two month-ends counts."
risk          = ["credit", "conduct"]
standard      = ["USSEPM 5B"]
source        = "MIX Market definition of staff turnover, applied to loan officers"
limits_source = "default, to be set by your board"

[fr]
title   = "Rotation des agents de crédit"
short   = "Rotation des agents"
plain   = "Agents de crédit partis"
summary = "Agents de crédit partis en 12 mois, quel qu'en soit le motif, sur la moyenne de leur nombre actuel et d'il y a 12 mois. Un agent venu et reparti entre deux fins de mois compte."
source  = "Définition de MIX Market du taux de rotation, appliquée aux agents de crédit"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Rotación de asesores de crédito"
short   = "Rotación de asesores"
plain   = "Asesores de crédito que se fueron"
summary = "Asesores de crédito que se fueron en 12 meses, por cualquier motivo, sobre la media de asesores de crédito de hoy y de 12 meses antes. Cuenta quien llegó y se fue entre dos cierres de mes."
source  = "Definición de rotación de personal de MIX Market, aplicada a los asesores de crédito"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
workforce_12m = [
    {unit = "North", exits_loan_officers = 3, loan_officers = 11, start_loan_officers = 9},
    {unit = "South", exits_loan_officers = 0, loan_officers = 4, start_loan_officers = 4},
]
expect = {North = 0.3, South = 0.0}
*/
SELECT
    period,
    unit,
    exits_loan_officers / nullif((loan_officers + start_loan_officers) / 2, 0) AS value,
    loan_officers AS n
FROM workforce_12m
