/*
title         = "Yield gap"
short         = "Yield gap"
plain         = "Yield short of the price"
unit          = "%"
better        = "lower"
goalposts     = [0.25, 0.0]
limits        = { amber = 0.1, red = 0.15 }
units         = ["institution", "branch"]
people        = "none"
summary       = "How far the yield on the portfolio stays below the yield that the products' annual percentage rates promise, weighted by the portfolio, 12 months. A gap speaks of arrears, waivers or lending that is not in the books; negative where more comes in than the rates say."
risk          = ["operations", "fraud"]
standard      = []
source        = "Annual percentage rates of products against revenue from loans"
limits_source = "default, to be set by your board"

[fr]
title         = "Écart de rendement"
short         = "Écart de rendement"
plain         = "Rendement sous le prix"
summary       = "De combien le rendement du portefeuille reste sous celui que promettent les taux effectifs des produits, pondérés par l'encours, 12 mois. Un écart signale des retards, des remises ou des prêts hors des livres ; négatif si les prêts rapportent plus que leurs taux."
source        = "Taux effectifs globaux des produits et produits des prêts"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Brecha de rendimiento"
short   = "Brecha de rendimiento"
plain   = "Rendimiento por debajo del precio"
summary = "Cuánto queda el rendimiento de la cartera por debajo del que prometen las tasas efectivas anuales de los productos, con pesos según la cartera, 12 meses. Una brecha habla de atrasos, condonaciones o préstamos que no están en los libros; es negativa si entra más de lo que dicen las tasas."
source  = "Tasas efectivas anuales de los productos frente a los ingresos por préstamos"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio_12m = [
    {unit = "Alpha", average_glp = 1000.0, average_glp_times_apr = 200.0, average_glp_priced = 800.0, active_borrowers = 10},
    {unit = "Beta", average_glp = 500.0, average_glp_times_apr = 100.0, average_glp_priced = 500.0, active_borrowers = 5},
]
ledger_12m = [
    {unit = "Alpha", revenue_from_loans = 225.0, months = 12},
    {unit = "Beta", revenue_from_loans = 100.0, months = 12},
]
expect = {Alpha = 0.1, Beta = 0.0}
*/
SELECT
    period,
    unit,
    -- Both yields are for a year, whatever the setting: a rate is.
    1 - revenue_from_loans * 12.0 / ledger_12m.months
        / nullif(if(two_point_averages, (glp + start_glp) / 2, average_glp), 0)
        / nullif(if(two_point_averages, (glp_times_apr + start_glp_times_apr) / 2, average_glp_times_apr)
            / nullif(if(two_point_averages, (glp_priced + start_glp_priced) / 2, average_glp_priced), 0), 0) AS value,
    active_borrowers AS n
FROM portfolio_12m LEFT JOIN ledger_12m USING (period, unit), settings
