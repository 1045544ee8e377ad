/*
title         = "Net open currency position over equity"
short         = "Open currency position"
plain         = "Open currency position over equity"
unit          = "%"
better        = "lower"
goalposts     = [0.4, 0.0]
limits        = { amber = 0.2, red = 0.3 }
units         = ["institution"]
people        = "none"
summary       = "Difference between assets and liabilities in each foreign currency, less what is hedged, summed over the currencies without setting one off against another, over equity. Not given where equity is zero or negative."
risk          = ["market"]
standard      = []
source        = "Currency risk of the RIM graduation model"
limits_source = "default, to be set by your board"

[fr]
title         = "Position de change nette sur fonds propres"
short         = "Position de change"
plain         = "Position de change sur fonds propres"
summary       = "Écart entre actifs et passifs dans chaque devise, moins la part couverte, additionné sans compenser une devise par une autre, sur fonds propres. Non donné si les fonds propres sont nuls ou négatifs."
source        = "Risque de change du modèle de RIM"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Posición neta abierta en moneda extranjera sobre patrimonio"
short   = "Posición cambiaria"
plain   = "Posición cambiaria sobre patrimonio"
summary = "Diferencia entre activos y pasivos en cada moneda extranjera, menos lo cubierto, sumada sobre las monedas sin compensar una con otra, sobre el patrimonio. No se da si el patrimonio es cero o negativo."
source  = "Riesgo cambiario del RIM Graduation Model"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
ledger = [
    {unit = "Alpha", equity = 200.0},
    {unit = "Beta", equity = 100.0},
]
currencies = [
    {unit = "Alpha", fx_open = 40.0},
    {unit = "Beta", fx_open = 0.0},
]
expect = {Alpha = 0.2, Beta = 0.0}
*/
SELECT
    period,
    unit,
    fx_open / nullif(greatest(equity, 0), 0) AS value,
    NULL AS n
FROM currencies LEFT JOIN ledger USING (period, unit)
