/*
summary = "Positions in foreign currencies at each snapshot, in the institution's own currency."
table   = "currency_positions"
dims    = []
every_month = true

[stocks]
fx_assets      = "currency_positions.assets"
fx_liabilities = "currency_positions.liabilities"
fx_open        = "currency_positions.assets"

[flows]
*/
WITH snapshot AS (
    SELECT
        p.institution_id,
        p.as_of,
        p.assets::DOUBLE AS assets,
        p.liabilities::DOUBLE AS liabilities,
        coalesce(p.hedged, 0)::DOUBLE AS hedged
    FROM currency_positions AS p
    SEMI JOIN touched AS t ON t.institution_id = p.institution_id
    ANTI JOIN institutions AS own ON own.institution_id = p.institution_id AND own.currency = p.currency
    QUALIFY p.as_of = max(p.as_of) OVER (PARTITION BY p.institution_id, last_day(p.as_of))
)
SELECT
    institution_id,
    last_day(as_of) AS period,
    'main' AS cut,
    sum(assets) AS fx_assets,
    sum(liabilities) AS fx_liabilities,
    -- A surplus in one currency does not cover a gap in another; too large a hedge is no surplus.
    sum(greatest(abs(assets - liabilities) - hedged, 0)) AS fx_open
FROM snapshot
GROUP BY institution_id, as_of
