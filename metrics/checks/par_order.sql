/*
title    = "PAR over 90 days above PAR over 30 days"
severity = "error"
meaning  = "A loan that is more than 90 days late is also more than 30 days late: columns of the summary are swapped, or one of them holds a band instead of a sum."
remedy   = "Check which heading was read as which column."

[fr]
title   = "PAR à plus de 90 jours supérieur au PAR à plus de 30 jours"
meaning = "Un prêt en retard de plus de 90 jours l'est aussi de plus de 30 : des colonnes du résumé sont interverties, ou l'une contient une tranche au lieu d'un cumul."
remedy  = "Vérifier quel intitulé a été lu pour quelle colonne."

[es]
title   = "PAR a más de 90 días mayor que el PAR a más de 30 días"
meaning = "Un préstamo con más de 90 días de atraso también tiene más de 30: las columnas del resumen están invertidas, o una contiene un tramo en lugar de una suma."
remedy  = "Verificar qué encabezado se leyó como qué columna."
*/
SELECT
    institution_id, period, sum(late_from_1) AS late_from_1, sum(late_over_30) AS late_over_30,
    sum(late_over_90) AS late_over_90, sum(glp) AS glp
FROM v_m_portfolio
WHERE cut IN ('main', 'reported')
GROUP BY institution_id, period
HAVING sum(late_over_90) > sum(late_over_30) + 0.01 OR sum(late_over_30) > sum(glp) + 0.01
    OR sum(late_over_30) > sum(late_from_1) + 0.01
