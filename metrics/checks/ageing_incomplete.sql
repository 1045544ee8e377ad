/*
title    = "Active loans without days past due"
severity = "error"
meaning  = "These loans count as not late, so that every PAR is too low."
remedy   = "Load the column with the days past due, or the date of the oldest unpaid instalment."

[fr]
title   = "Prêts actifs sans nombre de jours de retard"
meaning = "Ces prêts comptent comme sans retard : chaque PAR est trop bas."
remedy  = "Charger la colonne des jours de retard, ou la date de la plus ancienne échéance impayée."

[es]
title   = "Préstamos activos sin días de atraso"
meaning = "Estos préstamos cuentan como al día, de modo que todo PAR queda demasiado bajo."
remedy  = "Cargar la columna con los días de atraso, o la fecha de la cuota impaga más antigua."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND l.days_past_due IS NULL
