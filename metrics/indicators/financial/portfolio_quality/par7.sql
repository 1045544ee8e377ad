/*
title         = "Portfolio at risk over 7 days"
short         = "PAR7"
plain         = "Loans more than a week late (PAR7)"
unit          = "%"
better        = "lower"
goalposts     = [0.2, 0.0]
limits        = { amber = 0.065, red = 0.12 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Share of the loan portfolio in loans more than seven days late: at least one weekly instalment was missed and not made up."
risk          = ["credit"]
standard      = []
source        = "Own definition, after PAR30 with seven days: gross balance of loans over seven days late over gross loan portfolio"
limits_source = "no published line; between those of PAR1 and PAR30"

[fr]
title   = "Portefeuille à risque à plus de 7 jours"
short   = "PAR7"
plain   = "Prêts en retard de plus d'une semaine (PAR7)"
summary = "Part de l'encours des prêts en retard de plus de sept jours : au moins une échéance hebdomadaire a été manquée et non rattrapée."
source  = "Définition propre, d'après le PAR30 avec sept jours : solde des prêts en retard de plus de sept jours sur l'encours brut"
limits_source = "aucune limite publiée ; entre celles du PAR1 et du PAR30"

[es]
title   = "Cartera en riesgo a más de 7 días"
short   = "PAR7"
plain   = "Préstamos con más de una semana de atraso (PAR7)"
summary = "Parte de la cartera en préstamos con más de siete días de atraso: al menos una cuota semanal no se pagó ni se repuso."
source  = "Definición propia, como el PAR30 con siete días: saldo bruto de préstamos con más de siete días de atraso sobre la cartera bruta de préstamos"
limits_source = "sin límite publicado; entre los de PAR1 y PAR30"

[example]
portfolio = [
    {unit = "North", glp = 1000.0, late_over_7 = 90.0, active_loans = 10},
    {unit = "South", glp = 500.0, late_over_7 = 0.0, active_loans = 5},
]
expect = {North = 0.09, South = 0.0}
*/
SELECT
    period,
    unit,
    late_over_7 / nullif(glp, 0) AS value,
    active_loans AS n
FROM portfolio
