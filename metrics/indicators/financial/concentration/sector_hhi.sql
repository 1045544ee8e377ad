/*
title         = "Concentration by sector"
short         = "Sector HHI"
plain         = "How few sectors the portfolio depends on"
unit          = "ratio"
better        = "lower"
goalposts     = [0.6, 0.12]
limits        = { amber = 0.25, red = 0.4 }
units         = ["institution", "branch", "product"]
people        = "none"
summary       = "Sum of the squared shares of each economic sector in the portfolio whose sector is recorded (Herfindahl-Hirschman index): 1 if all is in one sector, 0.25 if four hold a quarter each."
risk          = ["concentration"]
standard      = []
source        = "Herfindahl-Hirschman index over loans.purpose_sector"
limits_source = "default, to be set by your board"

[fr]
title   = "Concentration par secteur"
short   = "HHI sectoriel"
plain   = "Le peu de secteurs dont dépend l'encours"
summary = "Somme des carrés des parts de chaque secteur économique dans l'encours dont le secteur est connu (indice de Herfindahl-Hirschman) : 1 si tout est dans un secteur, 0,25 si quatre en tiennent un quart chacun."
source  = "Indice de Herfindahl-Hirschman sur loans.purpose_sector"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Concentración por sector"
short   = "HHI sectorial"
plain   = "De cuán pocos sectores depende la cartera"
summary = "Suma de los cuadrados de la parte de cada sector económico en la cartera con sector registrado (índice de Herfindahl-Hirschman): 1 si todo está en un sector, 0,25 si cuatro tienen un cuarto cada uno."
source  = "Índice de Herfindahl-Hirschman sobre loans.purpose_sector"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
sector_portfolio = [
    {unit = "Alpha", sector = "trade", glp = 100.0},
    {unit = "Alpha", sector = "food", glp = 100.0},
    {unit = "Alpha", sector = "crafts", glp = 100.0},
    {unit = "Alpha", sector = "transport", glp = 100.0},
    {unit = "Alpha", sector = "unknown", glp = 300.0},
    {unit = "Beta", sector = "trade", glp = 80.0},
    {unit = "Gamma", sector = "unknown", glp = 50.0},
]
expect = {Alpha = 0.25, Beta = 1.0}
*/
SELECT
    period,
    unit,
    sum(if(sector = 'unknown', 0, glp * glp)) / nullif(pow(sum(if(sector = 'unknown', 0, glp)), 2), 0) AS value,
    NULL AS n
FROM sector_portfolio
GROUP BY period, unit
