/*
title         = "Dormant savings accounts"
short         = "Dormant accounts"
plain         = "Savings accounts that lie still"
unit          = "%"
better        = "lower"
goalposts     = [0.7, 0.0]
limits        = { amber = 0.35, red = 0.5 }
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Savings accounts whose last deposit or withdrawal is more than six months ago over accounts whose last one is known; on the day exactly six months later an account is not yet dormant."
risk          = ["inclusion"]
standard      = []
source        = "Dormancy by the last transaction of the client, as core banking systems report it"
limits_source = "default, to be set by your board"

[fr]
title   = "Comptes d'épargne dormants"
short   = "Comptes dormants"
plain   = "Comptes d'épargne sans mouvement"
summary = "Comptes d'épargne dont le dernier dépôt ou retrait date de plus de six mois sur les comptes dont il est connu ; six mois jour pour jour après, un compte n'est pas encore dormant."
source  = "Inactivité selon la dernière opération du client, comme dans les logiciels bancaires"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Cuentas de ahorro inactivas"
short   = "Cuentas inactivas"
plain   = "Cuentas de ahorro sin movimiento"
summary = "Cuentas de ahorro cuyo último depósito o retiro fue hace más de seis meses, sobre las cuentas con último movimiento conocido; el día en que se cumplen seis meses exactos una cuenta aún no está inactiva."
source  = "Inactividad por el último movimiento del cliente, como la informan los sistemas bancarios"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
deposits = [
    {unit = "North", savings_dormant = 35, savings_accounts_dated = 100, savings_accounts = 110},
    {unit = "South", savings_dormant = 0, savings_accounts_dated = 30, savings_accounts = 30},
]
expect = {North = 0.35, South = 0.0}
*/
SELECT
    period,
    unit,
    savings_dormant / nullif(savings_accounts_dated, 0) AS value,
    savings_accounts_dated AS n,
    savings_accounts AS population
FROM deposits
