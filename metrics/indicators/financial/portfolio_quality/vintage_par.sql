/*
title         = "Vintage PAR30 at six months"
short         = "Vintage PAR30"
plain         = "Late loans among those lent six months ago"
unit          = "%"
better        = "lower"
goalposts     = [0.12, 0.0]
limits        = { amber = 0.04, red = 0.06 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Of the loans disbursed in the calendar month six months before, the share of what is still owed that stands in loans more than 30 days late. Growth cannot flatter it, as it can PAR30: young loans do not swell the denominator."
risk          = ["credit", "growth"]
standard      = []
source        = "Loans of one month of disbursement, at six months on the book"
limits_source = "default, to be set by your board"

[fr]
title   = "PAR30 par cohorte à six mois"
short   = "PAR30 de cohorte"
plain   = "Prêts en retard parmi ceux d'il y a six mois"
summary = "Des prêts décaissés dans le mois civil six mois plus tôt, la part de ce qui reste dû dans des prêts à plus de 30 jours de retard. La croissance ne peut l'embellir, comme elle embellit le PAR30 : les prêts récents ne gonflent pas le dénominateur."
source  = "Prêts d'un même mois de décaissement, après six mois"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "PAR30 por cosecha a los seis meses"
short   = "PAR30 de cosecha"
plain   = "Préstamos atrasados entre los de hace seis meses"
summary = "De los préstamos desembolsados en el mes calendario de seis meses antes, la parte de lo que aún se debe que está en préstamos con más de 30 días de atraso. El crecimiento no puede mejorarlo, como sí al PAR30: los préstamos jóvenes no inflan el denominador."
source  = "Préstamos de un mes de desembolso, a los seis meses en cartera"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", vintage6_glp = 500.0, vintage6_late = 20.0, vintage6_loans = 12},
    {unit = "South", vintage6_glp = 300.0, vintage6_late = 0.0, vintage6_loans = 10},
]
expect = {North = 0.04, South = 0.0}
*/
SELECT
    period,
    unit,
    vintage6_late / nullif(vintage6_glp, 0) AS value,
    vintage6_loans AS n
FROM portfolio
