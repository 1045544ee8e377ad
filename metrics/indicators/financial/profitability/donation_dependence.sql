/*
title         = "Donations over total revenue"
short         = "Donations"
plain         = "Donations over all revenue"
unit          = "%"
better        = "lower"
goalposts     = [0.4, 0.0]
limits        = { amber = 0.2, red = 0.4 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Donations over financial revenue, non-operating income and donations, 12 months. A line of non-operating income that the ledger does not keep counts as none, which is the cautious reading."
risk          = ["funding"]
standard      = []
source        = "MIX Market fields of the income statement"
limits_source = "default, to be set by your board"

[fr]
title         = "Part des dons dans les produits"
short         = "Dons"
plain         = "Part des dons dans les produits"
summary       = "Dons sur produits financiers, produits hors exploitation et dons, 12 mois. Des produits hors exploitation absents du grand livre comptent pour zéro, lecture prudente."
source        = "Champs du compte de résultat de MIX Market"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Donaciones sobre ingresos totales"
short   = "Donaciones"
plain   = "Donaciones sobre todos los ingresos"
summary = "Donaciones sobre ingresos financieros, ingresos no operativos y donaciones, 12 meses. Una cuenta de ingresos no operativos que la contabilidad no registra cuenta como nula, que es la lectura prudente."
source  = "Campos del estado de resultados de MIX Market"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
ledger_12m = [
    {unit = "Alpha", donations = 20.0, financial_revenue = 75.0, non_operating_income = 5.0, months = 12},
    {unit = "Beta", donations = 0.0, financial_revenue = 80.0, months = 12},
]
expect = {Alpha = 0.2, Beta = 0.0}
*/
SELECT
    period,
    unit,
    donations / nullif(financial_revenue + coalesce(non_operating_income, 0) + donations, 0) AS value,
    NULL AS n
FROM ledger_12m
