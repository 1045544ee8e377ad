/*
title    = "Loans that look like the same loan under two numbers"
severity = "warning"
meaning  = "Same client, branch, product, day, amount and balance: a row exported twice with a new number, or a double entry."
remedy   = "Check the pairs shown; keep one of them."

[fr]
title   = "Prêts qui semblent être le même sous deux numéros"
meaning = "Même client, agence, produit, jour, montant et solde : une ligne exportée deux fois sous un autre numéro, ou une double saisie."
remedy  = "Vérifier les paires indiquées ; n'en garder qu'un."

[es]
title   = "Préstamos que parecen el mismo con dos números"
meaning = "Mismo cliente, sucursal, producto, día, monto y saldo: una fila exportada dos veces con otro número, o un registro doble."
remedy  = "Verificar los pares indicados; conservar uno de ellos."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.client_id, l.disbursed_on, l.disbursed_amount, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND l.client_id IS NOT NULL AND l.disbursed_on IS NOT NULL
QUALIFY count(*) OVER (
    PARTITION BY l.institution_id, l.client_id, l.branch_id, l.product_id, l.disbursed_on, l.disbursed_amount,
        l.principal_outstanding
) > 1
