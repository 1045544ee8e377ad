/*
title    = "More principal owed than was lent"
severity = "warning"
meaning  = "Interest may be in the principal column, or the loan was topped up or rescheduled without a new amount."
remedy   = "Check that the balance is principal alone."

[fr]
title   = "Capital restant dû supérieur au montant prêté"
meaning = "Des intérêts se trouvent peut-être dans la colonne du capital, ou le prêt a été complété ou rééchelonné sans nouveau montant."
remedy  = "Vérifier que le solde ne contient que le capital."

[es]
title   = "Se debe más capital del que se prestó"
meaning = "Puede haber intereses en la columna de capital, o el préstamo se amplió o reprogramó sin un nuevo monto."
remedy  = "Verificar que el saldo sea solo capital."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.disbursed_amount, l.principal_outstanding, l.is_renegotiated,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND l.disbursed_amount > 0 AND l.principal_outstanding > l.disbursed_amount * 1.001 AND NOT coalesce(l.is_renegotiated, false)
