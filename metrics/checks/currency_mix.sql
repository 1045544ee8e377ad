/*
title    = "Loans in more than one currency"
severity = "error"
meaning  = "Amounts of two currencies are added as if they were one."
remedy   = "Load amounts in one currency, at the rate of the snapshot's day."

[fr]
title   = "Prêts en plusieurs monnaies"
meaning = "Des montants de deux monnaies sont additionnés comme s'ils n'en étaient qu'une."
remedy  = "Charger les montants dans une seule monnaie, au cours du jour d'arrêté."

[es]
title   = "Préstamos en más de una moneda"
meaning = "Se suman montos de dos monedas como si fueran una."
remedy  = "Cargar los montos en una sola moneda, al tipo de cambio del día del corte."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.currency, i.currency AS currency_of_institution, l.principal_outstanding,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
JOIN v_institutions AS i ON i.institution_id = l.institution_id
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AND l.currency IS NOT NULL AND i.currency IS NOT NULL AND upper(l.currency) <> upper(i.currency)
