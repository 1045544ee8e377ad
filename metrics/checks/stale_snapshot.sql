/*
title    = "Two months with the same balances"
severity = "error"
meaning  = "Nine loans in ten have exactly the balance of the month before: the same export was sent again under a new date."
remedy   = "Export the month shown again."

[fr]
title   = "Deux mois aux soldes identiques"
meaning = "Neuf prêts sur dix ont exactement le solde du mois précédent : le même export a été renvoyé sous une nouvelle date."
remedy  = "Exporter de nouveau le mois indiqué."

[es]
title   = "Dos meses con los mismos saldos"
meaning = "Nueve de cada diez préstamos tienen exactamente el saldo del mes anterior: se envió de nuevo la misma exportación con otra fecha."
remedy  = "Exportar de nuevo el mes indicado."
*/
WITH two AS (
    SELECT p.institution_id, p.period, max(b.period) AS before
    FROM v_m_periods AS p
    SEMI JOIN newest AS n ON n.institution_id = p.institution_id AND n.as_of = p.period
    JOIN v_m_periods AS b ON b.institution_id = p.institution_id AND b.period < p.period
    GROUP BY p.institution_id, p.period
)
SELECT
    t.institution_id, t.before, t.period, l.branch_id, count(*) AS loans,
    count_if(l.principal_outstanding = b.principal_outstanding) AS unchanged
FROM two AS t
JOIN v_loans AS l ON l.institution_id = t.institution_id AND l.as_of = t.period
JOIN v_loans AS b ON b.institution_id = t.institution_id AND b.as_of = t.before AND b.loan_id = l.loan_id
WHERE l.principal_outstanding > 0
GROUP BY ALL
HAVING count(*) >= 30 AND count_if(l.principal_outstanding = b.principal_outstanding) >= 0.9 * count(*)
