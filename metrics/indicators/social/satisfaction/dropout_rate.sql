/*
title         = "Client drop-out rate"
short         = "Drop-out"
plain         = "Clients who leave"
unit          = "%"
better        = "lower"
goalposts     = [0.5, 0.05]
limits        = { amber = 0.25, red = 0.35 }
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Clients who left in 12 months, by the day of exit on the list of clients, over clients 12 months before plus those who joined in between. Who rests between two loans has not left."
risk          = ["reputation", "retention"]
standard      = ["USSEPM 3A"]
source        = "Exits over clients at the start plus new ones, as M-CRIL counts them"
limits_source = "default, to be set by your board"

[fr]
title   = "Taux d'abandon des clients"
short   = "Abandon"
plain   = "Clients qui partent"
summary = "Clients partis en 12 mois, selon le jour de sortie de la liste des clients, sur les clients 12 mois avant plus ceux arrivés entre-temps. Qui se repose entre deux prêts n'est pas parti."
source  = "Sorties sur clients au début plus les nouveaux, comme les compte M-CRIL"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Tasa de deserción de clientes"
short   = "Deserción"
plain   = "Clientes que se van"
summary = "Clientes que salieron en 12 meses, según el día de salida en la lista de clientes, sobre los clientes de 12 meses antes más los que ingresaron entretanto. Quien descansa entre dos préstamos no ha salido."
source  = "Salidas sobre clientes al inicio más los nuevos, como las cuenta M-CRIL"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
clientele_12m = [
    {unit = "North", clients_left = 30, start_named_clients = 100, clients_joined = 20, months = 12},
    {unit = "South", clients_left = 0, start_named_clients = 40, clients_joined = 5, months = 12},
]
expect = {North = 0.25, South = 0.0}
*/
SELECT
    period,
    unit,
    if(clientele_12m.months = 12, clients_left, NULL) / nullif(start_named_clients + clients_joined, 0) AS value,
    start_named_clients + clients_joined AS n
FROM clientele_12m
