/*
title    = "The ledger's portfolio differs from the loan book"
severity = "error"
meaning  = "The balance sheet and the loan list do not show the same portfolio: loans or a branch missing from one of them, or another cut-off date."
remedy   = "Compare the two by branch for the month shown; a difference of up to 0.5 % is let pass."

[fr]
title   = "L'encours du grand livre diffère de celui de la liste des prêts"
meaning = "Le bilan et la liste des prêts ne montrent pas le même encours : des prêts ou une agence manquent d'un côté, ou la date d'arrêté diffère."
remedy  = "Comparer les deux par agence pour le mois indiqué ; un écart jusqu'à 0,5 % est admis."

[es]
title   = "La cartera contable difiere de la lista de préstamos"
meaning = "El balance general y la lista de préstamos no muestran la misma cartera: faltan préstamos o una sucursal en uno de los dos, o la fecha de corte es otra."
remedy  = "Comparar ambos por sucursal en el mes indicado; se admite una diferencia de hasta 0,5 %."
*/
WITH book AS (
    SELECT institution_id, period, sum(glp) AS loans FROM v_m_portfolio WHERE cut = 'main' GROUP BY ALL
),
ledger AS (
    SELECT institution_id, last_day(month) AS month, sum(amount)::DOUBLE AS ledger
    FROM v_financials_monthly
    WHERE mapped_line = 'gross_loan_portfolio'
    GROUP BY ALL
)
SELECT b.institution_id, b.period, b.loans, g.ledger, b.loans - g.ledger AS difference
FROM book AS b
JOIN v_m_periods AS p ON p.institution_id = b.institution_id AND p.period = b.period AND p.closes
JOIN ledger AS g ON g.institution_id = b.institution_id AND g.month = p.month
WHERE abs(b.loans - g.ledger) > 0.005 * greatest(abs(b.loans), abs(g.ledger))
