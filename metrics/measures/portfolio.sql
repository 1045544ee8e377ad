/*
summary = "Loan book at each snapshot. A client counts once a snapshot, in the largest loan; a group loan on one row counts its members."
table   = "loans"
dims    = ["branch_id", "product_id", "gender", "location", "officer_id", "age_band", "cycle", "sector", "poverty_band"]

[stocks]
glp                            = "loans.principal_outstanding"
active_loans                   = "loans.principal_outstanding"
active_borrowers               = "loans.principal_outstanding"
late_from_1                    = "loans.days_past_due"
late_over_7                    = "loans.days_past_due"
late_over_30                   = "loans.days_past_due"
late_from_30                   = "loans.days_past_due"
late_over_90                   = "loans.days_past_due"
late_from_90                   = "loans.days_past_due"
late_over_180                  = "loans.days_past_due"
late_from_180                  = "loans.days_past_due"
bucket_current                 = "loans.days_past_due"
bucket_1_30                    = "loans.days_past_due"
bucket_31_60                   = "loans.days_past_due"
bucket_61_90                   = "loans.days_past_due"
bucket_91_180                  = "loans.days_past_due"
bucket_over_180                = "loans.days_past_due"
overdue_principal              = "loans.overdue_principal"
overdue_over_30                = "loans.overdue_over_30"
renegotiated                   = "loans.is_renegotiated"
renegotiated_not_late          = "loans.is_renegotiated"
renegotiated_not_late_from_30  = "loans.is_renegotiated"
renegotiated_not_late_90       = "loans.is_renegotiated"
renegotiated_not_late_from_90  = "loans.is_renegotiated"
renegotiated_not_late_180      = "loans.is_renegotiated"
renegotiated_not_late_from_180 = "loans.is_renegotiated"
vintage6_loans                 = "loans.disbursed_on"
vintage6_glp                   = "loans.disbursed_on"
vintage6_late                  = "loans.disbursed_on"
borrowers_gender_known         = "clients.gender"
women_borrowers                = "clients.gender"
men_borrowers                  = "clients.gender"
glp_gender_known               = "clients.gender"
glp_women                      = "clients.gender"
glp_men                        = "clients.gender"
borrowers_location_known       = "clients.location"
rural_borrowers                = "clients.location"
borrowers_age_known            = "clients.birth_date"
young_borrowers                = "clients.birth_date"
burden_known                   = "clients.household_income_month"
burden_over_10                 = "clients.household_income_month"
burden_over_20                 = "clients.household_income_month"
burden_over_30                 = "clients.household_income_month"
burden_over_40                 = "clients.household_income_month"
burden_over_50                 = "clients.household_income_month"
burden_over_60                 = "clients.household_income_month"
burden_over_70                 = "clients.household_income_month"
burden_over_80                 = "clients.household_income_month"
burden_over_100                = "clients.household_income_month"
lenders_known                  = "clients.active_lenders"
lenders_3_plus                 = "clients.active_lenders"
glp_insiders_known             = "clients.is_staff"
glp_insiders                   = "clients.is_staff"
glp_green_known                = "loans.is_green"
glp_green                      = "loans.is_green"
glp_hazard_known               = "climate_exposure.flagged"
glp_hazard                     = "climate_exposure.flagged"
glp_in_gni                     = "parameters.gni_per_capita"
glp_size_known                 = "parameters.gni_per_capita"
glp_large_1                    = "parameters.gni_per_capita"
glp_large_1_5                  = "parameters.gni_per_capita"
glp_large_2_5                  = "parameters.gni_per_capita"
glp_large_5                    = "parameters.gni_per_capita"
glp_top20                      = "loans.principal_outstanding"
glp_priced                     = "products.apr_pct"
glp_times_apr                  = "products.apr_pct"
glp_times_nominal              = "products.nominal_rate_pct"
recent_loans                   = "loans.disbursed_amount"
recent_amount                  = "loans.disbursed_amount"
recent_amount_real             = "parameters.cpi"

[flows]
new_borrowers                  = "loans.cycle_no"
new_women_borrowers            = "loans.cycle_no"
new_men_borrowers              = "loans.cycle_no"
disbursed_loans                = "loans.disbursed_on"
disbursed_amount_sum           = "loans.disbursed_amount"
first_cycle_loans              = "loans.cycle_no"
first_cycle_amount             = "loans.cycle_no"
disbursed_size_known           = "parameters.gni_per_capita"
disbursed_below_10             = "parameters.gni_per_capita"
disbursed_below_20             = "parameters.gni_per_capita"
disbursed_below_40             = "parameters.gni_per_capita"
disbursed_below_60             = "parameters.gni_per_capita"
disbursed_below_100            = "parameters.gni_per_capita"
disbursed_below_150            = "parameters.gni_per_capita"
capacity_known                 = "loans.capacity_checked"
capacity_done                  = "loans.capacity_checked"
bureau_known                   = "loans.bureau_checked"
bureau_done                    = "loans.bureau_checked"
apr_known                      = "loans.apr_disclosed"
apr_shown                      = "loans.apr_disclosed"
env_known                      = "loans.env_screened"
env_done                       = "loans.env_screened"
*/
WITH prices AS (
    -- The value in force at the end of the month; where none is yet, the first one.
    SELECT
        t.institution_id, t.month,
        coalesce(
            arg_max(p.value, if(p.parameter = 'gni_per_capita' AND p.valid_from <= t.month, p.valid_from, NULL)),
            arg_min(p.value, if(p.parameter = 'gni_per_capita', p.valid_from, NULL))
        ) AS gni,
        arg_max(p.value, if(p.parameter = 'cpi' AND p.valid_from <= t.month, p.valid_from, NULL)) AS cpi
    FROM touched AS t JOIN parameters AS p ON p.institution_id = t.institution_id
    GROUP BY t.institution_id, t.month
),
exposure AS (
    SELECT institution_id, district, sector, bool_or(flagged) AS flagged
    FROM climate_exposure
    GROUP BY institution_id, district, sector
),
book AS (
    SELECT
        l.institution_id, l.as_of, l.branch_id, l.product_id, l.officer_id, l.loan_id, l.client_id,
        coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AS active,
        l.principal_outstanding::DOUBLE AS principal,
        l.overdue_principal::DOUBLE AS overdue,
        if(l.days_past_due <= 30, 0, l.overdue_over_30::DOUBLE) AS overdue_over_30,
        l.days_past_due AS late,
        l.is_renegotiated,
        coalesce(l.is_renegotiated, false) AS renegotiated,
        l.cycle_no,
        date_trunc('month', l.disbursed_on) = date_trunc('month', l.as_of) AS disbursed,
        date_trunc('month', l.disbursed_on) = date_trunc('month', l.as_of) - INTERVAL 6 MONTH AS half_year_old,
        date_trunc('month', l.disbursed_on) > date_trunc('month', l.as_of) - INTERVAL 3 MONTH AS recent,
        l.disbursed_amount::DOUBLE AS amount,
        p.gni,
        p.cpi,
        l.disbursed_amount::DOUBLE / p.gni AS size_to_gni,
        l.capacity_checked, l.bureau_checked, l.apr_disclosed, l.env_screened, l.is_green,
        coalesce('c' || l.client_id, 'g' || l.group_id, 'l' || l.loan_id) AS borrower,
        l.client_id IS NULL AS is_group,
        coalesce(c.client_type, 'person') AS client_type,
        CASE WHEN l.client_id IS NULL THEN coalesce(l.members, g.members, 1) ELSE 1 END AS members,
        CASE
            WHEN l.client_id IS NULL THEN coalesce(l.women_members, g.women_members)
            WHEN c.gender = 'F' THEN 1
            WHEN c.gender IN ('M', 'X') THEN 0
        END AS women,
        coalesce(c.location, g.location) AS location,
        year(l.as_of) - year(c.birth_date)
            - if(100 * month(l.as_of) + day(l.as_of) < 100 * month(c.birth_date) + day(c.birth_date), 1, 0) AS age,
        c.household_income_month::DOUBLE AS income,
        c.bureau_instalment_month::DOUBLE AS other_instalment,
        c.active_lenders AS lenders,
        c.is_staff,
        c.poverty_band,
        l.instalment_month::DOUBLE AS instalment,
        l.purpose_sector AS sector,
        coalesce(c.district, b.region) AS district,
        o.apr_pct / 100 AS apr,
        o.nominal_rate_pct / 100 AS nominal
    FROM loans AS l
    JOIN touched AS t ON t.institution_id = l.institution_id AND t.month = last_day(l.as_of)
    LEFT JOIN prices AS p ON p.institution_id = t.institution_id AND p.month = t.month
    LEFT JOIN clients AS c ON c.institution_id = l.institution_id AND c.client_id = l.client_id
    LEFT JOIN groups AS g ON g.institution_id = l.institution_id AND g.group_id = l.group_id
    LEFT JOIN branches AS b ON b.institution_id = l.institution_id AND b.branch_id = l.branch_id
    LEFT JOIN products AS o ON o.institution_id = l.institution_id AND o.product_id = l.product_id
),
counted AS (
    SELECT
        *,
        active AND row_number() OVER (
            PARTITION BY institution_id, as_of, borrower ORDER BY active DESC, principal DESC, loan_id
        ) = 1 AS counts,
        sum(if(active, instalment, NULL)) OVER client AS instalments,
        sum(if(active, principal, 0)) OVER client AS owed
    FROM book
    WINDOW client AS (PARTITION BY institution_id, as_of, borrower)
),
largest AS (
    SELECT institution_id, as_of, unnest(max({'owed': owed, 'borrower': borrower}, 20)).borrower AS borrower
    FROM counted WHERE counts GROUP BY institution_id, as_of
),
cells AS (
    SELECT
        k.* REPLACE (
            coalesce(k.sector, 'unknown') AS sector,
            coalesce(k.poverty_band::VARCHAR, 'unknown') AS poverty_band
        ),
        if(counts, members, 0) AS borrowers,
        if(women IS NOT NULL AND client_type <> 'legal_entity', women / members, NULL) AS share_women,
        if(counts AND income > 0 AND instalments IS NOT NULL,
            (instalments + coalesce(other_instalment, 0)) / income, NULL) AS burden,
        CASE
            WHEN women IS NULL THEN 'unknown' WHEN women = members THEN 'F' WHEN women = 0 THEN 'M' ELSE 'mixed'
        END AS gender,
        CASE
            WHEN age IS NULL THEN 'unknown' WHEN age < 25 THEN 'under_25' WHEN age < 35 THEN '25_34'
            WHEN age < 50 THEN '35_49' WHEN age < 65 THEN '50_64' ELSE '65_plus'
        END AS age_band,
        CASE WHEN cycle_no IS NULL THEN 'unknown' WHEN cycle_no >= 4 THEN '4_plus' ELSE cycle_no::VARCHAR END AS cycle,
        coalesce(disbursed, false) AS lent,
        if(disbursed, cycle_no = 1, false) AS first_cycle,
        if(disbursed, size_to_gni, NULL) AS new_size,
        t.borrower IS NOT NULL AS is_largest,
        x.flagged,
        k.district IS NOT NULL AND k.sector IS NOT NULL AND k.institution_id IN (SELECT institution_id FROM exposure)
            AS hazard_known
    FROM counted AS k
    LEFT JOIN largest AS t ON t.institution_id = k.institution_id AND t.as_of = k.as_of AND t.borrower = k.borrower
    LEFT JOIN exposure AS x
        ON x.institution_id = k.institution_id AND x.district = k.district AND x.sector = k.sector
)
SELECT
    institution_id,
    as_of AS period,
    CASE
        WHEN grouping(officer_id) = 0 THEN 'officer_id' WHEN grouping(age_band) = 0 THEN 'age_band'
        WHEN grouping(cycle) = 0 THEN 'cycle' WHEN grouping(sector) = 0 THEN 'sector'
        WHEN grouping(poverty_band) = 0 THEN 'poverty_band' ELSE 'main'
    END AS cut,
    branch_id, product_id, gender, coalesce(location::VARCHAR, if(grouping(location) = 0, 'unknown', NULL)) AS location,
    officer_id, age_band, cycle, sector, poverty_band,
    sum(if(active, principal, 0)) AS glp,
    sum(if(active, 1, 0)) AS active_loans,
    sum(borrowers) AS active_borrowers,
    if(count(late) = 0, NULL, sum(if(active AND late >= 1, principal, 0))) AS late_from_1,
    if(count(late) = 0, NULL, sum(if(active AND late > 7, principal, 0))) AS late_over_7,
    if(count(late) = 0, NULL, sum(if(active AND late > 30, principal, 0))) AS late_over_30,
    if(count(late) = 0, NULL, sum(if(active AND late >= 30, principal, 0))) AS late_from_30,
    if(count(late) = 0, NULL, sum(if(active AND late > 90, principal, 0))) AS late_over_90,
    if(count(late) = 0, NULL, sum(if(active AND late >= 90, principal, 0))) AS late_from_90,
    if(count(late) = 0, NULL, sum(if(active AND late > 180, principal, 0))) AS late_over_180,
    if(count(late) = 0, NULL, sum(if(active AND late >= 180, principal, 0))) AS late_from_180,
    if(count(late) = 0, NULL, sum(if(active AND late < 1, principal, 0))) AS bucket_current,
    if(count(late) = 0, NULL, sum(if(active AND late BETWEEN 1 AND 30, principal, 0))) AS bucket_1_30,
    if(count(late) = 0, NULL, sum(if(active AND late BETWEEN 31 AND 60, principal, 0))) AS bucket_31_60,
    if(count(late) = 0, NULL, sum(if(active AND late BETWEEN 61 AND 90, principal, 0))) AS bucket_61_90,
    if(count(late) = 0, NULL, sum(if(active AND late BETWEEN 91 AND 180, principal, 0))) AS bucket_91_180,
    if(count(late) = 0, NULL, sum(if(active AND late > 180, principal, 0))) AS bucket_over_180,
    sum(if(active, overdue, NULL)) AS overdue_principal,
    -- One late loan whose old instalments are not known leaves the sum unknown, not smaller.
    if(sum(if(active AND overdue_over_30 IS NULL, 1, 0)) > 0, NULL, sum(if(active, overdue_over_30, 0))) AS overdue_over_30,
    if(count(is_renegotiated) = 0, NULL, sum(if(active AND renegotiated, principal, 0))) AS renegotiated,
    -- A book that does not say which loans were renegotiated counts none of them; its import says so.
    sum(if(active AND renegotiated AND coalesce(late, 0) <= 30, principal, 0)) AS renegotiated_not_late,
    sum(if(active AND renegotiated AND coalesce(late, 0) < 30, principal, 0)) AS renegotiated_not_late_from_30,
    sum(if(active AND renegotiated AND coalesce(late, 0) <= 90, principal, 0)) AS renegotiated_not_late_90,
    sum(if(active AND renegotiated AND coalesce(late, 0) < 90, principal, 0)) AS renegotiated_not_late_from_90,
    sum(if(active AND renegotiated AND coalesce(late, 0) <= 180, principal, 0)) AS renegotiated_not_late_180,
    sum(if(active AND renegotiated AND coalesce(late, 0) < 180, principal, 0)) AS renegotiated_not_late_from_180,
    if(count(half_year_old) = 0, NULL, sum(if(active AND half_year_old, 1, 0))) AS vintage6_loans,
    if(count(half_year_old) = 0, NULL, sum(if(active AND half_year_old, principal, 0))) AS vintage6_glp,
    if(count(half_year_old) = 0 OR count(late) = 0, NULL, sum(if(active AND half_year_old AND late > 30, principal, 0)))
        AS vintage6_late,
    sum(if(share_women IS NOT NULL, borrowers, NULL)) AS borrowers_gender_known,
    sum(borrowers * share_women) AS women_borrowers,
    sum(borrowers * (1 - share_women)) AS men_borrowers,
    sum(if(active AND share_women IS NOT NULL, principal, NULL)) AS glp_gender_known,
    sum(if(active, principal * share_women, NULL)) AS glp_women,
    sum(if(active, principal * (1 - share_women), NULL)) AS glp_men,
    sum(if(location IS NOT NULL, borrowers, NULL)) AS borrowers_location_known,
    sum(if(location IS NOT NULL, if(location = 'rural', borrowers, 0), NULL)) AS rural_borrowers,
    sum(if(age IS NOT NULL AND NOT is_group, borrowers, NULL)) AS borrowers_age_known,
    sum(if(age IS NOT NULL AND NOT is_group, if(age < 35, borrowers, 0), NULL)) AS young_borrowers,
    sum(if(burden IS NOT NULL, 1, NULL)) AS burden_known,
    sum(if(burden IS NOT NULL, if(burden > 0.1, 1, 0), NULL)) AS burden_over_10,
    sum(if(burden IS NOT NULL, if(burden > 0.2, 1, 0), NULL)) AS burden_over_20,
    sum(if(burden IS NOT NULL, if(burden > 0.3, 1, 0), NULL)) AS burden_over_30,
    sum(if(burden IS NOT NULL, if(burden > 0.4, 1, 0), NULL)) AS burden_over_40,
    sum(if(burden IS NOT NULL, if(burden > 0.5, 1, 0), NULL)) AS burden_over_50,
    sum(if(burden IS NOT NULL, if(burden > 0.6, 1, 0), NULL)) AS burden_over_60,
    sum(if(burden IS NOT NULL, if(burden > 0.7, 1, 0), NULL)) AS burden_over_70,
    sum(if(burden IS NOT NULL, if(burden > 0.8, 1, 0), NULL)) AS burden_over_80,
    sum(if(burden IS NOT NULL, if(burden > 1.0, 1, 0), NULL)) AS burden_over_100,
    sum(if(lenders IS NOT NULL, borrowers, NULL)) AS lenders_known,
    sum(if(lenders IS NOT NULL, if(lenders >= 3, borrowers, 0), NULL)) AS lenders_3_plus,
    sum(if(active AND is_staff IS NOT NULL, principal, NULL)) AS glp_insiders_known,
    sum(if(active AND is_staff IS NOT NULL, if(is_staff, principal, 0), NULL)) AS glp_insiders,
    sum(if(active AND is_green IS NOT NULL, principal, NULL)) AS glp_green_known,
    sum(if(active AND is_green IS NOT NULL, if(is_green, principal, 0), NULL)) AS glp_green,
    sum(if(active AND hazard_known, principal, NULL)) AS glp_hazard_known,
    sum(if(active AND hazard_known, if(flagged, principal, 0), NULL)) AS glp_hazard,
    sum(if(active, principal / gni, NULL)) AS glp_in_gni,
    sum(if(active AND size_to_gni IS NOT NULL, principal, NULL)) AS glp_size_known,
    sum(if(active AND size_to_gni IS NOT NULL, if(size_to_gni > 1.0, principal, 0), NULL)) AS glp_large_1,
    sum(if(active AND size_to_gni IS NOT NULL, if(size_to_gni > 1.5, principal, 0), NULL)) AS glp_large_1_5,
    sum(if(active AND size_to_gni IS NOT NULL, if(size_to_gni > 2.5, principal, 0), NULL)) AS glp_large_2_5,
    sum(if(active AND size_to_gni IS NOT NULL, if(size_to_gni > 5.0, principal, 0), NULL)) AS glp_large_5,
    sum(if(active AND is_largest, principal, 0)) AS glp_top20,
    sum(if(active AND apr IS NOT NULL, principal, NULL)) AS glp_priced,
    sum(if(active, principal * apr, NULL)) AS glp_times_apr,
    sum(if(active, principal * nominal, NULL)) AS glp_times_nominal,
    if(count(amount) = 0, NULL, sum(if(active AND recent AND amount IS NOT NULL, 1, 0))) AS recent_loans,
    if(count(amount) = 0, NULL, sum(if(active AND recent, amount, 0))) AS recent_amount,
    if(count(amount) = 0 OR count(cpi) = 0, NULL, sum(if(active AND recent, amount / cpi, 0))) AS recent_amount_real,
    if(count(cycle_no) = 0, NULL, sum(if(first_cycle, borrowers, 0))) AS new_borrowers,
    if(count(cycle_no) = 0, NULL, sum(if(first_cycle, borrowers * share_women, 0))) AS new_women_borrowers,
    if(count(cycle_no) = 0, NULL, sum(if(first_cycle, borrowers * (1 - share_women), 0))) AS new_men_borrowers,
    sum(if(disbursed, 1, 0)) AS disbursed_loans,
    if(count(amount) = 0, NULL, sum(if(disbursed, amount, 0))) AS disbursed_amount_sum,
    if(count(cycle_no) = 0, NULL, sum(if(first_cycle, 1, 0))) AS first_cycle_loans,
    if(count(cycle_no) = 0 OR count(amount) = 0, NULL, sum(if(first_cycle, amount, 0))) AS first_cycle_amount,
    if(count(gni) = 0, NULL, sum(if(new_size IS NOT NULL, 1, 0))) AS disbursed_size_known,
    if(count(gni) = 0, NULL, sum(if(new_size < 0.1, 1, 0))) AS disbursed_below_10,
    if(count(gni) = 0, NULL, sum(if(new_size < 0.2, 1, 0))) AS disbursed_below_20,
    if(count(gni) = 0, NULL, sum(if(new_size < 0.4, 1, 0))) AS disbursed_below_40,
    if(count(gni) = 0, NULL, sum(if(new_size < 0.6, 1, 0))) AS disbursed_below_60,
    if(count(gni) = 0, NULL, sum(if(new_size < 1.0, 1, 0))) AS disbursed_below_100,
    if(count(gni) = 0, NULL, sum(if(new_size < 1.5, 1, 0))) AS disbursed_below_150,
    sum(if(lent AND capacity_checked IS NOT NULL, 1, 0)) AS capacity_known,
    sum(if(lent AND capacity_checked, 1, 0)) AS capacity_done,
    sum(if(lent AND bureau_checked IS NOT NULL, 1, 0)) AS bureau_known,
    sum(if(lent AND bureau_checked, 1, 0)) AS bureau_done,
    sum(if(lent AND apr_disclosed IS NOT NULL, 1, 0)) AS apr_known,
    sum(if(lent AND apr_disclosed, 1, 0)) AS apr_shown,
    sum(if(lent AND env_screened IS NOT NULL, 1, 0)) AS env_known,
    sum(if(lent AND env_screened, 1, 0)) AS env_done
FROM cells
GROUP BY GROUPING SETS (
    (institution_id, as_of, branch_id, product_id, gender, location),
    (institution_id, as_of, branch_id, product_id, officer_id),
    (institution_id, as_of, branch_id, product_id, age_band),
    (institution_id, as_of, branch_id, product_id, cycle),
    (institution_id, as_of, branch_id, product_id, sector),
    (institution_id, as_of, branch_id, product_id, poverty_band)
)
