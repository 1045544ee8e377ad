/*
title         = "Clients who gave feedback"
short         = "Feedback coverage"
plain         = "Clients who were heard"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 0.2]
limits        = { amber = 0.05, red = 0.02 }
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Clients at the date shown who answered a survey or complained under their own name in the 12 months before, each once, over all clients by name. Nameless answers cannot be told apart and are left out, so that the true share is higher."
risk          = ["accountability"]
standard      = ["USSEPM 3A"]
source        = "Unique clients heard over clients; 60 Decibels samples 200 to 275 clients an institution"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients qui se sont exprimés"
short   = "Clients entendus"
plain   = "Clients entendus"
summary = "Clients à la date montrée qui ont répondu à une enquête ou réclamé sous leur nom dans les 12 mois précédents, chacun une fois, sur tous les clients nommés. Les réponses sans nom ne se distinguent pas et sont exclues : la vraie part est plus haute."
source  = "Clients distincts entendus sur clients ; 60 Decibels interroge 200 à 275 clients par institution"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes que dieron su opinión"
short   = "Cobertura de opinión"
plain   = "Clientes que fueron escuchados"
summary = "Clientes en la fecha indicada que respondieron una encuesta o reclamaron con su nombre en los 12 meses previos, cada uno una vez, sobre todos los clientes con nombre. Las respuestas anónimas no se distinguen y quedan fuera, de modo que la parte real es mayor."
source  = "Clientes únicos escuchados sobre clientes; 60 Decibels encuesta de 200 a 275 clientes por institución"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
clientele = [
    {unit = "North", clients_heard = 20, named_clients = 400},
    {unit = "South", clients_heard = 0, named_clients = 90},
]
expect = {North = 0.05, South = 0.0}
*/
SELECT
    period,
    unit,
    clients_heard / nullif(named_clients, 0) AS value,
    named_clients AS n
FROM clientele
