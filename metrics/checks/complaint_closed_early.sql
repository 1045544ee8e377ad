/*
title    = "Complaints closed before they were received"
severity = "error"
meaning  = "Day and month are swapped in one of the dates; times to resolve are wrong."
remedy   = "Correct the dates in the rows shown."

[fr]
title   = "Plaintes closes avant d'être reçues"
meaning = "Jour et mois sont intervertis dans l'une des dates ; les délais de traitement sont faux."
remedy  = "Corriger les dates des lignes indiquées."

[es]
title   = "Reclamos cerrados antes de recibirse"
meaning = "Día y mes están invertidos en una de las fechas; los tiempos de resolución son erróneos."
remedy  = "Corregir las fechas de las filas indicadas."
*/
SELECT institution_id, complaint_id, branch_id, received_on, closed_on, batch_id, file_no, row_no
FROM v_complaints
WHERE closed_on < received_on
