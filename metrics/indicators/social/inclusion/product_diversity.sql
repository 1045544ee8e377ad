/*
title         = "Clients with a loan and voluntary savings"
short         = "Two products"
plain         = "Clients who use two products"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 1.0]
limits        = {}
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Clients with an active loan and a voluntary savings balance over all clients. Other products are not counted, nor members of a group whose loan stands on one row. The target is the board's."
risk          = ["service_fit", "inclusion"]
standard      = []
source        = "Loans and savings of the same client at the same month-end"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients ayant un prêt et une épargne volontaire"
short   = "Deux produits"
plain   = "Clients qui utilisent deux produits"
summary = "Clients ayant un prêt actif et un solde d'épargne volontaire sur tous les clients. Les autres produits ne comptent pas, ni les membres d'un groupe dont le prêt tient sur une ligne. La cible est celle du conseil."
source  = "Prêts et épargne du même client à la même fin de mois"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes con préstamo y ahorro voluntario"
short   = "Dos productos"
plain   = "Clientes que usan dos productos"
summary = "Clientes con un préstamo activo y saldo de ahorro voluntario sobre todos los clientes. No se cuentan otros productos, ni los miembros de un grupo cuyo préstamo está en una sola fila. La meta es de la junta directiva."
source  = "Préstamos y ahorros del mismo cliente en el mismo cierre de mes"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
membership = [
    {unit = "North", clients_served = 200},
    {unit = "South", clients_served = 50},
]
deposits = [
    {unit = "North", voluntary_savers_with_loan = 60},
    {unit = "South", voluntary_savers_with_loan = 0},
]
expect = {North = 0.3, South = 0.0}
*/
SELECT
    period,
    unit,
    voluntary_savers_with_loan / nullif(clients_served, 0) AS value,
    clients_served AS n
FROM membership LEFT JOIN deposits USING (period, unit)
