/*
title         = "New loans to clients in arrears"
short         = "Late loans refinanced"
plain         = "New loans to clients who were late"
unit          = "%"
better        = "lower"
goalposts     = [0.1, 0.0]
limits        = { amber = 0.03, red = 0.05 }
units         = ["institution", "branch", "product", "officer"]
people        = "clients"
summary       = "Loans disbursed in 12 months to a client who had a late loan at the month-end before, over loans disbursed whose client's loans were known then. New credit can hide arrears."
risk          = ["over_indebtedness", "credit"]
standard      = ["USSEPM 4A"]
source        = "Test for evergreening"
limits_source = "default, to be set by your board"

[fr]
title   = "Nouveaux prêts à des clients en retard"
short   = "Retards refinancés"
plain   = "Nouveaux prêts à des clients en retard"
summary = "Prêts décaissés en 12 mois à un client qui avait un prêt en retard à la fin du mois précédent, sur les prêts décaissés dont les prêts du client étaient connus alors. Un nouveau crédit peut cacher un retard."
source  = "Recherche des prêts de couverture"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Nuevos préstamos a clientes en mora"
short   = "Atrasos refinanciados"
plain   = "Nuevos préstamos a clientes atrasados"
summary = "Préstamos desembolsados en 12 meses a un cliente que tenía un préstamo atrasado al cierre del mes anterior, sobre los desembolsados cuyo cliente tenía entonces préstamos conocidos. El crédito nuevo puede ocultar atrasos."
source  = "Prueba de refinanciación encubierta (evergreening)"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
rolls_12m = [
    {unit = "North", refinanced_late = 5, disbursed_known_before = 100, disbursed_loans = 125, months = 12},
    {unit = "South", refinanced_late = 0, disbursed_known_before = 30, disbursed_loans = 40, months = 12},
]
expect = {North = 0.05, South = 0.0}
*/
SELECT
    period,
    unit,
    refinanced_late / nullif(disbursed_known_before, 0) AS value,
    disbursed_known_before AS n,
    disbursed_loans AS population
FROM rolls_12m
