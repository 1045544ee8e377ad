/*
title         = "Unadjusted gender pay gap"
short         = "Gender pay gap"
plain         = "Gap between men's and women's pay"
unit          = "%"
better        = "band"
goalposts     = [-0.3, -0.05, 0.05, 0.3]
limits        = { amber = [-0.15, 0.15], red = [-0.25, 0.25] }
units         = ["institution"]
people        = "staff"
summary       = "Mean hourly pay of men less that of women, over that of men, at the latest salary known; above zero women earn less. Not adjusted for role or seniority, so a gap may also come from who holds which post."
risk          = ["human_resources", "reputation"]
standard      = []
source        = "Unadjusted gap of mean hourly pay; IRIS+ OI8941 and OI5887 are its inputs"
limits_source = "default, to be set by your board"

[fr]
title   = "Écart de rémunération non corrigé entre femmes et hommes"
short   = "Écart de salaire"
plain   = "Écart entre le salaire des hommes et celui des femmes"
summary = "Salaire horaire moyen des hommes moins celui des femmes, sur celui des hommes, au dernier salaire connu ; au-dessus de zéro, les femmes gagnent moins. Non corrigé du poste ni de l'ancienneté : l'écart peut aussi venir de la répartition des postes."
source  = "Écart non corrigé du salaire horaire moyen ; IRIS+ OI8941 et OI5887 en sont les données"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Brecha salarial de género sin ajustar"
short   = "Brecha salarial"
plain   = "Brecha entre el salario de hombres y mujeres"
summary = "Salario medio por hora de los hombres menos el de las mujeres, sobre el de los hombres, con el último salario conocido; por encima de cero las mujeres ganan menos. No se ajusta por puesto ni antigüedad, así que una brecha puede venir también de quién ocupa qué puesto."
source  = "Brecha sin ajustar del salario medio por hora; IRIS+ OI8941 y OI5887 son sus datos"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
workforce = [
    {unit = "Alpha", hourly_pay_women = 850.0, paid_women = 10, hourly_pay_men = 2000.0, paid_men = 20, personnel = 32},
    {unit = "Beta", hourly_pay_women = 500.0, paid_women = 5, hourly_pay_men = 300.0, paid_men = 3, personnel = 8},
]
expect = {Alpha = 0.15, Beta = 0.0}
*/
SELECT
    period,
    unit,
    1 - (hourly_pay_women / nullif(paid_women, 0)) / nullif(hourly_pay_men / nullif(paid_men, 0), 0) AS value,
    paid_women + paid_men AS n,
    personnel AS population
FROM workforce
