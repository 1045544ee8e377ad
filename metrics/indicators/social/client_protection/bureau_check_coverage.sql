/*
title         = "Loans with a credit-bureau check"
short         = "Bureau checked"
plain         = "Loans granted after a credit-bureau check"
unit          = "%"
better        = "higher"
goalposts     = [0.3, 1.0]
limits        = { amber = 0.8, red = 0.6 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Loans disbursed in 12 months after an enquiry at the credit bureau over those of which it is recorded whether one was made."
risk          = ["over_indebtedness"]
standard      = ["USSEPM 4A"]
source        = "Smart Campaign standard 2.2: uses credit reporting information"
limits_source = "default, to be set by your board"

[fr]
title   = "Prêts après consultation de la centrale des crédits"
short   = "Centrale consultée"
plain   = "Prêts accordés après consultation de la centrale"
summary = "Prêts décaissés en 12 mois après consultation de la centrale des crédits sur ceux dont on sait si elle a été faite."
source  = "Norme Smart Campaign 2.2 : usage de l'information de crédit"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Préstamos con consulta a la central de riesgos"
short   = "Central consultada"
plain   = "Préstamos otorgados tras consultar la central de riesgos"
summary = "Préstamos desembolsados en 12 meses tras una consulta a la central de riesgos, sobre aquellos de los que consta si se hizo."
source  = "Norma 2.2 de la Smart Campaign: usa información de centrales de riesgo"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio_12m = [
    {unit = "North", bureau_done = 60, bureau_known = 100, disbursed_loans = 125},
    {unit = "South", bureau_done = 0, bureau_known = 30, disbursed_loans = 40},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    bureau_done / nullif(bureau_known, 0) AS value,
    bureau_known AS n,
    disbursed_loans AS population
FROM portfolio_12m
