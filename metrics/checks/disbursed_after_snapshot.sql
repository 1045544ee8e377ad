/*
title    = "Loans disbursed after the day of the snapshot"
severity = "error"
meaning  = "The snapshot holds loans of a later day: the date of the file is wrong, or day and month were swapped."
remedy   = "Check the snapshot's date and the order of day and month."

[fr]
title   = "Prêts décaissés après la date d'arrêté"
meaning = "La liste contient des prêts d'un jour postérieur : la date du fichier est fausse, ou jour et mois ont été intervertis."
remedy  = "Vérifier la date d'arrêté et l'ordre jour-mois."

[es]
title   = "Préstamos desembolsados después del día del corte"
meaning = "El corte contiene préstamos de un día posterior: la fecha del archivo es errónea, o día y mes se invirtieron."
remedy  = "Verificar la fecha del corte y el orden de día y mes."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.disbursed_on, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE l.disbursed_on > l.as_of
