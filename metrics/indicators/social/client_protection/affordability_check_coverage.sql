/*
title         = "Loans with a repayment-capacity analysis"
short         = "Capacity checked"
plain         = "Loans granted after a check of what clients can repay"
unit          = "%"
better        = "higher"
goalposts     = [0.7, 1.0]
limits        = { amber = 0.95, red = 0.9 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Loans disbursed in 12 months with a recorded analysis of repayment capacity over those of which it is recorded whether one was made."
risk          = ["conduct"]
standard      = ["USSEPM 4A.1", "IRIS+ PI4733"]
source        = "Smart Campaign standard 2.1; IRIS+ PI4733"
limits_source = "default, to be set by your board"

[fr]
title   = "Prêts avec analyse de la capacité de remboursement"
short   = "Capacité vérifiée"
plain   = "Prêts accordés après examen de ce que le client peut rembourser"
summary = "Prêts décaissés en 12 mois avec analyse enregistrée de la capacité de remboursement sur ceux dont on sait si elle a été faite."
source  = "Norme Smart Campaign 2.1 ; IRIS+ PI4733"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Préstamos con análisis de la capacidad de pago"
short   = "Capacidad verificada"
plain   = "Préstamos otorgados tras verificar lo que el cliente puede pagar"
summary = "Préstamos desembolsados en 12 meses con un análisis de capacidad de pago registrado, sobre aquellos de los que consta si se hizo."
source  = "Norma 2.1 de la Smart Campaign; IRIS+ PI4733"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio_12m = [
    {unit = "North", capacity_done = 95, capacity_known = 100, disbursed_loans = 125},
    {unit = "South", capacity_done = 0, capacity_known = 30, disbursed_loans = 40},
]
expect = {North = 0.95, South = 0.0}
*/
SELECT
    period,
    unit,
    capacity_done / nullif(capacity_known, 0) AS value,
    capacity_known AS n,
    disbursed_loans AS population
FROM portfolio_12m
