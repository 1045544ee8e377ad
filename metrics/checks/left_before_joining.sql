/*
title    = "Staff who left before they joined"
severity = "error"
meaning  = "One of the dates is wrong: staff numbers and turnover are off."
remedy   = "Correct the dates in the rows shown."

[fr]
title   = "Personnel parti avant d'être entré"
meaning = "L'une des dates est fausse : effectif et rotation sont faussés."
remedy  = "Corriger les dates des lignes indiquées."
*/
SELECT institution_id, staff_id, branch_id, joined_on, left_on, batch_id, file_no, row_no
FROM v_staff
WHERE left_on < joined_on
