/*
title         = "Total credit risk"
short         = "Total credit risk"
plain         = "Late and written-off loans together"
unit          = "%"
better        = "lower"
goalposts     = [0.2, 0.0]
limits        = { amber = 0.07, red = 0.12 }
units         = ["institution", "branch", "product"]
people        = "clients"
summary       = "PAR30 as the policy defines it plus the write-off ratio of 12 months, so that a late loan does not leave the figure by being written off."
risk          = ["credit"]
standard      = []
source        = "Total risk ratio of microfinance raters: portfolio at risk over 30 days together with the write-off ratio"
limits_source = "default, to be set by your board"

[fr]
title   = "Risque de crédit total"
short   = "Risque de crédit"
plain   = "Prêts en retard et passés en pertes"
summary = "PAR30 tel que la politique le définit plus le taux de passage en pertes de 12 mois : un prêt en retard ne quitte pas le chiffre en passant en pertes."
source  = "Ratio de risque total des agences de notation : portefeuille à risque à plus de 30 jours et taux de passage en pertes"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Riesgo de crédito total"
short   = "Riesgo crédito total"
plain   = "Préstamos atrasados y castigados juntos"
summary = "El PAR30 como lo define la política más el índice de castigos de 12 meses, para que un préstamo atrasado no salga de la cifra por ser castigado."
source  = "Índice de riesgo total de las calificadoras de microfinanzas: cartera en riesgo a más de 30 días junto con el índice de castigos"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [
    {renegotiated_at_risk = true, par_from_30 = false},
]
portfolio_12m = [
    {unit = "North", glp = 1000.0, average_glp = 800.0, late_over_30 = 30.0, renegotiated_not_late = 20.0, active_loans = 10},
    {unit = "South", glp = 500.0, average_glp = 500.0, late_over_30 = 0.0, renegotiated_not_late = 0.0, active_loans = 5},
]
loan_flows_12m = [
    {unit = "North", write_offs = 16.0, months = 12},
    {unit = "South", write_offs = 0.0, months = 12},
]
expect = {North = 0.07, South = 0.0}
*/
SELECT
    period,
    unit,
    if(
        par_overdue_amount, overdue_over_30,
        if(par_from_30, late_from_30, late_over_30)
        + if(renegotiated_at_risk, if(par_from_30, renegotiated_not_late_from_30, renegotiated_not_late), 0)
    ) / nullif(glp, 0)
    + write_offs * if(annualised, 12.0 / loan_flows_12m.months, 1)
    / nullif(if(two_point_averages, (glp + start_glp) / 2, average_glp), 0) AS value,
    active_loans AS n
FROM portfolio_12m LEFT JOIN loan_flows_12m USING (period, unit), settings
