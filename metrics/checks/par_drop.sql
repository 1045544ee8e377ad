/*
title    = "PAR fell while loans were written off or renegotiated"
severity = "warning"
meaning  = "PAR30 (late loans only) fell by more than a tenth of itself in a month in which at least half of the fall was written off or renegotiated. Risk was moved, not collected."
remedy   = "Read PAR30 together with write-offs and renegotiated loans for the branch and month shown."

[fr]
title   = "Le PAR a baissé pendant que des prêts étaient passés en perte ou rééchelonnés"
meaning = "Le PAR30 (prêts en retard seuls) a baissé de plus d'un dixième en un mois où au moins la moitié de la baisse a été passée en perte ou rééchelonnée. Le risque a été déplacé, non recouvré."
remedy  = "Lire le PAR30 avec les pertes et les prêts rééchelonnés de l'agence et du mois indiqués."

[es]
title   = "El PAR bajó mientras se castigaban o reprogramaban préstamos"
meaning = "El PAR30 (solo préstamos atrasados) bajó más de una décima parte en un mes en que al menos la mitad de la baja se castigó o reprogramó. El riesgo se trasladó, no se cobró."
remedy  = "Leer el PAR30 junto con los castigos y los préstamos reprogramados de la sucursal y el mes indicados."
*/
WITH month_end AS (
    SELECT
        m.institution_id, m.branch_id, p.month, sum(m.glp) AS glp, sum(m.late_over_30) AS late,
        coalesce(sum(m.renegotiated), 0) AS renegotiated
    FROM v_m_portfolio AS m
    JOIN v_m_periods AS p ON p.institution_id = m.institution_id AND p.period = m.period AND p.closes
    WHERE m.cut = 'main'
    GROUP BY ALL
),
lost AS (
    SELECT institution_id, branch_id, last_day(period) AS month, sum(write_offs) AS write_offs
    FROM v_m_loan_flows
    GROUP BY ALL
),
change AS (
    SELECT
        e.institution_id, e.branch_id, e.month, b.late / nullif(b.glp, 0) AS par30_before,
        e.late / nullif(e.glp, 0) AS par30, b.late - e.late AS fall, coalesce(l.write_offs, 0) AS write_offs,
        greatest(e.renegotiated - b.renegotiated, 0) AS newly_renegotiated
    FROM month_end AS e
    JOIN month_end AS b ON b.institution_id = e.institution_id AND b.branch_id = e.branch_id
        AND b.month = last_day(e.month - INTERVAL 1 MONTH)
    LEFT JOIN lost AS l ON l.institution_id = e.institution_id AND l.branch_id = e.branch_id AND l.month = e.month
)
SELECT institution_id, branch_id, month, par30_before, par30, fall, write_offs, newly_renegotiated
FROM change
WHERE par30_before >= 0.02 AND par30 < 0.9 * par30_before AND fall > 0
    AND write_offs + newly_renegotiated >= 0.5 * fall
