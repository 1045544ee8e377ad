/*
title    = "Closed or written-off loans with a balance"
severity = "warning"
meaning  = "They are left out of the portfolio. If they are still owed, the portfolio and PAR are too small."
remedy   = "Check the state of these loans, or the meaning of the state codes."

[fr]
title   = "Prêts clos ou passés en perte avec un solde"
meaning = "Ils sont exclus de l'encours. S'ils sont encore dus, l'encours et le PAR sont trop faibles."
remedy  = "Vérifier l'état de ces prêts, ou le sens des codes d'état."

[es]
title   = "Préstamos cerrados o castigados con saldo"
meaning = "Quedan fuera de la cartera. Si aún se deben, la cartera y el PAR son demasiado bajos."
remedy  = "Verificar el estado de estos préstamos, o el significado de los códigos de estado."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.status, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE l.status IN ('closed', 'written_off', 'transferred') AND l.principal_outstanding > 0
