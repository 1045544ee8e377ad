/*
title         = "Personnel allocation ratio"
short         = "Officers among staff"
plain         = "Loan officers among staff"
unit          = "%"
better        = "band"
goalposts     = [0.2, 0.45, 0.6, 0.8]
limits        = { amber = [0.45, 0.6] }
units         = ["institution", "branch"]
people        = "staff"
summary       = "Loan officers over all personnel. Two readings: too few sell too little, too many leave too little support and control."
risk          = ["efficiency"]
standard      = ["MIX"]
source        = "World Bank MIX Market field definitions; formula confirmed on 3,543 published ratios"
limits_source = "MIX median 48 %"

[fr]
title         = "Part des agents de crédit dans le personnel"
short         = "Part des agents"
plain         = "Agents de crédit dans le personnel"
summary       = "Agents de crédit sur l'ensemble du personnel. Deux lectures : trop peu vendent trop peu, trop laissent peu d'appui et de contrôle."
source        = "Définitions de MIX Market (Banque mondiale) ; formule confirmée sur 3 543 ratios publiés"
limits_source = "médiane MIX 48 %"

[es]
title   = "Índice de distribución del personal"
short   = "Asesores en personal"
plain   = "Asesores de crédito en el personal"
summary = "Asesores de crédito sobre todo el personal. Dos lecturas: muy pocos colocan muy poco; demasiados dejan poco apoyo y control."
source  = "Definiciones de campos de MIX Market (Banco Mundial); fórmula confirmada con 3.543 índices publicados"
limits_source = "MIX, mediana: 48 %"

[example]
workforce = [
    {unit = "North", loan_officers = 6, personnel = 10},
    {unit = "South", loan_officers = 0, personnel = 4},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    loan_officers / nullif(personnel, 0) AS value,
    personnel AS n
FROM workforce
