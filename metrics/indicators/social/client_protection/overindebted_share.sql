/*
title         = "Over-indebted borrowers"
short         = "Over-indebted"
plain         = "Over-indebted clients"
unit          = "%"
better        = "lower"
goalposts     = [0.3, 0.0]
limits        = { amber = 0.1, red = 0.2 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Borrowers whose known monthly instalments (own and other lenders) exceed a share of household income (50 % unless the policy says otherwise) over borrowers with both figures."
risk          = ["over_indebtedness"]
standard      = ["USSEPM 4A.1", "IRIS+ PI4733"]
source        = "50 %: Reserve Bank of India, 2022"
limits_source = "no published line"

[fr]
title   = "Emprunteurs surendettés"
short   = "Surendettés"
plain   = "Clients surendettés"
summary = "Emprunteurs dont les échéances mensuelles connues (ici et ailleurs) dépassent une part du revenu du ménage (50 % sauf réglage) sur ceux dont on connaît les deux."
source  = "50 % : Reserve Bank of India, 2022"
limits_source = "aucune limite publiée"

[es]
title   = "Prestatarios sobreendeudados"
short   = "Sobreendeudados"
plain   = "Clientes sobreendeudados"
summary = "Prestatarios cuyas cuotas mensuales conocidas (de la institución y de otros prestamistas) superan una parte del ingreso del hogar (50 % salvo que la política diga otra cosa), sobre los prestatarios con ambas cifras."
source  = "50 %: Reserve Bank of India, 2022"
limits_source = "sin límite publicado"

[example]
settings = [
    {overindebted_line = 0.5},
]
portfolio = [
    {unit = "North", burden_over_50 = 4, burden_known = 20},
    {unit = "South", burden_over_50 = 0, burden_known = 15},
]
expect = {North = 0.2, South = 0.0}
*/
SELECT
    period,
    unit,
    CASE overindebted_line
        WHEN 0.3 THEN burden_over_30 WHEN 0.4 THEN burden_over_40 WHEN 0.5 THEN burden_over_50
        WHEN 0.6 THEN burden_over_60 WHEN 0.7 THEN burden_over_70
    END / nullif(burden_known, 0) AS value,
    burden_known AS n,
    active_borrowers AS population
FROM portfolio, settings
