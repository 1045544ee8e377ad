/*
title         = "Women's average loan to men's"
short         = "Loan size W/M"
plain         = "Women's average loan over men's"
unit          = "ratio"
better        = "higher"
goalposts     = [0.4, 1.0]
limits        = { amber = 0.75, red = 0.6 }
units         = ["institution", "branch", "product", "officer"]
people        = "clients"
summary       = "Average outstanding balance of a woman borrower over that of a man; a low ratio may speak of discrimination or of smaller businesses."
risk          = ["discrimination"]
standard      = []
source        = "Average balance by gender, of borrowers whose gender is recorded"
limits_source = "no published line"

[fr]
title   = "Prêt moyen des femmes sur celui des hommes"
short   = "Taille F/H"
plain   = "Prêt moyen des femmes sur celui des hommes"
summary = "Solde moyen d'une emprunteuse sur celui d'un emprunteur ; un ratio bas peut signaler une discrimination ou de plus petites activités."
source  = "Solde moyen par sexe des emprunteurs dont le sexe est connu"
limits_source = "aucune limite publiée"

[es]
title   = "Préstamo promedio de mujeres frente al de hombres"
short   = "Préstamo M/H"
plain   = "Préstamo promedio de mujeres sobre el de hombres"
summary = "Saldo promedio de una prestataria sobre el de un prestatario; una razón baja puede hablar de discriminación o de negocios más pequeños."
source  = "Saldo promedio por género, de prestatarios con género registrado"
limits_source = "sin límite publicado"

[example]
portfolio = [
    {unit = "North", glp_women = 3000.0, women_borrowers = 40, glp_men = 2000.0, men_borrowers = 20, borrowers_gender_known = 60},
    {unit = "South", glp_women = 0.0, women_borrowers = 5, glp_men = 900.0, men_borrowers = 9, borrowers_gender_known = 14},
]
expect = {North = 0.75, South = 0.0}
*/
SELECT
    period,
    unit,
    (glp_women / nullif(women_borrowers, 0))
    / nullif(glp_men / nullif(men_borrowers, 0), 0) AS value,
    borrowers_gender_known AS n,
    active_borrowers AS population
FROM portfolio
