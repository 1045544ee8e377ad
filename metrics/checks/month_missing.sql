/*
title    = "Months without a snapshot"
severity = "warning"
meaning  = "Averages, growth and trends leave these months out."
remedy   = "Load the snapshots of the months shown, or rebuild them from a full extract."

[fr]
title   = "Mois sans arrêté"
meaning = "Moyennes, croissance et tendances omettent ces mois."
remedy  = "Charger les arrêtés des mois indiqués, ou les reconstituer depuis un extrait complet."

[es]
title   = "Meses sin corte"
meaning = "Los promedios, el crecimiento y las tendencias omiten estos meses."
remedy  = "Cargar los cortes de los meses indicados, o reconstruirlos a partir de un extracto completo."
*/
WITH ends AS (
    SELECT DISTINCT institution_id, last_day(period) AS month FROM v_m_portfolio WHERE cut = 'main'
),
steps AS (
    SELECT institution_id, month, lead(month) OVER (PARTITION BY institution_id ORDER BY month) AS next_month
    FROM ends
)
SELECT institution_id, month AS last_known, next_month, date_diff('month', month, next_month) - 1 AS months_missing
FROM steps
WHERE date_diff('month', month, next_month) BETWEEN 2 AND 12
