/*
title         = "Loans whose client was given the APR"
short         = "APR disclosed"
plain         = "Loans with the full price in writing"
unit          = "%"
better        = "higher"
goalposts     = [0.7, 1.0]
limits        = { amber = 0.95, red = 0.9 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Loans lent in 12 months whose client was given the annual percentage rate in writing before signing, over loans lent of which it is recorded."
risk          = ["conduct"]
standard      = ["USSEPM 4B"]
source        = "USSEPM standard 4B; the loan files"
limits_source = "default, to be set by your board"

[fr]
title   = "Prêts dont le client a reçu le TAEG"
short   = "TAEG communiqué"
plain   = "Prêts dont le prix complet est écrit"
summary = "Prêts accordés en 12 mois dont le client a reçu par écrit, avant de signer, le taux annuel effectif global, sur les prêts accordés dont on le sait."
source  = "Norme USSEPM 4B ; dossiers de prêt"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Préstamos cuyo cliente recibió la tasa efectiva anual"
short   = "Tasa informada"
plain   = "Préstamos con el precio completo por escrito"
summary = "Préstamos otorgados en 12 meses cuyo cliente recibió por escrito la tasa efectiva anual antes de firmar, sobre los otorgados de los que consta."
source  = "USSEPM, norma 4B; expedientes de los préstamos"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio_12m = [
    {unit = "North", apr_shown = 95, apr_known = 100, disbursed_loans = 110},
    {unit = "South", apr_shown = 0, apr_known = 30, disbursed_loans = 30},
]
expect = {North = 0.95, South = 0.0}
*/
SELECT
    period,
    unit,
    apr_shown / nullif(apr_known, 0) AS value,
    apr_known AS n,
    disbursed_loans AS population
FROM portfolio_12m
