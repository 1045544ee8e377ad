/*
title         = "Arrears rate"
short         = "Arrears rate"
plain         = "Overdue instalments over the portfolio"
unit          = "%"
better        = "lower"
goalposts     = [0.08, 0.0]
limits        = { amber = 0.02, red = 0.04 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Principal instalments due and unpaid over the loan portfolio. This is not portfolio at risk, though some systems print it under that name: it leaves out the rest of the balance of a late loan and is always the lower figure."
risk          = ["credit", "data_quality"]
standard      = []
source        = "What Apache Fineract prints as portfolio at risk in its reports"
limits_source = "default, to be set by your board"

[fr]
title   = "Taux d'arriérés"
short   = "Taux d'arriérés"
plain   = "Échéances impayées sur l'encours"
summary = "Échéances de principal échues et impayées sur l'encours des prêts. Ce n'est pas le portefeuille à risque, bien que des systèmes l'impriment sous ce nom : le reste du solde d'un prêt en retard n'y est pas, et le chiffre est toujours plus bas."
source  = "Ce qu'Apache Fineract imprime comme portefeuille à risque dans ses états"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Índice de cuotas vencidas"
short   = "Índice cuotas venc."
plain   = "Cuotas vencidas sobre la cartera"
summary = "Cuotas de capital vencidas e impagas sobre la cartera de préstamos. No es cartera en riesgo, aunque algunos sistemas la imprimen con ese nombre: deja fuera el resto del saldo de un préstamo atrasado y siempre es la cifra menor."
source  = "Lo que Apache Fineract imprime como cartera en riesgo en sus informes"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", glp = 1000.0, overdue_principal = 20.0, active_loans = 10},
    {unit = "South", glp = 500.0, overdue_principal = 0.0, active_loans = 5},
]
expect = {North = 0.02, South = 0.0}
*/
SELECT
    period,
    unit,
    overdue_principal / nullif(glp, 0) AS value,
    active_loans AS n
FROM portfolio
