/*
title    = "Loans of clients who are not in the client list"
severity = "warning"
meaning  = "Gender, age, location and income of these borrowers are unknown: social figures leave them out."
remedy   = "Load the client list of the same day."

[fr]
title   = "Prêts de clients absents de la liste des clients"
meaning = "Genre, âge, milieu et revenu de ces emprunteurs sont inconnus : les indicateurs sociaux les omettent."
remedy  = "Charger la liste des clients du même jour."

[es]
title   = "Préstamos de clientes que no están en la lista de clientes"
meaning = "Se desconocen el género, la edad, la ubicación y el ingreso de estos prestatarios: las cifras sociales los omiten."
remedy  = "Cargar la lista de clientes del mismo día."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.client_id, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND l.client_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM v_clients AS c WHERE c.institution_id = l.institution_id)
    AND NOT EXISTS (
        SELECT 1 FROM v_clients AS c WHERE c.institution_id = l.institution_id AND c.client_id = l.client_id
    )
