/*
title         = "Loans to staff and related persons over equity"
short         = "Insider loans"
plain         = "What insiders owe over equity"
unit          = "%"
better        = "lower"
goalposts     = [0.2, 0.0]
limits        = { amber = 0.05, red = 0.1 }
units         = ["institution"]
people        = "none"
summary       = "Principal owed by clients who are employees, managers, board members or their family over equity. Whoever is not marked either way is not counted. Not given where equity is zero or negative."
risk          = ["governance", "concentration"]
standard      = []
source        = "MIX Market segments of the portfolio by relationship"
limits_source = "default, to be set by your board"

[fr]
title   = "Prêts au personnel et aux proches sur fonds propres"
short   = "Prêts aux initiés"
plain   = "Dette des initiés sur fonds propres"
summary = "Principal dû par les clients qui sont employés, dirigeants, membres du conseil ou de leur famille, sur fonds propres. Qui n'est marqué ni oui ni non ne compte pas. Non donné si les fonds propres sont nuls ou négatifs."
source  = "Encours par relation selon MIX Market"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Préstamos a personal y personas vinculadas sobre patrimonio"
short   = "Préstamos a vinculados"
plain   = "Deuda de los vinculados sobre patrimonio"
summary = "Capital que deben los clientes que son empleados, gerentes, miembros de la junta directiva o familiares suyos, sobre el patrimonio. No se cuenta a quien no está marcado ni en un sentido ni en otro. No se da si el patrimonio es cero o negativo."
source  = "Segmentos de la cartera por vínculo de MIX Market"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "Alpha", glp_insiders = 50.0},
    {unit = "Beta", glp_insiders = 0.0},
]
ledger = [
    {unit = "Alpha", equity = 1000.0},
    {unit = "Beta", equity = 400.0},
]
expect = {Alpha = 0.05, Beta = 0.0}
*/
SELECT
    period,
    unit,
    glp_insiders / nullif(greatest(equity, 0), 0) AS value,
    NULL AS n
FROM portfolio LEFT JOIN ledger USING (period, unit)
