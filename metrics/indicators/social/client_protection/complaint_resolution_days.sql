/*
title         = "Median days to resolve a complaint"
short         = "Days to resolve"
plain         = "Days until a complaint is answered"
unit          = "days"
better        = "lower"
goalposts     = [60.0, 1.0]
limits        = { amber = 15.0, red = 30.0 }
units         = ["institution", "branch", "product", "segment"]
people        = "clients"
summary       = "Median days from receipt to closing of the complaints closed in 12 months, interpolated in fixed bins and rounded up to whole days; 91 stands for more than 90. Open complaints are not in it: read it with the backlog."
risk          = ["conduct"]
standard      = ["IRIS+ PI9435"]
source        = "IRIS+ PI9435 asks for it beside the number of complaints"
limits_source = "default, to be set by your board"

[fr]
title   = "Délai médian de traitement des réclamations"
short   = "Jours pour traiter"
plain   = "Jours avant réponse à une réclamation"
summary = "Médiane des jours entre réception et clôture des réclamations closes en 12 mois, interpolée dans des tranches fixes et arrondie au jour supérieur ; 91 veut dire plus de 90. Les réclamations ouvertes n'y sont pas : à lire avec celles en retard."
source  = "IRIS+ PI9435 le demande à côté du nombre de réclamations"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Mediana de días para resolver un reclamo"
short   = "Días para resolver"
plain   = "Días hasta responder un reclamo"
summary = "Mediana de días entre la recepción y el cierre de los reclamos cerrados en 12 meses, interpolada en tramos fijos y redondeada hacia arriba a días enteros; 91 significa más de 90. No incluye los reclamos abiertos: léase junto a los reclamos pendientes."
source  = "IRIS+ PI9435 lo pide junto al número de reclamos"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
grievances_12m = [
    {unit = "North", closed = 20, took_0 = 0, took_to_1 = 0, took_to_2 = 0, took_to_3 = 0, took_to_5 = 1, took_to_7 = 3, took_to_10 = 6, took_to_15 = 10},
    {unit = "South", closed = 11, took_0 = 6},
]
expect = {North = 15.0, South = 0.0}
*/
SELECT
    period,
    unit,
    CASE
        WHEN closed = 0 THEN NULL
        WHEN took_0 >= closed / 2 THEN 0
        WHEN took_to_1 >= closed / 2 THEN 1
        WHEN took_to_2 >= closed / 2 THEN 2
        WHEN took_to_3 >= closed / 2 THEN 3
        WHEN took_to_5 >= closed / 2 THEN 3 + ceil((closed / 2 - took_to_3) / (took_to_5 - took_to_3) * 2)
        WHEN took_to_7 >= closed / 2 THEN 5 + ceil((closed / 2 - took_to_5) / (took_to_7 - took_to_5) * 2)
        WHEN took_to_10 >= closed / 2 THEN 7 + ceil((closed / 2 - took_to_7) / (took_to_10 - took_to_7) * 3)
        WHEN took_to_15 >= closed / 2 THEN 10 + ceil((closed / 2 - took_to_10) / (took_to_15 - took_to_10) * 5)
        WHEN took_to_20 >= closed / 2 THEN 15 + ceil((closed / 2 - took_to_15) / (took_to_20 - took_to_15) * 5)
        WHEN took_to_30 >= closed / 2 THEN 20 + ceil((closed / 2 - took_to_20) / (took_to_30 - took_to_20) * 10)
        WHEN took_to_45 >= closed / 2 THEN 30 + ceil((closed / 2 - took_to_30) / (took_to_45 - took_to_30) * 15)
        WHEN took_to_60 >= closed / 2 THEN 45 + ceil((closed / 2 - took_to_45) / (took_to_60 - took_to_45) * 15)
        WHEN took_to_90 >= closed / 2 THEN 60 + ceil((closed / 2 - took_to_60) / (took_to_90 - took_to_60) * 30)
        WHEN closed > 0 THEN 91
    END AS value,
    closed AS n
FROM grievances_12m
