/*
title    = "Borrowers younger than 15 or older than 100"
severity = "hint"
meaning  = "Dates of birth are missing their century, or a placeholder such as 1 January 1900 was typed."
remedy   = "Correct the dates; until then these borrowers distort age figures."

[fr]
title   = "Emprunteurs de moins de 15 ans ou de plus de 100 ans"
meaning = "Le siècle manque dans les dates de naissance, ou une date fictive comme le 1er janvier 1900 a été saisie."
remedy  = "Corriger les dates ; d'ici là ces emprunteurs faussent les chiffres par âge."

[es]
title   = "Prestatarios menores de 15 o mayores de 100 años"
meaning = "A la fecha de nacimiento le falta el siglo, o se digitó una fecha de relleno como el 1 de enero de 1900."
remedy  = "Corregir las fechas; hasta entonces estos prestatarios distorsionan las cifras de edad."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.client_id, c.birth_date,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
JOIN v_clients AS c ON c.institution_id = l.institution_id AND c.client_id = l.client_id
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND (date_sub('year', c.birth_date, l.as_of) < 15 OR date_sub('year', c.birth_date, l.as_of) > 100)
