/*
title         = "Bonus tied to social and quality results"
short         = "Social bonus share"
plain         = "Bonus tied to social and quality results"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 0.5]
limits        = { amber = 0.2, red = 0.1 }
units         = ["institution"]
people        = "none"
summary       = "Part of the loan officers' bonus that client retention, client satisfaction and portfolio quality decide, from 0 to 1, as parameter incentive_social_share states it."
risk          = ["conduct", "growth"]
standard      = ["Smart 2.5"]
source        = "Smart Campaign standard 2.5 on staff incentives; the bonus rules of the institution"
limits_source = "default, to be set by your board"

[fr]
title   = "Prime liée aux résultats sociaux et à la qualité"
short   = "Part sociale prime"
plain   = "Prime liée au social et à la qualité"
summary = "Part de la prime des agents de crédit que décident la fidélité et la satisfaction des clients et la qualité du portefeuille, de 0 à 1, selon le paramètre incentive_social_share."
source  = "Norme 2.5 de la Smart Campaign sur les primes ; règles de prime de l'institution"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Bono ligado a resultados sociales y de calidad"
short   = "Parte social del bono"
plain   = "Bono ligado a resultados sociales y de calidad"
summary = "Parte del bono de los asesores de crédito que deciden la retención de clientes, la satisfacción de clientes y la calidad de la cartera, de 0 a 1, según el parámetro incentive_social_share."
source  = "Norma 2.5 de la Smart Campaign sobre incentivos al personal; reglas de bonos de la institución"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
incentives = [
    {unit = "Alpha", bonus_social_share = 0.2, bonus_rules = 1},
    {unit = "Beta", bonus_social_share = 0.0, bonus_rules = 1},
]
expect = {Alpha = 0.2, Beta = 0.0}
*/
SELECT
    period,
    unit,
    bonus_social_share / nullif(bonus_rules, 0) AS value,
    bonus_rules AS n
FROM incentives
