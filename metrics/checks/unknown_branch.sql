/*
title    = "Loans of a branch that is not in the branch list"
severity = "warning"
meaning  = "A new branch, a renamed one, or a typing error that splits a branch in two."
remedy   = "Add the branch to the list, or correct its code."

[fr]
title   = "Prêts d'une agence absente de la liste des agences"
meaning = "Une nouvelle agence, une agence renommée, ou une faute de frappe qui coupe une agence en deux."
remedy  = "Ajouter l'agence à la liste, ou corriger son code."

[es]
title   = "Préstamos de una sucursal que no está en la lista de sucursales"
meaning = "Una sucursal nueva, una con otro nombre, o un error de digitación que parte una sucursal en dos."
remedy  = "Agregar la sucursal a la lista, o corregir su código."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND l.branch_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM v_branches AS b WHERE b.institution_id = l.institution_id)
    AND NOT EXISTS (
        SELECT 1 FROM v_branches AS b WHERE b.institution_id = l.institution_id AND b.branch_id = l.branch_id
    )
