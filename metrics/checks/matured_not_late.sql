/*
title    = "Loans past their last instalment, owed and not late"
severity = "warning"
meaning  = "A loan whose last instalment has passed cannot be owed and on time: it was rescheduled without a mark, or days past due are not counted after maturity."
remedy   = "Check these loans; mark the rescheduled ones."

[fr]
title   = "Prêts échus, encore dus et sans retard"
meaning = "Un prêt dont la dernière échéance est passée ne peut être à la fois dû et sans retard : il a été rééchelonné sans mention, ou le retard n'est plus compté après l'échéance finale."
remedy  = "Vérifier ces prêts ; signaler ceux qui sont rééchelonnés."

[es]
title   = "Préstamos con la última cuota vencida, con saldo y sin atraso"
meaning = "Un préstamo cuya última cuota ya venció no puede tener saldo y estar al día: se reprogramó sin marcarlo, o los días de atraso no se cuentan tras el vencimiento."
remedy  = "Verificar estos préstamos; marcar los reprogramados."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.maturity_on, l.principal_outstanding, l.days_past_due,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND l.maturity_on < l.as_of AND coalesce(l.days_past_due, 0) = 0
