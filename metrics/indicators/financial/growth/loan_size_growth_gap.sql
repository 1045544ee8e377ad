/*
title         = "Growth of loan size over inflation"
short         = "Loan size growth"
plain         = "Growth of the average new loan over inflation"
unit          = "points"
better        = "band"
goalposts     = [-0.3, -0.05, 0.05, 0.3]
limits        = { amber = [-0.1, 0.1], red = [-0.2, 0.2] }
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Growth in a year of the average amount of loans disbursed in the last three months and still in the book, less the rise of the consumer price index (parameter cpi). Two readings: clients' businesses grow, or loans grow beyond what clients can carry and drift from the poor."
risk          = ["over_indebtedness", "mission_drift", "growth"]
standard      = []
source        = "Loans disbursed in the last three months against the same three months a year before"
limits_source = "default, to be set by your board"

[fr]
title   = "Hausse de la taille des prêts au-delà de l'inflation"
short   = "Hausse des prêts"
plain   = "Hausse du prêt moyen au-delà de l'inflation"
summary = "Hausse en un an du montant moyen des prêts décaissés dans les trois derniers mois et encore en cours, moins celle de l'indice des prix à la consommation (paramètre cpi). Deux lectures : les activités des clients grandissent, ou les prêts dépassent ce que les clients peuvent porter et s'éloignent des pauvres."
source  = "Prêts décaissés dans les trois derniers mois, comparés aux trois mêmes mois un an plus tôt"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Crecimiento del tamaño del préstamo sobre la inflación"
short   = "Alza tamaño préstamo"
plain   = "Alza del nuevo préstamo promedio sobre la inflación"
summary = "Crecimiento en un año del monto promedio de los préstamos desembolsados en los últimos tres meses y aún en cartera, menos el alza del índice de precios al consumidor (parámetro cpi). Dos lecturas: los negocios de los clientes crecen, o los préstamos crecen más de lo que los clientes pueden soportar y se alejan de los pobres."
source  = "Préstamos desembolsados en los últimos tres meses frente a los mismos tres meses del año anterior"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio_12m = [
    {unit = "North", recent_amount = 1380.0, recent_loans = 10, recent_amount_real = 11.5, start_recent_amount = 900.0, start_recent_loans = 9, start_recent_amount_real = 9.0},
    {unit = "South", recent_amount = 1100.0, recent_loans = 10, recent_amount_real = 10.0, start_recent_amount = 1000.0, start_recent_loans = 10, start_recent_amount_real = 10.0},
    {unit = "East", recent_amount = 1300.0, recent_loans = 10, recent_amount_real = 10.833333333333334, start_recent_amount = 1000.0, start_recent_loans = 10, start_recent_amount_real = 10.0},
]
expect = {North = 0.18, South = 0.0, East = 0.1}
*/
SELECT
    period,
    unit,
    (recent_amount / nullif(recent_loans, 0)) / nullif(start_recent_amount / nullif(start_recent_loans, 0), 0)
    - (recent_amount / nullif(recent_amount_real, 0))
    / nullif(start_recent_amount / nullif(start_recent_amount_real, 0), 0) AS value,
    recent_loans AS n
FROM portfolio_12m
