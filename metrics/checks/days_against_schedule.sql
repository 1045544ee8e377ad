/*
title    = "Days past due differ from the repayment schedule"
severity = "warning"
meaning  = "The oldest unpaid instalment in the schedule gives another delay than the loan list: payments not yet posted, grace days, or a stale list."
remedy   = "Compare the loans shown with their schedules; differences of up to 3 days are let pass."

[fr]
title   = "Jours de retard différents de l'échéancier"
meaning = "La plus ancienne échéance impayée donne un autre retard que la liste : paiements non encore saisis, jours de grâce, ou liste périmée."
remedy  = "Comparer les prêts indiqués à leurs échéanciers ; un écart jusqu'à 3 jours est admis."

[es]
title   = "Los días de atraso difieren del cronograma de pagos"
meaning = "La cuota impaga más antigua del cronograma da otro atraso que la lista de préstamos: pagos aún no registrados, días de gracia o una lista desactualizada."
remedy  = "Comparar los préstamos indicados con sus cronogramas; se admiten diferencias de hasta 3 días."
*/
WITH unpaid AS (
    SELECT
        s.institution_id, s.loan_id,
        min(if(s.due_on <= n.as_of AND s.due_principal > 0
            AND (s.paid_on IS NULL OR s.paid_on > n.as_of OR coalesce(s.paid_principal, 0) < s.due_principal - 0.01),
            s.due_on, NULL)) AS oldest,
        -- A schedule that begins late says of an older delay only that it is not shorter.
        min(s.instalment_no) > 1 AND min(s.due_on) = oldest AS cut_off
    FROM v_loan_schedule AS s
    JOIN newest AS n ON n.institution_id = s.institution_id
    GROUP BY s.institution_id, s.loan_id
)
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.days_past_due, u.oldest,
    date_diff('day', u.oldest, l.as_of) AS days_by_schedule, l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
JOIN unpaid AS u ON u.institution_id = l.institution_id AND u.loan_id = l.loan_id
WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0
    AND NOT coalesce(l.is_renegotiated, false) -- its old schedule may still be on file
    AND abs(l.days_past_due - days_by_schedule) > 3
    AND NOT (u.cut_off AND l.days_past_due > days_by_schedule)
