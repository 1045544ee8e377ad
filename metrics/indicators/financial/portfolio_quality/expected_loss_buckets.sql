/*
title         = "Provisions needed beyond those held"
short         = "Provision gap"
plain         = "Provisions still to be made"
unit          = "money"
better        = "lower"
goalposts     = []
limits        = { amber = 0.0, red = 0.0 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Balances by days late times the provisioning rates in the settings, less the allowance in the ledger. Above zero, the allowance does not cover what the table asks; below zero, it exceeds it. The rates are yours: a regulator's table or your board's."
risk          = ["solvency", "credit"]
standard      = []
source        = "Ageing of the loan book and the provisioning table of the settings"
limits_source = "any need above what is held"

[fr]
title   = "Provisions à constituer"
short   = "Provisions manquantes"
plain   = "Provisions encore à constituer"
summary = "Encours par tranche de retard multiplié par les taux de provision des réglages, moins les provisions du grand livre. Au-dessus de zéro, elles ne couvrent pas ce que la table demande ; au-dessous, elles le dépassent. Les taux sont les vôtres : ceux du régulateur ou de votre conseil."
source  = "Balance âgée des prêts et table de provision des réglages"
limits_source = "tout besoin au-delà de ce qui est provisionné"

[es]
title   = "Previsiones requeridas por encima de las constituidas"
short   = "Previsión faltante"
plain   = "Previsiones por constituir"
summary = "Saldos por días de atraso multiplicados por las tasas de previsión de los ajustes, menos las previsiones en la contabilidad. Sobre cero, las previsiones no cubren lo que pide la tabla; bajo cero, lo superan. Las tasas son suyas: la tabla de un regulador o la de su junta directiva."
source  = "Antigüedad de la cartera y tabla de previsiones de los ajustes"
limits_source = "toda previsión requerida por encima de la constituida"

[example]
settings = [
    {provision_current = 0.01, provision_1_30 = 0.05, provision_31_60 = 0.25, provision_61_90 = 0.5, provision_91_180 = 0.75, provision_over_180 = 1.0},
]
portfolio = [
    {unit = "North", bucket_current = 1000.0, bucket_1_30 = 100.0, bucket_31_60 = 40.0, bucket_61_90 = 20.0, bucket_91_180 = 8.0, bucket_over_180 = 4.0},
    {unit = "South", bucket_current = 500.0, bucket_1_30 = 0.0, bucket_31_60 = 0.0, bucket_61_90 = 0.0, bucket_91_180 = 0.0, bucket_over_180 = 0.0},
]
ledger = [
    {unit = "North", allowance = 30.0},
    {unit = "South", allowance = 5.0},
]
expect = {North = 15.0, South = 0.0}
*/
SELECT
    period,
    unit,
    bucket_current * provision_current + bucket_1_30 * provision_1_30 + bucket_31_60 * provision_31_60
    + bucket_61_90 * provision_61_90 + bucket_91_180 * provision_91_180 + bucket_over_180 * provision_over_180
    - allowance AS value,
    NULL AS n
FROM portfolio LEFT JOIN ledger USING (period, unit), settings
