/*
title         = "Green loans in the portfolio"
short         = "Green loans"
plain         = "Portfolio in green loans"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 1.0]
limits        = {}
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Portfolio in loans for a green purpose over the portfolio of which it is recorded. The label is the institution's own; the target is the board's."
risk          = ["environment"]
standard      = []
source        = "USSEPM dimension 7; the institution's own label"
limits_source = "default, to be set by your board"

[fr]
title   = "Prêts verts dans le portefeuille"
short   = "Prêts verts"
plain   = "Encours en prêts verts"
summary = "Encours des prêts à but écologique sur l'encours dont le but est connu. L'étiquette est celle de l'institution ; la cible est celle du conseil."
source  = "Dimension 7 des USSEPM ; étiquette de l'institution"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Préstamos verdes en la cartera"
short   = "Préstamos verdes"
plain   = "Cartera en préstamos verdes"
summary = "Cartera en préstamos con un fin verde sobre la cartera de la que consta. La etiqueta es de la propia institución; la meta es de la junta directiva."
source  = "USSEPM, dimensión 7; etiqueta propia de la institución"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", glp_green = 90.0, glp_green_known = 1000.0, active_loans = 40},
    {unit = "South", glp_green = 0.0, glp_green_known = 500.0, active_loans = 20},
]
expect = {North = 0.09, South = 0.0}
*/
SELECT
    period,
    unit,
    glp_green / nullif(glp_green_known, 0) AS value,
    active_loans AS n
FROM portfolio
