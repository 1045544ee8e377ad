"""New clients, those who are here, and the new ones of the year before, counted trait by trait in two scans.

A cohort is never held as rows: each branch gives counts and sums, and the institution is their sum.
"""

import datetime

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection
NEW, EXISTING, BEFORE = "new", "existing", "before"
# What a share is counted on, and the column without which it is not known.
SHARES = {
    "women": "clients.gender",
    "rural": "clients.location",
    "first_access": "clients.prior_formal_credit",
    "young": "clients.birth_date",
    "poor_band": "clients.poverty_band",
    "target": "clients.target_segment",
    "in_group": "products.methodology",
}
SIZES = {"size_gni": "parameters.gni_per_capita", "size_income": "clients.household_income_month"}
COLUMNS = ["branch_id", "role", "trait", "n", "total", "squares", "weight", "weights"]

# Loans only tell when a client came where the list of clients does not; the first loan is the one of cycle 1.
PEOPLE = """
WITH lent AS (
    SELECT
        institution_id, client_id,
        min(disbursed_on) AS seen_on,
        min(disbursed_on) FILTER (coalesce(cycle_no, 1) = 1) AS first_on,
        arg_min(disbursed_amount, disbursed_on) FILTER (coalesce(cycle_no, 1) = 1) AS amount,
        arg_min(product_id, disbursed_on) FILTER (coalesce(cycle_no, 1) = 1) AS product_id,
        arg_max(branch_id, as_of) AS branch_id,
        max(as_of) AS last_seen
    FROM v_loans
    WHERE as_of <= $day AND client_id IS NOT NULL AND members IS NULL
    GROUP BY ALL
),
gni AS (
    SELECT
        institution_id, valid_from, value,
        lead(valid_from, 1, DATE '9999-12-31') OVER (PARTITION BY institution_id ORDER BY valid_from) AS until
    FROM v_parameters
    WHERE parameter = 'gni_per_capita'
),
person AS (
    SELECT
        coalesce(c.branch_id, l.branch_id) AS branch_id,
        coalesce(c.joined_on, l.first_on, l.seen_on - INTERVAL 24 MONTH) AS joined_on,
        if(c.client_id IS NULL, l.last_seen >= $day - INTERVAL 1 MONTH, coalesce(c.exited_on > $day, true)) AS here,
        if(c.gender IN ('F', 'M', 'X'), c.gender = 'F', NULL) AS women,
        c.location = 'rural' AS rural,
        NOT c.prior_formal_credit AS first_access,
        c.birth_date + INTERVAL 35 YEAR > c.joined_on AS young,
        c.poverty_band IN ('poorest', 'poor') AS poor_band,
        c.target_segment AS target,
        p.methodology <> 'individual' AS in_group,
        ln(nullif(l.amount, 0) / nullif(g.value, 0)) AS size_gni,
        ln(nullif(l.amount, 0) / nullif(c.household_income_month, 0)) AS size_income,
        l.product_id
    FROM v_clients AS c
    FULL JOIN lent AS l ON l.institution_id = c.institution_id AND l.client_id = c.client_id
    LEFT JOIN gni AS g
        ON g.institution_id = l.institution_id AND l.first_on >= g.valid_from AND l.first_on < g.until
    LEFT JOIN v_products AS p ON p.institution_id = l.institution_id AND p.product_id = l.product_id
    WHERE coalesce(c.client_type, 'person') = 'person'
),
member AS (
    SELECT
        unnest(list_filter([
            if(joined_on > $day - INTERVAL 12 MONTH, 'new', NULL),
            if(joined_on <= $day - INTERVAL 12 MONTH AND here, 'existing', NULL),
            if(joined_on <= $day - INTERVAL 12 MONTH AND joined_on > $day - INTERVAL 24 MONTH, 'before', NULL)
        ], lambda x: x IS NOT NULL)) AS role,
        *
    FROM person
    WHERE joined_on <= $day
)
"""
TRAITS = (
    PEOPLE
    + """
SELECT
    branch_id, role, count(*) AS everyone,
    count(women) AS n_women, count_if(women) AS women,
    count(rural) AS n_rural, count_if(rural) AS rural,
    count(first_access) AS n_first_access, count_if(first_access) AS first_access,
    count(young) AS n_young, count_if(young) AS young,
    count(poor_band) AS n_poor_band, count_if(poor_band) AS poor_band,
    count(target) AS n_target, count_if(target) AS target,
    count(in_group) AS n_in_group, count_if(in_group) AS in_group,
    count(size_gni) AS n_size_gni, sum(size_gni) AS size_gni, sum(size_gni * size_gni) AS squares_size_gni,
    count(size_income) AS n_size_income, sum(size_income) AS size_income,
    sum(size_income * size_income) AS squares_size_income
FROM member
GROUP BY ALL
ORDER BY ALL
"""
)
PRODUCTS = (
    PEOPLE
    + """
SELECT role, coalesce(p.product_name, m.product_id) AS product, count(*) AS n
FROM member AS m LEFT JOIN v_products AS p ON p.product_id = m.product_id
WHERE m.product_id IS NOT NULL
GROUP BY ALL
ORDER BY ALL
"""
)
# Likelihoods of poverty stand in the measures; of those who are here, the new ones are left out again.
POVERTY = """
WITH chosen AS (
    SELECT
        branch_id, period,
        new_n, new_weight, new_squares, poor_n, poor_weight, poor_squares,
        CASE
            WHEN $line = '' THEN new_first
            WHEN regexp_matches($line, '(?i)^(extr|food|aliment)') THEN new_extreme
            WHEN $line LIKE '%1.90%' THEN new_190 WHEN $line LIKE '%2.15%' THEN new_215
            WHEN $line LIKE '%3.20%' THEN new_320 WHEN $line LIKE '%3.65%' THEN new_365
            WHEN $line LIKE '%5.50%' THEN new_550 WHEN $line LIKE '%6.85%' THEN new_685
            ELSE new_national
        END AS new_poor,
        CASE
            WHEN $line = '' THEN poor_first
            WHEN regexp_matches($line, '(?i)^(extr|food|aliment)') THEN poor_extreme
            WHEN $line LIKE '%1.90%' THEN poor_190 WHEN $line LIKE '%2.15%' THEN poor_215
            WHEN $line LIKE '%3.20%' THEN poor_320 WHEN $line LIKE '%3.65%' THEN poor_365
            WHEN $line LIKE '%5.50%' THEN poor_550 WHEN $line LIKE '%6.85%' THEN poor_685
            ELSE poor_national
        END AS all_poor
    FROM v_m_poverty
    WHERE cut = 'main' AND period IN ($day, last_day(($day - INTERVAL 12 MONTH)::DATE))
)
SELECT
    branch_id,
    if(period = $day, 'new', 'before') AS role,
    sum(new_n) AS people, sum(new_weight) AS weight, sum(new_squares) AS squares, sum(new_poor) AS poor
FROM chosen
GROUP BY ALL
UNION ALL
SELECT
    branch_id, 'existing',
    sum(poor_n - new_n), sum(poor_weight - coalesce(new_weight, 0)),
    sum(poor_squares - coalesce(new_squares, 0)), sum(all_poor - coalesce(new_poor, 0))
FROM chosen
WHERE period = $day
GROUP BY ALL
"""


