/*
title         = "Portfolio in large loans"
short         = "Large loans"
plain         = "Portfolio in loans above the large-loan line"
unit          = "%"
better        = "lower"
goalposts     = [0.6, 0.0]
limits        = { amber = 0.2, red = 0.35 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Portfolio in loans whose amount disbursed exceeds a multiple of GNI per capita (2.5 unless the policy says otherwise) over the portfolio whose loan size is known. A rising share speaks of mission drift, and of fewer loans carrying more of the risk."
risk          = ["credit", "mission_drift", "concentration"]
standard      = []
source        = "Amount disbursed against GNI per capita in force in the month"
limits_source = "default, to be set by your board"

[fr]
title   = "Part des gros prêts dans l'encours"
short   = "Gros prêts"
plain   = "Encours des prêts au-dessus de la ligne"
summary = "Encours des prêts dont le montant décaissé dépasse un multiple du RNB par habitant (2,5 sauf réglage) sur l'encours dont la taille de prêt est connue. Une part qui monte parle de dérive de mission, et de moins de prêts qui portent plus de risque."
source  = "Montant décaissé comparé au RNB par habitant en vigueur dans le mois"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Cartera en préstamos grandes"
short   = "Préstamos grandes"
plain   = "Cartera en préstamos sobre el límite de préstamo grande"
summary = "Cartera en préstamos cuyo monto desembolsado supera un múltiplo del INB per cápita (2,5 salvo que la política diga otra cosa) sobre la cartera con monto conocido. Si sube, habla de desvío de la misión y de menos préstamos que concentran más riesgo."
source  = "Monto desembolsado frente al INB per cápita vigente en el mes"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [
    {large_loan_line = 2.5},
]
portfolio = [
    {unit = "North", glp_large_1 = 700.0, glp_large_2_5 = 200.0, glp_size_known = 1000.0, active_loans = 20},
    {unit = "South", glp_large_1 = 100.0, glp_large_2_5 = 0.0, glp_size_known = 500.0, active_loans = 12},
]
expect = {North = 0.2, South = 0.0}
*/
SELECT
    period,
    unit,
    CASE large_loan_line
        WHEN 1.0 THEN glp_large_1 WHEN 1.5 THEN glp_large_1_5 WHEN 2.5 THEN glp_large_2_5 WHEN 5.0 THEN glp_large_5
    END / nullif(glp_size_known, 0) AS value,
    active_loans AS n
FROM portfolio, settings
