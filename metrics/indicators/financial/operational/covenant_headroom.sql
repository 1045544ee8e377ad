/*
title         = "Smallest covenant headroom"
short         = "Covenant headroom"
plain         = "Smallest covenant headroom"
unit          = "%"
better        = "higher"
goalposts     = [-0.05, 0.3]
limits        = { amber = 0.2, red = 0.0 }
units         = ["institution"]
people        = "none"
summary       = "The smallest distance between a covenant's limit and the actual figure, as a share of the limit; negative where a covenant is broken. A broken covenant can make a loan fall due at once."
risk          = ["funding", "liquidity"]
standard      = []
source        = "Limits and actual figures of the lenders' covenants"
limits_source = "default, to be set by your board"

[fr]
title         = "Plus petite marge sur les covenants"
short         = "Marge sur covenants"
plain         = "Plus petite marge sur covenants"
summary       = "Plus petit écart entre la limite d'un covenant et le chiffre réel, en part de la limite ; négatif si un covenant est rompu. Un covenant rompu peut rendre un prêt exigible aussitôt."
source        = "Seuils et chiffres réels des covenants des bailleurs"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Menor holgura en los covenants"
short   = "Holgura en covenants"
plain   = "Menor holgura en los covenants"
summary = "La menor distancia entre el límite de un covenant y la cifra real, como parte del límite; negativa si un covenant se incumple. Un covenant incumplido puede hacer exigible un préstamo de inmediato."
source  = "Límites y cifras reales de los covenants de los financiadores"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
headroom = [
    {unit = "Alpha", smallest_headroom = 0.2, covenants_tested = 5},
    {unit = "Beta", smallest_headroom = 0.0, covenants_tested = 2},
]
expect = {Alpha = 0.2, Beta = 0.0}
*/
SELECT
    period,
    unit,
    smallest_headroom AS value,
    covenants_tested AS n
FROM headroom
