/*
title    = "Survey answers outside their scale"
severity = "error"
meaning  = "They are left out of the figure: a code for 'no answer' such as 99, or another scale."
remedy   = "Correct the answers, or leave them empty."

[fr]
title   = "Réponses hors de leur échelle"
meaning = "Elles sont exclues du chiffre : code de non-réponse comme 99, ou autre échelle."
remedy  = "Corriger les réponses, ou les laisser vides."

[es]
title   = "Respuestas de encuesta fuera de su escala"
meaning = "Quedan fuera de la cifra: un código de «sin respuesta» como 99, u otra escala."
remedy  = "Corregir las respuestas, o dejarlas vacías."
*/
SELECT institution_id, survey_id, response_id, question_key, answer_num, weight, batch_id, file_no, row_no
FROM v_client_surveys
WHERE (question_key = 'nps' AND (answer_num < 0 OR answer_num > 10 OR answer_num <> floor(answer_num)))
    OR weight <= 0
