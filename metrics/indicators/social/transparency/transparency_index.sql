/*
title         = "Pricing transparency index"
short         = "Price transparency"
plain         = "Price told by the quoted rate"
unit          = "points"
better        = "higher"
goalposts     = [0.4, 1.0]
limits        = { amber = 0.7, red = 0.5 }
units         = ["institution", "branch", "product"]
people        = "clients"
summary       = "The quoted yearly rate over the annual percentage rate with all charges, weighted by the portfolio; 100 where the quoted rate tells the whole price, and never more. Products need both rates."
risk          = ["conduct", "pricing"]
standard      = []
source        = "MFTransparency: part of the price that the nominal rate communicates, perfect = 100"
limits_source = "default, to be set by your board"

[fr]
title   = "Indice de transparence des prix"
short   = "Transparence des prix"
plain   = "Part du prix que dit le taux affiché"
summary = "Le taux annuel affiché sur le taux annuel effectif global, pondéré par l'encours ; 100 si le taux affiché dit tout le prix, jamais plus. Les produits doivent avoir les deux taux."
source  = "MFTransparency : part du prix que communique le taux nominal, parfait = 100"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Índice de transparencia de precios"
short   = "Transparencia precios"
plain   = "Precio que dice la tasa anunciada"
summary = "La tasa anual anunciada sobre la tasa efectiva anual con todos los cargos, con pesos según la cartera; 100 si la tasa anunciada dice todo el precio, y nunca más. Los productos necesitan ambas tasas."
source  = "MFTransparency: parte del precio que comunica la tasa nominal, perfecto = 100"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", glp_times_nominal = 168.0, glp_times_apr = 240.0, glp_priced = 1000.0, active_loans = 40},
    {unit = "South", glp_times_nominal = 0.0, glp_times_apr = 90.0, glp_priced = 500.0, active_loans = 20},
    {unit = "West", glp_times_nominal = 99.0, glp_times_apr = 90.0, glp_priced = 500.0, active_loans = 20},
]
expect = {North = 0.7, South = 0.0, West = 1.0}
*/
SELECT
    period,
    unit,
    least(glp_times_nominal / nullif(glp_times_apr, 0), 1) AS value,
    active_loans AS n
FROM portfolio
