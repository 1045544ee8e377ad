/*
title         = "Twenty largest borrowers over equity"
short         = "Top 20 over equity"
plain         = "What the 20 largest borrowers owe over equity"
unit          = "%"
better        = "lower"
goalposts     = [1.0, 0.0]
limits        = { amber = 0.25, red = 0.5 }
units         = ["institution"]
people        = "none"
summary       = "Principal owed by the 20 largest borrowers of the institution over its equity; all loans of a client count together, and a group loan as one. Matters where lending to small firms grows. Not given where equity is zero or negative."
risk          = ["concentration"]
standard      = []
source        = "Large exposures over equity, in the manner of banking rules"
limits_source = "default, to be set by your board"

[fr]
title   = "Vingt plus grands emprunteurs sur fonds propres"
short   = "20 plus grands"
plain   = "Dette des 20 plus grands emprunteurs sur fonds propres"
summary = "Principal dû par les 20 plus grands emprunteurs de l'institution sur ses fonds propres ; tous les prêts d'un client comptent ensemble, un prêt de groupe comme un seul. Compte là où le crédit aux petites entreprises croît. Non donné si les fonds propres sont nuls ou négatifs."
source  = "Grands risques sur fonds propres, à la manière des règles bancaires"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Veinte mayores prestatarios sobre patrimonio"
short   = "20 mayores/patrimonio"
plain   = "Deuda de los 20 mayores prestatarios sobre patrimonio"
summary = "Capital que deben los 20 mayores prestatarios de la institución sobre su patrimonio; los préstamos de un cliente se suman, y un préstamo grupal cuenta como uno. Importa donde crece el crédito a pequeñas empresas. No se da si el patrimonio es cero o negativo."
source  = "Grandes exposiciones sobre patrimonio, al modo de las normas bancarias"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "Alpha", glp_top20 = 250.0},
    {unit = "Beta", glp_top20 = 0.0},
    {unit = "Gamma", glp_top20 = 90.0},
]
ledger = [
    {unit = "Alpha", equity = 1000.0},
    {unit = "Beta", equity = 400.0},
    {unit = "Gamma", equity = -50.0},
]
expect = {Alpha = 0.25, Beta = 0.0}
*/
SELECT
    period,
    unit,
    glp_top20 / nullif(greatest(equity, 0), 0) AS value,
    NULL AS n
FROM portfolio LEFT JOIN ledger USING (period, unit)
