/*
title         = "Rural borrowers"
short         = "Rural"
plain         = "Rural borrowers"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 0.8]
limits        = {}
units         = ["institution", "branch", "product", "officer", "segment"]
people        = "clients"
summary       = "Rural active borrowers over active borrowers whose location is recorded."
risk          = ["mission_drift"]
standard      = ["MIX"]
source        = "MIX Market outreach by location"
limits_source = "no published line"

[fr]
title   = "Emprunteurs ruraux"
short   = "Ruraux"
plain   = "Emprunteurs ruraux"
summary = "Emprunteurs actifs ruraux sur emprunteurs actifs dont le lieu est connu."
source  = "Portée par lieu selon MIX Market"
limits_source = "aucune limite publiée"

[es]
title   = "Prestatarios rurales"
short   = "Rurales"
plain   = "Prestatarios rurales"
summary = "Prestatarios activos rurales sobre los prestatarios activos con ubicación registrada."
source  = "Alcance por ubicación de MIX Market"
limits_source = "sin límite publicado"

[example]
portfolio = [
    {unit = "North", rural_borrowers = 32, borrowers_location_known = 40},
    {unit = "South", rural_borrowers = 0, borrowers_location_known = 30},
]
expect = {North = 0.8, South = 0.0}
*/
SELECT
    period,
    unit,
    rural_borrowers / nullif(borrowers_location_known, 0) AS value,
    borrowers_location_known AS n,
    active_borrowers AS population
FROM portfolio
