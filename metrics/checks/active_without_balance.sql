/*
title    = "Active loans with nothing left to pay"
severity = "hint"
meaning  = "They count as no loan and no borrower. Many of them may mean that balances were not exported."
remedy   = "Close them in the core banking system, or export the balance column again."

[fr]
title   = "Prêts actifs sans solde"
meaning = "Ils ne comptent ni comme prêt ni comme emprunteur. S'ils sont nombreux, les soldes n'ont peut-être pas été exportés."
remedy  = "Les clôturer dans le système de gestion, ou exporter à nouveau la colonne des soldes."

[es]
title   = "Préstamos activos sin nada por pagar"
meaning = "No cuentan como préstamo ni como prestatario. Si son muchos, puede que no se hayan exportado los saldos."
remedy  = "Cerrarlos en el sistema central, o exportar de nuevo la columna de saldos."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.status, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE l.status = 'active' AND l.principal_outstanding <= 0
