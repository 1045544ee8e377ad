/*
title    = "A branch that is missing from the newest snapshot"
severity = "error"
meaning  = "The branch had loans the month before and has none now: its file was not sent, or it was merged."
remedy   = "Load the branch's file, or enter the day on which it closed and where its loans went."

[fr]
title   = "Une agence absente du dernier arrêté"
meaning = "L'agence avait des prêts le mois précédent et n'en a plus : son fichier n'a pas été envoyé, ou elle a été fusionnée."
remedy  = "Charger le fichier de l'agence, ou saisir sa date de fermeture et où sont allés ses prêts."

[es]
title   = "Una sucursal falta en el corte más reciente"
meaning = "La sucursal tenía préstamos el mes anterior y ahora no tiene ninguno: no se envió su archivo, o se fusionó."
remedy  = "Cargar el archivo de la sucursal, o registrar el día de su cierre y adónde pasaron sus préstamos."
*/
WITH months AS (
    SELECT DISTINCT m.institution_id, p.month, m.branch_id
    FROM v_m_portfolio AS m
    JOIN v_m_periods AS p ON p.institution_id = m.institution_id AND p.period = m.period AND p.closes
    WHERE m.cut = 'main' AND m.glp > 0 AND m.branch_id IS NOT NULL
),
newest_month AS (
    SELECT institution_id, max(month) AS month FROM months GROUP BY institution_id
)
SELECT b.institution_id, b.branch_id, e.month
FROM newest_month AS e
JOIN months AS b ON b.institution_id = e.institution_id AND b.month = last_day(e.month - INTERVAL 1 MONTH)
LEFT JOIN v_branches AS k ON k.institution_id = b.institution_id AND k.branch_id = b.branch_id
WHERE (k.closed_on IS NULL OR k.closed_on > e.month) AND NOT EXISTS (
    SELECT 1 FROM months AS now
    WHERE now.institution_id = b.institution_id AND now.branch_id = b.branch_id AND now.month = e.month
)
