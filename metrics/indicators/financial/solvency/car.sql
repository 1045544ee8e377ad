/*
title         = "Capital adequacy ratio"
short         = "Capital adequacy"
plain         = "Capital over weighted assets"
unit          = "%"
better        = "higher"
goalposts     = [0.08, 0.25]
limits        = { amber = 0.15, red = 0.12 }
units         = ["institution"]
people        = "none"
summary       = "Regulatory capital (tier 1 and tier 2) over risk-weighted assets, from the prudential return. A return without tier 2 counts as having none."
risk          = ["solvency"]
standard      = []
source        = "Capital adequacy as bank supervisors define it"
limits_source = "red: least buffer of 12 % for microfinance institutions (Opportunity 2010); amber: default, to be set by your board"

[fr]
title         = "Ratio de solvabilité"
short         = "Solvabilité"
plain         = "Fonds propres sur actifs pondérés"
summary       = "Fonds propres réglementaires (de base et complémentaires) sur actifs pondérés par les risques, selon la déclaration prudentielle. Sans fonds propres complémentaires déclarés, ils comptent pour zéro."
source        = "Solvabilité selon la définition des superviseurs bancaires"
limits_source = "rouge : coussin d'au moins 12 % pour les IMF (Opportunity 2010) ; orange : défaut, à fixer par votre conseil"

[es]
title   = "Índice de adecuación de capital"
short   = "Adecuación de capital"
plain   = "Capital sobre activos ponderados"
summary = "Capital regulatorio (nivel 1 y nivel 2) sobre activos ponderados por riesgo, según el informe prudencial. Un informe sin nivel 2 cuenta como si no lo hubiera."
source  = "Adecuación de capital según la definen los supervisores bancarios"
limits_source = "rojo: colchón mínimo de 12 % para instituciones de microfinanzas (Opportunity 2010); ámbar: valor predeterminado; lo fija su junta directiva"

[example]
prudence = [
    {unit = "Alpha", tier1 = 100.0, tier2 = 50.0, risk_weighted_assets = 1000.0},
    {unit = "Beta", tier1 = 0.0, risk_weighted_assets = 500.0},
]
expect = {Alpha = 0.15, Beta = 0.0}
*/
SELECT
    period,
    unit,
    (tier1 + coalesce(tier2, 0)) / nullif(risk_weighted_assets, 0) AS value,
    NULL AS n
FROM prudence
