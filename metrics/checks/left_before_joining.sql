/*
title    = "Staff who left before they joined"
severity = "error"
meaning  = "One of the dates is wrong: staff numbers and turnover are off."
remedy   = "Correct the dates in the rows shown."

[fr]
title   = "Personnel parti avant d'être entré"
meaning = "L'une des dates est fausse : effectif et rotation sont faussés."
remedy  = "Corriger les dates des lignes indiquées."

[es]
title   = "Personal que salió antes de ingresar"
meaning = "Una de las fechas es errónea: el número de empleados y la rotación no son correctos."
remedy  = "Corregir las fechas de las filas indicadas."
*/
SELECT institution_id, staff_id, branch_id, joined_on, left_on, batch_id, file_no, row_no
FROM v_staff
WHERE left_on < joined_on
