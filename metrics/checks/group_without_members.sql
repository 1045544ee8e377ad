/*
title    = "Group loans that do not say how many share them"
severity = "warning"
meaning  = "Each counts as one borrower, although many share it: borrowers, loan size and outreach are wrong."
remedy   = "Load the number of members, and of women, of each group."

[fr]
title   = "Prêts de groupe sans nombre de membres"
meaning = "Chacun compte pour un emprunteur alors que plusieurs le partagent : emprunteurs, taille des prêts et portée sont faussés."
remedy  = "Charger le nombre de membres, et de femmes, de chaque groupe."

[es]
title   = "Préstamos grupales que no dicen cuántos los comparten"
meaning = "Cada uno cuenta como un prestatario, aunque muchos lo comparten: prestatarios, tamaño del préstamo y alcance son erróneos."
remedy  = "Cargar el número de miembros, y de mujeres, de cada grupo."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.group_id, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND l.client_id IS NULL AND l.group_id IS NOT NULL AND l.members IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM v_groups AS g
        WHERE g.institution_id = l.institution_id AND g.group_id = l.group_id AND g.members IS NOT NULL
    )
