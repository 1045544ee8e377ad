/*
title         = "Clients with voluntary savings"
short         = "Savers"
plain         = "Clients who save by choice"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 1.0]
limits        = {}
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Clients with a voluntary savings balance above zero over all clients. Savings that a loan requires do not count. The target is the board's."
risk          = ["inclusion"]
standard      = []
source        = "MIX Market counts of depositors by kind of savings"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients ayant une épargne volontaire"
short   = "Épargnants"
plain   = "Clients qui épargnent par choix"
summary = "Clients ayant un solde d'épargne volontaire supérieur à zéro sur tous les clients. L'épargne exigée pour un prêt ne compte pas. La cible est celle du conseil."
source  = "Décompte des déposants par type d'épargne de MIX Market"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes con ahorro voluntario"
short   = "Ahorradores"
plain   = "Clientes que ahorran por elección"
summary = "Clientes con saldo de ahorro voluntario mayor que cero sobre todos los clientes. No cuentan los ahorros que exige un préstamo. La meta es de la junta directiva."
source  = "Conteo de depositantes por tipo de ahorro de MIX Market"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
membership = [
    {unit = "North", clients_served = 200},
    {unit = "South", clients_served = 50},
]
deposits = [
    {unit = "North", voluntary_savers = 90},
    {unit = "South", voluntary_savers = 0},
]
expect = {North = 0.45, South = 0.0}
*/
SELECT
    period,
    unit,
    voluntary_savers / nullif(clients_served, 0) AS value,
    clients_served AS n
FROM membership LEFT JOIN deposits USING (period, unit)
