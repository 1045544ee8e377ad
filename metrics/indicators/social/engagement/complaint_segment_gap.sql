/*
title         = "Complaint-use gap by segment"
short         = "Complaint gap"
plain         = "Who uses the complaint channel"
unit          = "ratio"
better        = "band"
goalposts     = [0.0, 0.7, 1.3, 3.0]
limits        = { amber = [0.7, 1.3] }
units         = ["institution", "branch"]
people        = "clients"
summary       = "Complaints per client of women to those of men, or of rural clients to those of the others, whichever of the two ratios lies further from 1; 12 months, complaints of clients by name only. Below the band a segment is not heard; above it a segment meets more problems."
risk          = ["exclusion"]
standard      = ["USSEPM 4E"]
source        = "Complaints per client by segment; SAFIN asks which segments do not use the channel"
limits_source = "default, to be set by your board"

[fr]
title   = "Écart d'usage des réclamations"
short   = "Écart réclamations"
plain   = "Qui se sert du canal de réclamation"
summary = "Réclamations par client des femmes rapportées à celles des hommes, ou des ruraux à celles des autres : celui des deux rapports qui s'éloigne le plus de 1 ; 12 mois, clients nommés seulement. Sous la bande, un segment n'est pas entendu ; au-dessus, il a plus de problèmes."
source  = "Réclamations par client et par segment ; SAFIN demande quels segments ne se servent pas du canal"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Brecha por segmento en el uso de reclamos"
short   = "Brecha de reclamos"
plain   = "Quién usa el canal de reclamos"
summary = "Reclamos por cliente de las mujeres frente a los de los hombres, o de los clientes rurales frente a los demás: de las dos razones, la más alejada de 1; 12 meses, solo reclamos de clientes con nombre. Por debajo de la banda un segmento no es escuchado; por encima, un segmento encuentra más problemas."
source  = "Reclamos por cliente y segmento; SAFIN pregunta qué segmentos no usan el canal"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
clientele_12m = [
    {unit = "North", average_named_women = 100.0, average_named_men = 100.0, average_named_rural = 50.0, average_named_not_rural = 150.0},
    {unit = "South", average_named_women = 40.0, average_named_men = 60.0, average_named_rural = 50.0, average_named_not_rural = 50.0},
]
grievances_12m = [
    {unit = "North", received_women = 13, received_men = 10, received_rural = 5, received_not_rural = 15},
    {unit = "South", received_women = 4, received_men = 6, received_rural = 0, received_not_rural = 10},
]
expect = {North = 1.3, South = 0.0}
*/
SELECT
    period,
    unit,
    -- Complaints per woman to complaints per man, and the same of rural and other clients.
    CASE
        WHEN coalesce(abs(received_women * average_named_men / nullif(received_men * average_named_women, 0) - 1), 0)
            >= coalesce(abs(
                received_rural * average_named_not_rural / nullif(received_not_rural * average_named_rural, 0) - 1), 0)
            THEN coalesce(
                received_women * average_named_men / nullif(received_men * average_named_women, 0),
                received_rural * average_named_not_rural / nullif(received_not_rural * average_named_rural, 0))
        ELSE received_rural * average_named_not_rural / nullif(received_not_rural * average_named_rural, 0)
    END AS value,
    received_women + received_men AS n
FROM clientele_12m LEFT JOIN grievances_12m USING (period, unit)
