/*
title         = "Portfolio in sectors and districts exposed to climate hazards"
short         = "Climate exposure"
plain         = "Portfolio exposed to climate hazards"
unit          = "%"
better        = "lower"
goalposts     = [0.6, 0.0]
limits        = { amber = 0.35, red = 0.5 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Portfolio in sectors and districts that the hazard list flags over the portfolio whose sector and district are known. The list says where a flood or drought would strike, not how hard."
risk          = ["credit", "environment"]
standard      = []
source        = "USSEPM dimension 7; the hazard list that the institution loads"
limits_source = "default, to be set by your board"

[fr]
title   = "Portefeuille dans des secteurs et districts exposés au climat"
short   = "Exposition climatique"
plain   = "Encours exposé aux aléas climatiques"
summary = "Encours dans les secteurs et districts que signale la liste des aléas sur l'encours dont secteur et district sont connus. La liste dit où une crue ou une sécheresse frapperait, non avec quelle force."
source  = "Dimension 7 des USSEPM ; liste des aléas chargée par l'institution"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Cartera en sectores y distritos expuestos a amenazas climáticas"
short   = "Exposición climática"
plain   = "Cartera expuesta a amenazas climáticas"
summary = "Cartera en sectores y distritos que señala la lista de amenazas, sobre la cartera con sector y distrito conocidos. La lista dice dónde golpearía una inundación o una sequía, no con qué fuerza."
source  = "USSEPM, dimensión 7; la lista de amenazas que carga la institución"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", glp_hazard = 350.0, glp_hazard_known = 1000.0, active_loans = 40},
    {unit = "South", glp_hazard = 0.0, glp_hazard_known = 500.0, active_loans = 20},
]
expect = {North = 0.35, South = 0.0}
*/
SELECT
    period,
    unit,
    glp_hazard / nullif(glp_hazard_known, 0) AS value,
    active_loans AS n
FROM portfolio
