/*
title         = "Clients in the segments that the board targets"
short         = "Target segments"
plain         = "Clients in target segments"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 1.0]
limits        = {}
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Clients who belong to a segment that the board has chosen to serve over clients of whom it is known. The target is the board's."
risk          = ["mission_drift"]
standard      = ["USSEPM 1A"]
source        = "USSEPM standard 1A; MIX Market list of social goals"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients des segments visés par le conseil"
short   = "Segments visés"
plain   = "Clients des segments visés"
summary = "Clients appartenant à un segment que le conseil a choisi de servir sur les clients dont on le sait. La cible est celle du conseil."
source  = "Norme USSEPM 1A ; liste des objectifs sociaux de MIX Market"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes de los segmentos que la junta directiva prioriza"
short   = "Segmentos meta"
plain   = "Clientes de segmentos meta"
summary = "Clientes que pertenecen a un segmento que la junta directiva ha elegido atender, sobre los clientes de los que se sabe. La meta es de la junta directiva."
source  = "USSEPM, norma 1A; lista de metas sociales de MIX Market"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
membership = [
    {unit = "North", clients_in_segment = 60, clients_segment_known = 100, clients_served = 120},
    {unit = "South", clients_in_segment = 0, clients_segment_known = 40, clients_served = 40},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    clients_in_segment / nullif(clients_segment_known, 0) AS value,
    clients_segment_known AS n,
    clients_served AS population
FROM membership
