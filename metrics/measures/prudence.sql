/*
summary = "Items of the prudential return, at each of its dates."
table   = "prudential"
dims    = []
every_month = true

[stocks]
tier1                    = "prudential.item: tier1"
tier2                    = "prudential.item: tier2"
risk_weighted_assets     = "prudential.item: risk_weighted_assets"
demand_deposits          = "prudential.item: demand_deposits"
due_in_12_months         = "prudential.item: due_in_12_months"
trade_investments        = "prudential.item: trade_investments"
assets_maturing_12m      = "prudential.item: assets_maturing_12m"
liabilities_maturing_12m = "prudential.item: liabilities_maturing_12m"

[flows]
*/
WITH dated AS (
    SELECT p.institution_id, p.as_of, p.item, p.amount::DOUBLE AS amount
    FROM prudential AS p
    SEMI JOIN touched AS t ON t.institution_id = p.institution_id
    QUALIFY p.as_of = max(p.as_of) OVER (PARTITION BY p.institution_id, last_day(p.as_of))
)
SELECT
    institution_id,
    last_day(as_of) AS period,
    'main' AS cut,
    sum(if(item = 'tier1', amount, NULL)) AS tier1,
    sum(if(item = 'tier2', amount, NULL)) AS tier2,
    sum(if(item = 'risk_weighted_assets', amount, NULL)) AS risk_weighted_assets,
    sum(if(item = 'demand_deposits', amount, NULL)) AS demand_deposits,
    sum(if(item = 'due_in_12_months', amount, NULL)) AS due_in_12_months,
    sum(if(item = 'trade_investments', amount, NULL)) AS trade_investments,
    sum(if(item = 'assets_maturing_12m', amount, NULL)) AS assets_maturing_12m,
    sum(if(item = 'liabilities_maturing_12m', amount, NULL)) AS liabilities_maturing_12m
FROM dated
GROUP BY institution_id, as_of
