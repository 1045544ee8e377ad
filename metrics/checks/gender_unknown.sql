/*
title    = "Many borrowers without a known gender"
severity = "hint"
meaning  = "Women's share is computed on those whose gender is known; where more than one in twenty is unknown it may mislead."
remedy   = "Complete the gender in the client list of the branches shown."

[fr]
title   = "Beaucoup d'emprunteurs sans genre connu"
meaning = "La part des femmes est calculée sur ceux dont le genre est connu ; au-delà d'un sur vingt d'inconnus, elle peut tromper."
remedy  = "Compléter le genre dans la liste des clients des agences indiquées."

[es]
title   = "Muchos prestatarios sin género conocido"
meaning = "La parte de mujeres se calcula con quienes tienen género conocido; si se desconoce en más de uno de cada veinte, puede engañar."
remedy  = "Completar el género en la lista de clientes de las sucursales indicadas."
*/
SELECT
    m.institution_id, m.period, m.branch_id, sum(m.active_borrowers) AS borrowers,
    sum(m.borrowers_gender_known) AS gender_known
FROM v_m_portfolio AS m
SEMI JOIN newest AS n ON n.institution_id = m.institution_id AND n.as_of = m.period
WHERE m.cut = 'main'
GROUP BY m.institution_id, m.period, m.branch_id
HAVING coalesce(sum(m.borrowers_gender_known), 0) < 0.95 * sum(m.active_borrowers)
