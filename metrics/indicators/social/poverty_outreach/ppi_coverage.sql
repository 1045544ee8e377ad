/*
title         = "Active clients with a PPI of the last three years"
short         = "PPI coverage"
plain         = "Clients whose poverty is known"
unit          = "%"
better        = "higher"
goalposts     = [0.0, 1.0]
limits        = {}
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Active borrowers with complete PPI answers of the last three years over active borrowers. A good sample needs far fewer than all: see the sample-size planner on the page Data."
risk          = ["data_quality"]
standard      = []
source        = "52 % of institutions in the MIX Market social data set measured client poverty"
limits_source = "default, to be set by your board"

[fr]
title   = "Clients actifs avec un PPI de moins de trois ans"
short   = "Couverture PPI"
plain   = "Clients dont la pauvreté est connue"
summary = "Emprunteurs actifs avec des réponses PPI complètes de moins de trois ans sur emprunteurs actifs. Un bon échantillon en demande bien moins que tous : voir le calcul de la taille d'échantillon à la page Données."
source  = "52 % des institutions du jeu de données sociales de MIX Market mesuraient la pauvreté des clients"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Clientes activos con un PPI de los últimos tres años"
short   = "Cobertura PPI"
plain   = "Clientes cuya pobreza se conoce"
summary = "Prestatarios activos con respuestas PPI completas de los últimos tres años sobre los prestatarios activos. Una buena muestra requiere muchos menos que todos: véase el planificador de muestras en la página Datos."
source  = "52 % de las instituciones en los datos sociales de MIX Market medían la pobreza de sus clientes"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
portfolio = [
    {unit = "North", active_borrowers = 200},
    {unit = "South", active_borrowers = 100},
]
poverty = [
    {unit = "North", ppi_clients = 50},
    {unit = "South", ppi_clients = 0},
]
expect = {North = 0.25, South = 0.0}
*/
SELECT
    period,
    unit,
    ppi_clients / nullif(active_borrowers, 0) AS value,
    active_borrowers AS n
FROM portfolio LEFT JOIN poverty USING (period, unit)
