/*
title         = "Portfolio at risk over 180 days"
short         = "PAR180"
plain         = "Loans over 180 days late (PAR180)"
unit          = "%"
better        = "lower"
goalposts     = [0.05, 0.0]
limits        = { amber = 0.02, red = 0.03 }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Share of the loan portfolio in loans with a payment more than 180 days late, with all renegotiated loans if the policy says so. High beside a low write-off ratio, it speaks of losses not yet taken."
risk          = ["credit", "solvency"]
standard      = []
source        = "As PAR30, with 180 days"
limits_source = "default, to be set by your board"

[fr]
title   = "Portefeuille à risque à plus de 180 jours"
short   = "PAR180"
plain   = "Prêts en retard de plus de 180 jours (PAR180)"
summary = "Part de l'encours des prêts dont un paiement a plus de 180 jours de retard, avec tous les prêts rééchelonnés si la politique le dit. Élevée à côté d'un faible taux de passage en pertes, elle parle de pertes non encore constatées."
source  = "Comme le PAR30, à 180 jours"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Cartera en riesgo a más de 180 días"
short   = "PAR180"
plain   = "Préstamos con más de 180 días de atraso (PAR180)"
summary = "Parte de la cartera en préstamos con un pago atrasado más de 180 días, con todos los préstamos reprogramados si la política lo dice. Alto junto a un índice de castigos bajo, habla de pérdidas aún no reconocidas."
source  = "Como el PAR30, con 180 días"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [
    {renegotiated_at_risk = true, par_from_30 = false},
]
portfolio = [
    {unit = "North", glp = 1000.0, late_over_180 = 15.0, renegotiated_not_late_180 = 5.0, active_loans = 10},
    {unit = "South", glp = 500.0, late_over_180 = 0.0, renegotiated_not_late_180 = 0.0, active_loans = 5},
]
expect = {North = 0.02, South = 0.0}
*/
SELECT
    period,
    unit,
    (
        if(par_from_30, late_from_180, late_over_180)
        + if(renegotiated_at_risk, if(par_from_30, renegotiated_not_late_from_180, renegotiated_not_late_180), 0)
    ) / nullif(glp, 0) AS value,
    active_loans AS n
FROM portfolio, settings
