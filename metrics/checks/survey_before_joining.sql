/*
title    = "Answers given before the client joined"
severity = "warning"
meaning  = "The survey's date or the client's is wrong, or the answer belongs to another client."
remedy   = "Check the dates in the rows shown."

[fr]
title   = "Réponses antérieures à l'adhésion du client"
meaning = "La date de l'enquête ou celle du client est fausse, ou la réponse appartient à un autre client."
remedy  = "Vérifier les dates des lignes indiquées."

[es]
title   = "Respuestas anteriores al ingreso del cliente"
meaning = "La fecha de la encuesta o la del cliente es errónea, o la respuesta es de otro cliente."
remedy  = "Verificar las fechas de las filas indicadas."
*/
SELECT
    s.institution_id, s.survey_id, s.response_id, s.client_id, c.joined_on, s.answered_on, s.batch_id, s.file_no,
    s.row_no
FROM v_client_surveys AS s
JOIN v_clients AS c ON c.institution_id = s.institution_id AND c.client_id = s.client_id
WHERE s.answered_on < c.joined_on
