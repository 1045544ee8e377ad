/*
title         = "Arrears over 30 days"
short         = "Arrears over 30 days"
plain         = "Instalments over 30 days overdue"
unit          = "%"
better        = "lower"
goalposts     = [0.06, 0.0]
limits        = { amber = 0.01, red = 0.03 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Principal instalments that fell due more than 30 days ago and are unpaid, over the loan portfolio. Not portfolio at risk: the balance of those loans that is not yet due, or not so long overdue, is left out."
risk          = ["credit", "data_quality"]
standard      = []
source        = "Overdue instalments over 30 days over gross loan portfolio"
limits_source = "default, to be set by your board"

[fr]
title   = "Arriérés de plus de 30 jours"
short   = "Arriérés de 30 j. et +"
plain   = "Échéances impayées depuis plus de 30 jours"
summary = "Échéances de principal échues depuis plus de 30 jours et impayées, sur l'encours. Ce n'est pas le portefeuille à risque : le solde de ces prêts non encore échu, ou échu depuis moins longtemps, n'y est pas."
source  = "Échéances impayées de plus de 30 jours sur l'encours brut"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Cuotas vencidas a más de 30 días sobre cartera"
short   = "Cuotas venc. >30 días"
plain   = "Cuotas vencidas hace más de 30 días"
summary = "Cuotas de capital que vencieron hace más de 30 días y siguen impagas, sobre la cartera de préstamos. No es cartera en riesgo: queda fuera el saldo de esos préstamos que aún no vence, o que venció hace menos."
source  = "Cuotas vencidas hace más de 30 días sobre la cartera bruta de préstamos"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", glp = 1000.0, overdue_over_30 = 10.0, active_loans = 10},
    {unit = "South", glp = 500.0, overdue_over_30 = 0.0, active_loans = 5},
]
expect = {North = 0.01, South = 0.0}
*/
SELECT
    period,
    unit,
    overdue_over_30 / nullif(glp, 0) AS value,
    active_loans AS n
FROM portfolio
