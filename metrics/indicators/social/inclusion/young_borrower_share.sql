/*
title         = "Borrowers under 35"
short         = "Young"
plain         = "Borrowers under 35"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 0.5]
limits        = {}
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Active borrowers under 35 over active borrowers whose date of birth is recorded."
risk          = ["inclusion"]
standard      = ["SDG 8"]
source        = "Age on the day of the snapshot"
limits_source = "no published line"

[fr]
title   = "Emprunteurs de moins de 35 ans"
short   = "Jeunes"
plain   = "Emprunteurs de moins de 35 ans"
summary = "Emprunteurs actifs de moins de 35 ans sur ceux dont la date de naissance est connue."
source  = "Âge au jour de la situation"
limits_source = "aucune limite publiée"

[es]
title   = "Prestatarios menores de 35 años"
short   = "Jóvenes"
plain   = "Prestatarios menores de 35 años"
summary = "Prestatarios activos menores de 35 años sobre los prestatarios activos con fecha de nacimiento registrada."
source  = "Edad en el día del corte"
limits_source = "sin límite publicado"

[example]
portfolio = [
    {unit = "North", young_borrowers = 20, borrowers_age_known = 40},
    {unit = "South", young_borrowers = 0, borrowers_age_known = 12},
]
expect = {North = 0.5, South = 0.0}
*/
SELECT
    period,
    unit,
    young_borrowers / nullif(borrowers_age_known, 0) AS value,
    borrowers_age_known AS n,
    active_borrowers AS population
FROM portfolio
