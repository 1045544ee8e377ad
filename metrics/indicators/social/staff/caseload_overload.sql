/*
title         = "Loan officers above the safe caseload"
short         = "Overloaded officers"
plain         = "Loan officers with too many borrowers"
unit          = "%"
better        = "lower"
goalposts     = [0.6, 0.0]
limits        = { amber = 0.25, red = 0.4 }
units         = ["institution", "branch"]
people        = "staff"
summary       = "Loan officers with more active borrowers than the limit of the policy (350 unless it says otherwise) over loan officers with borrowers."
risk          = ["conduct", "credit"]
standard      = []
source        = "Caseload limit of the policy; MIX 90th percentile 548 borrowers per loan officer"
limits_source = "default, to be set by your board"

[fr]
title   = "Agents de crédit au-delà de la charge sûre"
short   = "Agents surchargés"
plain   = "Agents de crédit avec trop d'emprunteurs"
summary = "Agents de crédit ayant plus d'emprunteurs actifs que la limite de la politique (350 sauf réglage) sur les agents ayant des emprunteurs."
source  = "Limite de charge de la politique ; 90e centile MIX : 548 emprunteurs par agent"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Asesores de crédito sobre la carga segura"
short   = "Asesores sobrecargados"
plain   = "Asesores de crédito con demasiados prestatarios"
summary = "Asesores de crédito con más prestatarios activos que el límite de la política (350 salvo que diga otra cosa) sobre los asesores de crédito con prestatarios."
source  = "Límite de carga de la política; percentil 90 de MIX: 548 prestatarios por asesor de crédito"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [
    {caseload_limit = 350},
]
officer_portfolio = [
    {unit = "North", officer_id = "a", active_borrowers = 351},
    {unit = "North", officer_id = "b", active_borrowers = 350},
    {unit = "North", officer_id = "c", active_borrowers = 90},
    {unit = "North", officer_id = "d", active_borrowers = 200},
    {unit = "South", officer_id = "e", active_borrowers = 310},
]
expect = {North = 0.25, South = 0.0}
*/
SELECT
    period,
    unit,
    sum(if(officer_id IS NOT NULL AND active_borrowers > caseload_limit, 1, 0)) / nullif(count(officer_id), 0) AS value,
    count(officer_id) AS n
FROM officer_portfolio, settings
GROUP BY period, unit
