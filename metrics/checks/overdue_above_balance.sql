/*
title    = "More principal overdue than owed"
severity = "error"
meaning  = "The overdue column may hold interest and penalties, or the two columns are swapped."
remedy   = "Check which heading was read as overdue principal."

[fr]
title   = "Capital en retard supérieur au capital dû"
meaning = "La colonne du retard contient peut-être intérêts et pénalités, ou les deux colonnes sont interverties."
remedy  = "Vérifier quel intitulé a été lu comme capital en retard."

[es]
title   = "Más capital vencido que adeudado"
meaning = "La columna de vencidos puede contener intereses y penalidades, o las dos columnas están invertidas."
remedy  = "Verificar qué encabezado se leyó como capital vencido."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.principal_outstanding, l.overdue_principal,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND l.overdue_principal > l.principal_outstanding + 0.01
