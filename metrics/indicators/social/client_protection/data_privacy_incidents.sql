/*
title         = "Client-data incidents"
short         = "Data incidents"
plain         = "Incidents with clients' data"
unit          = "count"
better        = "lower"
goalposts     = [3.0, 0.0]
limits        = { amber = 0.0, red = 1.0 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Incidents of clients' data on the register of incidents in 12 months. Complaints about privacy count among the complaints."
risk          = ["operations", "legal"]
standard      = ["USSEPM 4D"]
source        = "Register of incidents"
limits_source = "default, to be set by your board"

[fr]
title   = "Incidents de données de clients"
short   = "Incidents de données"
plain   = "Incidents sur les données des clients"
summary = "Incidents touchant les données des clients au registre des incidents, en 12 mois. Les réclamations sur la vie privée comptent parmi les réclamations."
source  = "Registre des incidents"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Incidentes con datos de clientes"
short   = "Incidentes de datos"
plain   = "Incidentes con los datos de los clientes"
summary = "Incidentes con datos de clientes en el registro de incidentes en 12 meses. Los reclamos por privacidad cuentan entre los reclamos."
source  = "Registro de incidentes"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
incidents_12m = [
    {unit = "North", privacy_incidents = 1, months = 12},
    {unit = "South", privacy_incidents = 0, months = 12},
]
expect = {North = 1.0, South = 0.0}
*/
SELECT
    period,
    unit,
    privacy_incidents AS value,
    privacy_incidents AS n
FROM incidents_12m