def traits(cursor: Cursor, day: datetime.date, line: str = "") -> pd.DataFrame:
    """Counts by branch, role and trait on a day; columns are `COLUMNS`.

    Args:
        cursor: of the reader.
        day: a date with data.
        line: poverty line in force, as the policy's settings name it.

    Returns:
        For shares `total` counts those who have the trait and `squares` is NaN; for sizes `total` and `squares` are
        sums of logarithms and of their squares; for poverty `n` is the effective number of answers of a branch, and
        `weight` and `weights` (squared) allow to add up several.
    """
    wide = cursor.execute(TRAITS, {"day": day}).df()
    parts = [wide[["branch_id", "role"]].assign(trait="everyone", n=wide["everyone"], total=float("nan"))]
    for name in [*SHARES, *SIZES]:
        squares = wide[f"squares_{name}"] if name in SIZES else float("nan")
        kept = wide[["branch_id", "role"]]
        parts.append(kept.assign(trait=name, n=wide[f"n_{name}"], total=wide[name], squares=squares))
    poor = cursor.execute(POVERTY, {"day": day, "line": line}).df()
    parts.append(
        poor[["branch_id", "role"]].assign(
            trait="poor", n=poor["people"], total=poor["poor"], weight=poor["weight"], weights=poor["squares"]
        )
    )
    return pd.concat([part for part in parts if len(part)] or parts[:1]).reindex(columns=COLUMNS)


def products(cursor: Cursor, day: datetime.date) -> pd.DataFrame:
    """role, product, n: the products of first loans."""
    return cursor.execute(PRODUCTS, {"day": day}).df()
