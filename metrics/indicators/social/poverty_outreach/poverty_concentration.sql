/*
title         = "Poverty concentration ratio"
short         = "Poverty concentration"
plain         = "Client poverty against the region's"
unit          = "ratio"
better        = "higher"
goalposts     = [0.8, 1.2]
limits        = { amber = 0.9, red = 0.8 }
units         = ["institution", "branch", "segment"]
people        = "clients"
summary       = "Poverty rate of clients over the published rate of the regions where they live (else the country's), same line. 1 means clients are as poor as their neighbours. Needs the rates of the scorecard's workbook, for every client counted."
risk          = ["mission_drift"]
standard      = []
source        = "Regional and national rates of the country's PPI workbook"
limits_source = "default, to be set by your board"

[fr]
title   = "Concentration de la pauvreté"
short   = "Concentration pauvreté"
plain   = "Pauvreté des clients face à celle de la région"
summary = "Taux de pauvreté des clients sur le taux publié des régions où ils vivent (sinon celui du pays), même seuil. 1 : les clients sont aussi pauvres que leurs voisins. Il faut les taux du classeur de la fiche de score, pour chaque client compté."
source  = "Taux régionaux et national du classeur PPI du pays"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Índice de concentración de la pobreza"
short   = "Concentración pobreza"
plain   = "Pobreza de los clientes frente a la de la región"
summary = "Tasa de pobreza de los clientes sobre la tasa publicada de las regiones donde viven (si no, la del país), misma línea. 1 significa que los clientes son tan pobres como sus vecinos. Requiere las tasas del libro de la tarjeta de puntaje, para cada cliente contado."
source  = "Tasas regionales y nacionales del libro PPI del país"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
settings = [{poverty_line = ""}]
poverty = [
    {unit = "North", poor_first = 36.0, poor_weight = 100.0, area_first = 40.0, area_weight = 100.0, poor_n = 100},
    {unit = "South", poor_first = 0.0, poor_weight = 50.0, area_first = 10.0, area_weight = 50.0, poor_n = 50},
]
expect = {North = 0.9, South = 0.0}
*/
SELECT
    period,
    unit,
    CASE
        WHEN poverty_line = '' THEN poor_first
        WHEN regexp_matches(poverty_line, '(?i)^(extr|food|aliment)') THEN poor_extreme
        WHEN poverty_line LIKE '%1.90%' THEN poor_190 WHEN poverty_line LIKE '%2.15%' THEN poor_215
        WHEN poverty_line LIKE '%3.20%' THEN poor_320 WHEN poverty_line LIKE '%3.65%' THEN poor_365
        WHEN poverty_line LIKE '%5.50%' THEN poor_550 WHEN poverty_line LIKE '%6.85%' THEN poor_685
        WHEN regexp_matches(poverty_line, '(?i)^[^0-9]*na[ct]ional[^0-9]*$') THEN poor_national
    END / nullif(if(area_weight < poor_weight, NULL, CASE
        WHEN poverty_line = '' THEN area_first
        WHEN regexp_matches(poverty_line, '(?i)^(extr|food|aliment)') THEN area_extreme
        WHEN poverty_line LIKE '%1.90%' THEN area_190 WHEN poverty_line LIKE '%2.15%' THEN area_215
        WHEN poverty_line LIKE '%3.20%' THEN area_320 WHEN poverty_line LIKE '%3.65%' THEN area_365
        WHEN poverty_line LIKE '%5.50%' THEN area_550 WHEN poverty_line LIKE '%6.85%' THEN area_685
        WHEN regexp_matches(poverty_line, '(?i)^[^0-9]*na[ct]ional[^0-9]*$') THEN area_national
    END), 0) AS value,
    poor_n AS n
FROM poverty, settings
