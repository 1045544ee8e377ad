/*
title    = "Interest rates that look like fractions"
severity = "warning"
meaning  = "Rates are kept in percent a year (24 means 24 %). A value below 1 is likely a fraction, one above 200 a rate of another period."
remedy   = "Load the column again and say whether it holds percents or fractions."

[fr]
title   = "Taux d'intérêt qui semblent être des fractions"
meaning = "Les taux sont gardés en pour cent par an (24 signifie 24 %). Une valeur inférieure à 1 est sans doute une fraction, au-delà de 200 un taux d'une autre période."
remedy  = "Charger de nouveau la colonne et dire si elle contient des pour cent ou des fractions."

[es]
title   = "Tasas de interés que parecen fracciones"
meaning = "Las tasas se guardan en porcentaje anual (24 significa 24 %). Un valor menor que 1 es probablemente una fracción; uno mayor que 200, la tasa de otro período."
remedy  = "Cargar de nuevo la columna e indicar si contiene porcentajes o fracciones."
*/
SELECT
    l.institution_id, l.as_of, l.branch_id, l.loan_id, l.nominal_rate_pct,
    l.batch_id, l.file_no, l.row_no
FROM v_loans AS l
SEMI JOIN newest AS n ON n.institution_id = l.institution_id AND n.as_of = l.as_of
WHERE l.nominal_rate_pct > 0 AND (l.nominal_rate_pct < 1 OR l.nominal_rate_pct > 200)
