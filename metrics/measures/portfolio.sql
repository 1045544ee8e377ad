/*
summary = "Loan book at each snapshot. A client counts once a snapshot, in the largest loan; a group loan on one row counts its members."
table   = "loans"
dims    = ["branch_id", "product_id", "gender", "location", "officer_id", "age_band", "cycle"]

[stocks]
glp                             = "loans.principal_outstanding"
active_loans                    = "loans.principal_outstanding"
active_borrowers                = "loans.principal_outstanding"
late_from_1                     = "loans.days_past_due"
late_over_30                    = "loans.days_past_due"
late_from_30                    = "loans.days_past_due"
late_over_90                    = "loans.days_past_due"
late_from_90                    = "loans.days_past_due"
overdue_principal               = "loans.overdue_principal"
renegotiated                    = "loans.is_renegotiated"
renegotiated_not_late           = "loans.is_renegotiated"
renegotiated_not_late_from_30   = "loans.is_renegotiated"
renegotiated_not_late_90        = "loans.is_renegotiated"
renegotiated_not_late_from_90   = "loans.is_renegotiated"
borrowers_gender_known          = "clients.gender"
women_borrowers                 = "clients.gender"
men_borrowers                   = "clients.gender"
glp_gender_known                = "clients.gender"
glp_women                       = "clients.gender"
glp_men                         = "clients.gender"
borrowers_location_known        = "clients.location"
rural_borrowers                 = "clients.location"
borrowers_age_known             = "clients.birth_date"
young_borrowers                 = "clients.birth_date"
burden_known                    = "clients.household_income_month"
burden_over_30                  = "clients.household_income_month"
burden_over_40                  = "clients.household_income_month"
burden_over_50                  = "clients.household_income_month"
burden_over_60                  = "clients.household_income_month"
burden_over_70                  = "clients.household_income_month"

[flows]
new_borrowers                   = "loans.cycle_no"
new_women_borrowers             = "loans.cycle_no"
new_men_borrowers               = "loans.cycle_no"
disbursed_loans                 = "loans.disbursed_on"
disbursed_size_known            = "parameters.gni_per_capita"
disbursed_below_10              = "parameters.gni_per_capita"
disbursed_below_20              = "parameters.gni_per_capita"
disbursed_below_40              = "parameters.gni_per_capita"
disbursed_below_60              = "parameters.gni_per_capita"
disbursed_below_100             = "parameters.gni_per_capita"
disbursed_below_150             = "parameters.gni_per_capita"
*/
WITH book AS (
    SELECT
        l.institution_id, l.as_of, l.branch_id, l.product_id, l.officer_id, l.loan_id, l.client_id,
        coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AS active,
        l.principal_outstanding::DOUBLE AS principal,
        l.overdue_principal::DOUBLE AS overdue,
        l.days_past_due AS late,
        l.is_renegotiated,
        coalesce(l.is_renegotiated, false) AS renegotiated,
        l.cycle_no,
        date_trunc('month', l.disbursed_on) = date_trunc('month', l.as_of) AS disbursed,
        l.disbursed_amount::DOUBLE / (
            SELECT arg_max(p.value, p.valid_from) FROM parameters AS p
            WHERE p.institution_id = l.institution_id AND p.parameter = 'gni_per_capita'
        ) AS size_to_gni,
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
        date_diff('year', c.birth_date, l.as_of)
            - if(strftime(l.as_of, '%m%d') < strftime(c.birth_date, '%m%d'), 1, 0) AS age,
        c.household_income_month::DOUBLE AS income,
        c.bureau_instalment_month::DOUBLE AS other_instalment,
        l.instalment_month::DOUBLE AS instalment
    FROM loans AS l
    JOIN touched AS t ON t.institution_id = l.institution_id AND t.month = last_day(l.as_of)
    LEFT JOIN clients AS c ON c.institution_id = l.institution_id AND c.client_id = l.client_id
    LEFT JOIN groups AS g ON g.institution_id = l.institution_id AND g.group_id = l.group_id
),
counted AS (
    SELECT
        *,
        active AND row_number() OVER (
            PARTITION BY institution_id, as_of, borrower ORDER BY active DESC, principal DESC, loan_id
        ) = 1 AS counts,
        sum(if(active, instalment, NULL)) OVER (PARTITION BY institution_id, as_of, borrower) AS instalments
    FROM book
),
cells AS (
    SELECT
        *,
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
        CASE WHEN cycle_no IS NULL THEN 'unknown' WHEN cycle_no >= 4 THEN '4_plus' ELSE cycle_no::VARCHAR END AS cycle
    FROM counted
)
SELECT
    institution_id,
    as_of AS period,
    CASE
        WHEN grouping(officer_id) = 0 THEN 'officer_id' WHEN grouping(age_band) = 0 THEN 'age_band'
        WHEN grouping(cycle) = 0 THEN 'cycle' ELSE 'main'
    END AS cut,
    branch_id, product_id, gender, coalesce(location::VARCHAR, if(grouping(location) = 0, 'unknown', NULL)) AS location,
    officer_id, age_band, cycle,
    sum(if(active, principal, 0)) AS glp,
    count_if(active) AS active_loans,
    sum(borrowers) AS active_borrowers,
    if(count(late) = 0, NULL, sum(if(active AND late >= 1, principal, 0))) AS late_from_1,
    if(count(late) = 0, NULL, sum(if(active AND late > 30, principal, 0))) AS late_over_30,
    if(count(late) = 0, NULL, sum(if(active AND late >= 30, principal, 0))) AS late_from_30,
    if(count(late) = 0, NULL, sum(if(active AND late > 90, principal, 0))) AS late_over_90,
    if(count(late) = 0, NULL, sum(if(active AND late >= 90, principal, 0))) AS late_from_90,
    sum(if(active, overdue, NULL)) AS overdue_principal,
    if(count(is_renegotiated) = 0, NULL, sum(if(active AND renegotiated, principal, 0))) AS renegotiated,
    -- A book that does not say which loans were renegotiated counts none of them; its import says so.
    sum(if(active AND renegotiated AND coalesce(late, 0) <= 30, principal, 0)) AS renegotiated_not_late,
    sum(if(active AND renegotiated AND coalesce(late, 0) < 30, principal, 0)) AS renegotiated_not_late_from_30,
    sum(if(active AND renegotiated AND coalesce(late, 0) <= 90, principal, 0)) AS renegotiated_not_late_90,
    sum(if(active AND renegotiated AND coalesce(late, 0) < 90, principal, 0)) AS renegotiated_not_late_from_90,
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
    sum(if(burden IS NOT NULL, if(burden > 0.3, 1, 0), NULL)) AS burden_over_30,
    sum(if(burden IS NOT NULL, if(burden > 0.4, 1, 0), NULL)) AS burden_over_40,
    sum(if(burden IS NOT NULL, if(burden > 0.5, 1, 0), NULL)) AS burden_over_50,
    sum(if(burden IS NOT NULL, if(burden > 0.6, 1, 0), NULL)) AS burden_over_60,
    sum(if(burden IS NOT NULL, if(burden > 0.7, 1, 0), NULL)) AS burden_over_70,
    if(count(cycle_no) = 0, NULL, sum(if(disbursed AND cycle_no = 1, borrowers, 0))) AS new_borrowers,
    if(count(cycle_no) = 0, NULL, sum(if(disbursed AND cycle_no = 1, borrowers * share_women, 0))) AS new_women_borrowers,
    if(count(cycle_no) = 0, NULL, sum(if(disbursed AND cycle_no = 1, borrowers * (1 - share_women), 0)))
        AS new_men_borrowers,
    count_if(disbursed) AS disbursed_loans,
    sum(if(disbursed AND size_to_gni IS NOT NULL, 1, NULL)) AS disbursed_size_known,
    sum(if(disbursed AND size_to_gni IS NOT NULL, if(size_to_gni < 0.1, 1, 0), NULL)) AS disbursed_below_10,
    sum(if(disbursed AND size_to_gni IS NOT NULL, if(size_to_gni < 0.2, 1, 0), NULL)) AS disbursed_below_20,
    sum(if(disbursed AND size_to_gni IS NOT NULL, if(size_to_gni < 0.4, 1, 0), NULL)) AS disbursed_below_40,
    sum(if(disbursed AND size_to_gni IS NOT NULL, if(size_to_gni < 0.6, 1, 0), NULL)) AS disbursed_below_60,
    sum(if(disbursed AND size_to_gni IS NOT NULL, if(size_to_gni < 1.0, 1, 0), NULL)) AS disbursed_below_100,
    sum(if(disbursed AND size_to_gni IS NOT NULL, if(size_to_gni < 1.5, 1, 0), NULL)) AS disbursed_below_150
FROM cells
GROUP BY GROUPING SETS (
    (institution_id, as_of, branch_id, product_id, gender, location),
    (institution_id, as_of, branch_id, product_id, officer_id),
    (institution_id, as_of, branch_id, product_id, age_band),
    (institution_id, as_of, branch_id, product_id, cycle)
)
