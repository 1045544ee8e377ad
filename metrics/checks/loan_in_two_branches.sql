/*
title    = "Loans listed in two branches"
severity = "error"
meaning  = "The loan counts twice: it moved and both branches still list it, or two branches use the same numbers."
remedy   = "Keep it in the branch that holds it; give numbers that are unique in the institution."

[fr]
title   = "Prêts listés dans deux agences"
meaning = "Le prêt compte deux fois : il a été transféré et les deux agences le listent, ou deux agences utilisent les mêmes numéros."
remedy  = "Le garder dans l'agence qui le détient ; donner des numéros uniques dans l'institution."

[es]
title   = "Préstamos en dos sucursales"
meaning = "El préstamo cuenta dos veces: se trasladó y ambas sucursales aún lo listan, o dos sucursales usan los mismos números."
remedy  = "Dejarlo en la sucursal que lo tiene; dar números únicos en toda la institución."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.client_id, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE l.principal_outstanding > 0
QUALIFY count(DISTINCT coalesce(l.branch_id, '')) OVER (PARTITION BY l.institution_id, l.loan_id) > 1
