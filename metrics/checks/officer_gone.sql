/*
title    = "Loans in the name of an officer who has left"
severity = "warning"
meaning  = "Nobody may be following these borrowers. It is also how a loan of a ghost client can hide."
remedy   = "Give the loans to an officer in post."

[fr]
title   = "Prêts au nom d'un agent de crédit parti"
meaning = "Ces emprunteurs ne sont peut-être suivis par personne. C'est aussi ainsi que se cache un prêt à un client fictif."
remedy  = "Confier ces prêts à un agent en poste."

[es]
title   = "Préstamos a nombre de un asesor que ya salió"
meaning = "Puede que nadie siga a estos prestatarios. También es una forma de ocultar el préstamo de un cliente fantasma."
remedy  = "Asignar los préstamos a un asesor en funciones."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.officer_id, s.left_on, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
JOIN v_staff AS s ON s.institution_id = l.institution_id AND s.staff_id = l.officer_id
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND s.left_on < l.as_of
