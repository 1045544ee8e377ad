/*
title    = "The balance sheet does not balance"
severity = "error"
meaning  = "Assets are not liabilities plus equity: an account is missing, mapped to the wrong line, or entered with the wrong sign."
remedy   = "Check the mapping of accounts to lines and the sign of each for the month shown."

[fr]
title   = "Le bilan n'est pas équilibré"
meaning = "L'actif n'égale pas le passif plus les fonds propres : un compte manque, est rattaché à la mauvaise ligne ou porte le mauvais signe."
remedy  = "Vérifier le rattachement des comptes aux lignes et le signe de chacun pour le mois indiqué."

[es]
title   = "El balance general no cuadra"
meaning = "Los activos no son pasivos más patrimonio: falta una cuenta, está asignada a la línea equivocada o tiene el signo contrario."
remedy  = "Verificar la asignación de cuentas a líneas y el signo de cada una en el mes indicado."
*/
SELECT
    institution_id,
    period,
    sum(assets) AS assets,
    sum(liabilities) AS liabilities,
    sum(equity) AS equity,
    sum(assets) - sum(liabilities) - sum(equity) AS difference
FROM v_m_ledger
WHERE cut <> 'reported'
GROUP BY institution_id, period
HAVING abs(sum(assets) - sum(liabilities) - sum(equity)) > 0.005 * abs(sum(assets))
