/*
title         = "Median payment-to-income ratio"
short         = "Payment to income"
plain         = "Share of income that goes to repayments"
unit          = "%"
better        = "lower"
goalposts     = [0.7, 0.1]
limits        = { amber = 0.4, red = 0.5 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Median of borrowers' known monthly instalments (own and other lenders) over household income, interpolated in bins of 10 points, above 80 % of 20; 1 stands for 100 % and more, 0 for nobody above 10 %. Of borrowers with both figures; coverage tells how many of all."
risk          = ["over_indebtedness"]
standard      = ["USSEPM 4A"]
source        = "Repayment over income, as lenders test it before lending"
limits_source = "default, to be set by your board"

[fr]
title   = "Médiane des échéances sur le revenu"
short   = "Échéances sur revenu"
plain   = "Part du revenu qui va aux remboursements"
summary = "Médiane des échéances mensuelles connues des emprunteurs (ici et ailleurs) sur le revenu du ménage, interpolée par tranches de 10 points, de 20 au-delà de 80 % ; 1 veut dire 100 % et plus, 0 personne au-dessus de 10 %. Parmi ceux dont on connaît les deux ; la couverture dit combien sur tous."
source  = "Remboursement sur revenu, comme les prêteurs l'examinent avant de prêter"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Mediana de cuotas sobre ingreso"
short   = "Cuotas sobre ingreso"
plain   = "Parte del ingreso que va a las cuotas"
summary = "Mediana de las cuotas mensuales conocidas de los prestatarios (de la institución y de otros prestamistas) sobre el ingreso del hogar, interpolada en tramos de 10 puntos, de 20 por encima de 80 %; 1 significa 100 % o más, 0 que nadie supera 10 %. De los prestatarios con ambas cifras; la cobertura dice cuántos son del total."
source  = "Cuota sobre ingreso, como la verifican los prestamistas antes de otorgar"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", burden_known = 20, active_borrowers = 25, burden_over_10 = 20, burden_over_20 = 18, burden_over_30 = 15, burden_over_40 = 10, burden_over_50 = 6, burden_over_60 = 3, burden_over_70 = 1, burden_over_80 = 0, burden_over_100 = 0},
    {unit = "South", burden_known = 10, active_borrowers = 10, burden_over_10 = 0, burden_over_20 = 0, burden_over_30 = 0, burden_over_40 = 0, burden_over_50 = 0, burden_over_60 = 0, burden_over_70 = 0, burden_over_80 = 0, burden_over_100 = 0},
]
expect = {North = 0.4, South = 0.0}
*/
SELECT
    period,
    unit,
    -- Each bin below the median counts whole, the bin where half of the borrowers are reached in part.
    if(burden_known > 0, if(burden_over_10 = 0, 0, 0.1 * (
          greatest(0, least(1, (burden_known - burden_known / 2) / greatest(burden_known - burden_over_10, 1e-9)))
        + greatest(0, least(1, (burden_over_10 - burden_known / 2) / greatest(burden_over_10 - burden_over_20, 1e-9)))
        + greatest(0, least(1, (burden_over_20 - burden_known / 2) / greatest(burden_over_20 - burden_over_30, 1e-9)))
        + greatest(0, least(1, (burden_over_30 - burden_known / 2) / greatest(burden_over_30 - burden_over_40, 1e-9)))
        + greatest(0, least(1, (burden_over_40 - burden_known / 2) / greatest(burden_over_40 - burden_over_50, 1e-9)))
        + greatest(0, least(1, (burden_over_50 - burden_known / 2) / greatest(burden_over_50 - burden_over_60, 1e-9)))
        + greatest(0, least(1, (burden_over_60 - burden_known / 2) / greatest(burden_over_60 - burden_over_70, 1e-9)))
        + greatest(0, least(1, (burden_over_70 - burden_known / 2) / greatest(burden_over_70 - burden_over_80, 1e-9)))
        + greatest(0, least(2, (2 * burden_over_80 - burden_known) / greatest(burden_over_80 - burden_over_100, 1e-9)))
    )), NULL) AS value,
    burden_known AS n,
    active_borrowers AS population
FROM portfolio
