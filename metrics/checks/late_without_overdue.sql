/*
title    = "Days past due and overdue amount contradict each other"
severity = "warning"
meaning  = "A loan is late and owes nothing overdue, or owes an overdue amount and is not late: one of the two columns is of another day."
remedy   = "Export both columns from the same report."

[fr]
title   = "Jours de retard et montant en retard se contredisent"
meaning = "Un prêt est en retard sans rien devoir d'échu, ou doit un montant échu sans être en retard : l'une des colonnes est d'une autre date."
remedy  = "Exporter les deux colonnes du même rapport."

[es]
title   = "Los días de atraso y el monto vencido se contradicen"
meaning = "Un préstamo está atrasado sin monto vencido, o tiene monto vencido sin estar atrasado: una de las dos columnas es de otro día."
remedy  = "Exportar ambas columnas del mismo informe."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.days_past_due, l.overdue_principal,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND ((l.days_past_due > 0 AND l.overdue_principal = 0) OR (l.days_past_due = 0 AND l.overdue_principal > 0.01))
