/*
title         = "Maturity gap of 12 months over equity"
short         = "Maturity gap"
plain         = "12-month maturity gap over equity"
unit          = "%"
better        = "higher"
goalposts     = [-0.5, 0.5]
limits        = { amber = 0.0, red = -0.5 }
units         = ["institution"]
people        = "none"
summary       = "Assets that mature within 12 months less liabilities that do, over equity. Negative: short money funds long loans. Not given where equity is zero or negative."
risk          = ["liquidity"]
standard      = []
source        = "Maturity mismatch, a liquidity risk of the RIM graduation model"
limits_source = "default, to be set by your board"

[fr]
title         = "Impasse à 12 mois sur fonds propres"
short         = "Impasse à 12 mois"
plain         = "Impasse à 12 mois sur fonds propres"
summary       = "Actifs échéant sous 12 mois moins passifs échéant sous 12 mois, sur fonds propres. Négatif : de l'argent court finance des prêts longs. Non donné si les fonds propres sont nuls ou négatifs."
source        = "Décalage d'échéances, un risque de liquidité du modèle de RIM"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Descalce de plazos a 12 meses sobre patrimonio"
short   = "Descalce de plazos"
plain   = "Descalce a 12 meses sobre patrimonio"
summary = "Activos que vencen dentro de 12 meses menos pasivos que lo hacen, sobre el patrimonio. Negativo: dinero a corto plazo financia préstamos a largo plazo. No se da si el patrimonio es cero o negativo."
source  = "Descalce de plazos, un riesgo de liquidez del RIM Graduation Model"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
ledger = [
    {unit = "Alpha", equity = 200.0},
    {unit = "Beta", equity = 100.0},
]
prudence = [
    {unit = "Alpha", assets_maturing_12m = 500.0, liabilities_maturing_12m = 600.0},
    {unit = "Beta", assets_maturing_12m = 300.0, liabilities_maturing_12m = 300.0},
]
expect = {Alpha = -0.5, Beta = 0.0}
*/
SELECT
    period,
    unit,
    (assets_maturing_12m - liabilities_maturing_12m) / nullif(greatest(equity, 0), 0) AS value,
    NULL AS n
FROM prudence LEFT JOIN ledger USING (period, unit)
