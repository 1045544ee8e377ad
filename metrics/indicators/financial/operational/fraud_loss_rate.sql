/*
title         = "Fraud loss over portfolio"
short         = "Fraud loss"
plain         = "Fraud loss over portfolio"
unit          = "%"
better        = "lower"
goalposts     = [0.01, 0.0]
limits        = { amber = 0.002, red = 0.005 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Confirmed loss by fraud of 12 months over the average loan portfolio; n is the number of cases. A register without a case is a zero; no register, or a confirmed fraud of unknown size, is no figure."
risk          = ["fraud", "operations"]
standard      = []
source        = "Register of incidents"
limits_source = "default, to be set by your board"

[fr]
title         = "Pertes par fraude sur encours"
short         = "Pertes par fraude"
plain         = "Pertes par fraude sur encours"
summary       = "Pertes par fraude confirmées de 12 mois sur l'encours moyen ; n est le nombre de cas. Un registre sans cas vaut zéro ; sans registre, ou avec une fraude confirmée de montant inconnu, pas de chiffre."
source        = "Registre des incidents"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Pérdidas por fraude sobre cartera"
short   = "Pérdidas por fraude"
plain   = "Pérdidas por fraude sobre cartera"
summary = "Pérdida confirmada por fraude en 12 meses sobre la cartera promedio de préstamos; n es el número de casos. Un registro sin casos es un cero; sin registro, o con un fraude confirmado de monto desconocido, no hay cifra."
source  = "Registro de incidentes"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio_12m = [
    {unit = "North", average_glp = 10000.0, glp = 11000.0, start_glp = 9000.0},
    {unit = "South", average_glp = 5000.0, glp = 5000.0, start_glp = 5000.0},
]
incidents_12m = [
    {unit = "North", fraud_loss = 20.0, fraud_unsized = 0, fraud_cases = 1, months = 12},
    {unit = "South", fraud_loss = 0.0, fraud_unsized = 0, fraud_cases = 0, months = 12},
]
expect = {North = 0.002, South = 0.0}
*/
SELECT
    period,
    unit,
    if(fraud_unsized > 0, NULL, fraud_loss) * if(annualised, 12.0 / incidents_12m.months, 1)
        / nullif(if(two_point_averages, (glp + start_glp) / 2, average_glp), 0) AS value,
    fraud_cases AS n
FROM portfolio_12m LEFT JOIN incidents_12m USING (period, unit), settings
