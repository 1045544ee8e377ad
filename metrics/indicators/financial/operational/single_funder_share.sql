/*
title         = "Largest funder's share of borrowings"
short         = "Largest funder"
plain         = "Borrowings from the largest funder"
unit          = "%"
better        = "lower"
goalposts     = [0.8, 0.15]
limits        = { amber = 0.45, red = 0.6 }
units         = ["institution"]
people        = "none"
summary       = "What is owed to the largest lender over all borrowings, from the debt schedule."
risk          = ["funding"]
standard      = []
source        = "Debt schedule, all loans of a lender together"
limits_source = "default, to be set by your board"

[fr]
title         = "Part du premier bailleur dans les emprunts"
short         = "Premier bailleur"
plain         = "Emprunts auprès du premier bailleur"
summary       = "Dette envers le premier bailleur sur l'ensemble des emprunts, selon l'échéancier de la dette."
source        = "Échéancier de la dette, tous les prêts d'un bailleur ensemble"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Parte del mayor financiador en la deuda"
short   = "Mayor financiador"
plain   = "Deuda con el mayor financiador"
summary = "Lo que se debe al mayor financiador sobre todas las obligaciones financieras, según el cronograma de deuda."
source  = "Cronograma de deuda, todos los préstamos de un financiador juntos"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
debt = [
    {unit = "Alpha", debt_largest_lender = 450.0, debt = 1000.0, lenders = 3},
    {unit = "Beta", debt_largest_lender = 0.0, debt = 100.0, lenders = 0},
]
expect = {Alpha = 0.45, Beta = 0.0}
*/
SELECT
    period,
    unit,
    debt_largest_lender / nullif(debt, 0) AS value,
    lenders AS n
FROM debt
