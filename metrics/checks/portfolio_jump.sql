/*
title    = "A branch's portfolio jumped in a month"
severity = "warning"
meaning  = "More than a quarter up or down in one month: a file of a branch missing or loaded twice, or a transfer between branches."
remedy   = "Compare the number of loans of the two months shown."

[fr]
title   = "L'encours d'une agence a fait un bond en un mois"
meaning = "Plus d'un quart de hausse ou de baisse en un mois : fichier d'agence manquant ou chargé deux fois, ou transfert entre agences."
remedy  = "Comparer le nombre de prêts des deux mois indiqués."

[es]
title   = "La cartera de una sucursal saltó en un mes"
meaning = "Más de una cuarta parte hacia arriba o hacia abajo en un mes: falta un archivo de la sucursal o se cargó dos veces, o hubo un traslado entre sucursales."
remedy  = "Comparar el número de préstamos de los dos meses indicados."
*/
WITH month_end AS (
    SELECT m.institution_id, m.branch_id, p.month, sum(m.glp) AS glp, sum(m.active_loans) AS loans
    FROM v_m_portfolio AS m
    JOIN v_m_periods AS p ON p.institution_id = m.institution_id AND p.period = m.period AND p.closes
    WHERE m.cut = 'main'
    GROUP BY ALL
)
SELECT
    e.institution_id, e.branch_id, e.month, b.glp AS glp_before, e.glp, b.loans AS loans_before, e.loans
FROM month_end AS e
JOIN month_end AS b ON b.institution_id = e.institution_id AND b.branch_id IS NOT DISTINCT FROM e.branch_id
    AND b.month = last_day(e.month - INTERVAL 1 MONTH)
WHERE b.loans >= 30 AND (e.glp > 1.25 * b.glp OR e.glp < 0.75 * b.glp)
