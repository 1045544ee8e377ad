/*
title         = "Portfolio at risk over 1 day"
short         = "PAR1"
plain         = "Loans one day or more late (PAR1)"
unit          = "%"
better        = "lower"
goalposts     = [0.25, 0.0]
limits        = { amber = 0.08, red = 0.15 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Share of the loan portfolio in loans at least one day late; an early sign where instalments are weekly."
risk          = ["credit"]
standard      = []
source        = "Gross balance of loans at least one day late over gross loan portfolio"
limits_source = "no published line"

[fr]
title   = "Portefeuille à risque dès 1 jour"
short   = "PAR1"
plain   = "Prêts en retard d'un jour ou plus (PAR1)"
summary = "Part de l'encours des prêts en retard d'au moins un jour ; un signe précoce quand les échéances sont hebdomadaires."
source  = "Solde des prêts en retard d'au moins un jour sur l'encours brut"
limits_source = "aucune limite publiée"

[es]
title   = "Cartera en riesgo desde 1 día"
short   = "PAR1"
plain   = "Préstamos con un día o más de atraso (PAR1)"
summary = "Parte de la cartera en préstamos con al menos un día de atraso; una señal temprana donde las cuotas son semanales."
source  = "Saldo bruto de préstamos con al menos un día de atraso sobre la cartera bruta de préstamos"
limits_source = "sin límite publicado"

[example]
portfolio = [
    {unit = "North", glp = 1000.0, late_from_1 = 150.0, active_loans = 10},
    {unit = "South", glp = 500.0, late_from_1 = 0.0, active_loans = 5},
]
expect = {North = 0.15, South = 0.0}
*/
SELECT
    period,
    unit,
    late_from_1 / nullif(glp, 0) AS value,
    active_loans AS n
FROM portfolio
