/*
title         = "Issues closed with an answer"
short         = "Issues closed"
plain         = "Issues acted on and answered"
unit          = "%"
better        = "higher"
goalposts     = [0.2, 1.0]
limits        = { amber = 0.6, red = 0.4 }
units         = ["institution", "branch"]
people        = "none"
summary       = "Issues acted on and answered to those who raised them, over issues more than 90 days old that were raised in the year before those 90 days, from any stakeholder. Done without an answer is not closed."
risk          = ["reputation", "accountability"]
standard      = []
source        = "Closing the loop with those who spoke, as feedback practice asks"
limits_source = "default, to be set by your board"

[fr]
title   = "Problèmes clos avec réponse"
short   = "Problèmes clos"
plain   = "Problèmes traités avec réponse"
summary = "Problèmes traités et dont la réponse a été donnée à ceux qui les ont soulevés, sur les problèmes de plus de 90 jours soulevés dans l'année d'avant ces 90 jours, par toute partie prenante. Traité sans réponse n'est pas clos."
source  = "Retour à ceux qui ont parlé, selon les bonnes pratiques d'écoute"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Asuntos cerrados con respuesta"
short   = "Asuntos cerrados"
plain   = "Asuntos atendidos y respondidos"
summary = "Asuntos atendidos y respondidos a quienes los plantearon, sobre los asuntos con más de 90 días planteados en el año anterior a esos 90 días, de cualquier parte interesada. Lo hecho sin respuesta no está cerrado."
source  = "Cerrar el ciclo con quienes hablaron, como pide la práctica de retroalimentación"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
issues = [
    {unit = "North", issues_closed = 6, issues_old = 10},
    {unit = "South", issues_closed = 0, issues_old = 3},
]
expect = {North = 0.6, South = 0.0}
*/
SELECT
    period,
    unit,
    issues_closed / nullif(issues_old, 0) AS value,
    issues_old AS n
FROM issues
