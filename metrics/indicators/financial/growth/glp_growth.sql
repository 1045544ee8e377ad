/*
title         = "Growth of the loan portfolio"
short         = "Portfolio growth"
plain         = "Growth of the portfolio in a year"
unit          = "%"
better        = "band"
goalposts     = [-0.2, 0.05, 0.3, 0.8]
limits        = { amber = [0.0, 0.5], red = [-0.1, 0.6] }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Loan portfolio against that of twelve months before. Two readings: growth carries outreach and income; very fast growth strains staff and control and makes PAR30 look better than it is, for young loans are not late yet. Shrinking speaks of clients who leave."
risk          = ["growth", "credit"]
standard      = ["USSEPM 6A"]
source        = "Sectors that grew 39 % a year went into the repayment crises of 2008 to 2010"
limits_source = "MIX FY2016-18: median 17 %, 75th percentile 37 %, 90th percentile 62 %"

[fr]
title   = "Croissance de l'encours"
short   = "Croissance encours"
plain   = "Croissance de l'encours en un an"
summary = "Encours des prêts comparé à celui de douze mois plus tôt. Deux lectures : la croissance porte la portée et les revenus ; très rapide, elle éprouve le personnel et le contrôle, et embellit le PAR30, car les prêts récents ne sont pas encore en retard. Un encours qui recule parle de clients qui partent."
source  = "Les secteurs qui croissaient de 39 % par an sont entrés dans les crises de remboursement de 2008 à 2010"
limits_source = "MIX 2016-2018 : médiane 17 %, 75e centile 37 %, 90e centile 62 %"

[es]
title   = "Crecimiento de la cartera de préstamos"
short   = "Crecim. de cartera"
plain   = "Crecimiento de la cartera en un año"
summary = "Cartera de préstamos frente a la de doce meses antes. Dos lecturas: el crecimiento trae alcance e ingresos; uno muy rápido exige demasiado al personal y al control y hace ver el PAR30 mejor de lo que es, pues los préstamos jóvenes aún no se atrasan. Si se contrae, habla de clientes que se van."
source  = "Los sectores que crecían 39 % al año entraron en las crisis de pago de 2008 a 2010"
limits_source = "MIX 2016-18, mediana: 17 %, percentil 75: 37 %, percentil 90: 62 %"

[example]
portfolio_12m = [
    {unit = "North", glp = 1500.0, start_glp = 1000.0, active_loans = 20},
    {unit = "South", glp = 400.0, start_glp = 400.0, active_loans = 12},
]
expect = {North = 0.5, South = 0.0}
*/
SELECT
    period,
    unit,
    glp / nullif(start_glp, 0) - 1 AS value,
    active_loans AS n
FROM portfolio_12m
