/*
title    = "Dates after the day of loading"
severity = "error"
meaning  = "Something that has happened is dated in the future: a typing error, or day and month swapped."
remedy   = "Correct the dates in the rows shown."

[fr]
title   = "Dates postérieures au jour du chargement"
meaning = "Un fait passé porte une date future : faute de frappe, ou jour et mois intervertis."
remedy  = "Corriger les dates des lignes indiquées."

[es]
title   = "Fechas posteriores al día de la carga"
meaning = "Algo ya ocurrido lleva una fecha futura: un error de digitación, o día y mes invertidos."
remedy  = "Corregir las fechas de las filas indicadas."
*/
WITH dated AS (
    SELECT institution_id, 'loans' AS table_name, loan_id AS id, as_of AS day, batch_id, file_no, row_no FROM v_loans
        SEMI JOIN newest USING (institution_id, as_of)
    UNION ALL
    SELECT institution_id, 'loan_transactions', txn_id, txn_on, batch_id, file_no, row_no FROM v_loan_transactions
    UNION ALL
    SELECT institution_id, 'client_surveys', response_id, answered_on, batch_id, file_no, row_no FROM v_client_surveys
    UNION ALL
    SELECT institution_id, 'complaints', complaint_id, received_on, batch_id, file_no, row_no FROM v_complaints
    UNION ALL
    SELECT institution_id, 'staff', staff_id, joined_on, batch_id, file_no, row_no FROM v_staff
    UNION ALL
    SELECT institution_id, 'clients', client_id, joined_on, batch_id, file_no, row_no FROM v_clients
)
SELECT d.institution_id, d.table_name, d.id, d.day, d.batch_id, d.file_no, d.row_no
FROM dated AS d
JOIN batches AS b ON b.batch_id = d.batch_id
WHERE d.day > b.landed_at::DATE
