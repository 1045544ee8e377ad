/*
summary = "Survey answers of each month. An answer counts with its survey weight, n counts people. No answer is not a no; a client who answers a question twice in a round counts once, with the last answer. Exit interviews tell only why clients left."
table   = "client_surveys"
dims    = ["branch_id", "product_id", "gender", "location", "age_band", "poverty_band"]
every_month = true       # whether a question was ever asked is known from all rounds together

[stocks]

[flows]
nps_n                   = "client_surveys.question_key: nps"
nps_answers             = "client_surveys.question_key: nps"
nps_squares             = "client_surveys.question_key: nps"
nps_invited             = "survey_rounds.invited"
promoters               = "client_surveys.question_key: nps"
detractors              = "client_surveys.question_key: nps"
life_n                  = "client_surveys.question_key: quality_of_life"
life_answers            = "client_surveys.question_key: quality_of_life"
life_squares            = "client_surveys.question_key: quality_of_life"
life_invited            = "survey_rounds.invited"
life_much_improved      = "client_surveys.question_key: quality_of_life"
life_slightly_improved  = "client_surveys.question_key: quality_of_life"
life_worse              = "client_surveys.question_key: quality_of_life"
satisfaction_n          = "client_surveys.question_key: satisfaction"
satisfaction_answers    = "client_surveys.question_key: satisfaction"
satisfaction_squares    = "client_surveys.question_key: satisfaction"
satisfaction_invited    = "survey_rounds.invited"
satisfaction_satisfied  = "client_surveys.question_key: satisfaction"
challenge_n             = "client_surveys.question_key: challenge"
challenge_answers       = "client_surveys.question_key: challenge"
challenge_squares       = "client_surveys.question_key: challenge"
challenge_invited       = "survey_rounds.invited"
challenge_yes           = "client_surveys.question_key: challenge"
resolved_n              = "client_surveys.question_key: challenge_resolved"
resolved_answers        = "client_surveys.question_key: challenge_resolved"
resolved_squares        = "client_surveys.question_key: challenge_resolved"
resolved_yes            = "client_surveys.question_key: challenge_resolved"
repayment_n             = "client_surveys.question_key: repayment_burden"
repayment_answers       = "client_surveys.question_key: repayment_burden"
repayment_squares       = "client_surveys.question_key: repayment_burden"
repayment_invited       = "survey_rounds.invited"
repayment_not_a_problem = "client_surveys.question_key: repayment_burden"
repayment_heavy         = "client_surveys.question_key: repayment_burden"
food_cut_n              = "client_surveys.question_key: reduced_food"
food_cut_answers        = "client_surveys.question_key: reduced_food"
food_cut_squares        = "client_surveys.question_key: reduced_food"
food_cut_invited        = "survey_rounds.invited"
food_cut_ever           = "client_surveys.question_key: reduced_food"
terms_n                 = "client_surveys.question_key: terms_understood"
terms_answers           = "client_surveys.question_key: terms_understood"
terms_squares           = "client_surveys.question_key: terms_understood"
terms_invited           = "survey_rounds.invited"
terms_strongly_agree    = "client_surveys.question_key: terms_understood"
fairness_n              = "client_surveys.question_key: fair_treatment"
fairness_answers        = "client_surveys.question_key: fair_treatment"
fairness_squares        = "client_surveys.question_key: fair_treatment"
fairness_invited        = "survey_rounds.invited"
fairness_agree          = "client_surveys.question_key: fair_treatment"
channel_n               = "client_surveys.question_key: knows_how_to_complain"
channel_answers         = "client_surveys.question_key: knows_how_to_complain"
channel_squares         = "client_surveys.question_key: knows_how_to_complain"
channel_invited         = "survey_rounds.invited"
channel_known           = "client_surveys.question_key: knows_how_to_complain"
decisions_n             = "client_surveys.question_key: household_decisions"
decisions_answers       = "client_surveys.question_key: household_decisions"
decisions_squares       = "client_surveys.question_key: household_decisions"
decisions_increased     = "client_surveys.question_key: household_decisions"
prior_n                 = "client_surveys.question_key: prior_provider"
prior_answers           = "client_surveys.question_key: prior_provider"
prior_squares           = "client_surveys.question_key: prior_provider"
prior_invited           = "survey_rounds.invited"
prior_none              = "client_surveys.question_key: prior_provider"
income_n                = "client_surveys.question_key: income_change"
income_answers          = "client_surveys.question_key: income_change"
income_squares          = "client_surveys.question_key: income_change"
income_invited          = "survey_rounds.invited"
income_improved         = "client_surveys.question_key: income_change"
resilience_n            = "client_surveys.question_key: resilience_change"
resilience_answers      = "client_surveys.question_key: resilience_change"
resilience_squares      = "client_surveys.question_key: resilience_change"
resilience_invited      = "survey_rounds.invited"
resilience_improved     = "client_surveys.question_key: resilience_change"
saving_n                = "client_surveys.question_key: savings_change"
saving_answers          = "client_surveys.question_key: savings_change"
saving_squares          = "client_surveys.question_key: savings_change"
saving_invited          = "survey_rounds.invited"
saving_improved         = "client_surveys.question_key: savings_change"
stress_n                = "client_surveys.question_key: stress_change"
stress_answers          = "client_surveys.question_key: stress_change"
stress_squares          = "client_surveys.question_key: stress_change"
stress_invited          = "survey_rounds.invited"
stress_improved         = "client_surveys.question_key: stress_change"
meals_n                 = "client_surveys.question_key: meals_change"
meals_answers           = "client_surveys.question_key: meals_change"
meals_squares           = "client_surveys.question_key: meals_change"
meals_invited           = "survey_rounds.invited"
meals_improved          = "client_surveys.question_key: meals_change"
workers_n               = "client_surveys.question_key: paid_workers"
workers_answers         = "client_surveys.question_key: paid_workers"
workers_squares         = "client_surveys.question_key: paid_workers"
workers_sum             = "client_surveys.question_key: paid_workers"
workers_sum_squares     = "client_surveys.question_key: paid_workers"
reason_n                = "client_surveys.question_key: exit_reason"
reason_answers          = "client_surveys.question_key: exit_reason"
reason_squares          = "client_surveys.question_key: exit_reason"
reason_invited          = "survey_rounds.invited"
reason_negative         = "client_surveys.question_key: exit_reason"
worse_n                 = "client_surveys.question_key: quality_of_life"
worse_answers           = "client_surveys.question_key: quality_of_life"
worse_squares           = "client_surveys.question_key: quality_of_life"
worse_invited           = "survey_rounds.invited"
worse_life_or_income    = "client_surveys.question_key: quality_of_life"
*/
WITH question (question_key, codes) AS (
    VALUES
        ('nps', []), ('paid_workers', []),
        ('satisfaction', ['very_satisfied', 'satisfied', 'neutral', 'dissatisfied', 'very_dissatisfied']),
        ('challenge', ['yes', 'no']), ('challenge_resolved', ['yes', 'no']), ('knows_how_to_complain', ['yes', 'no']),
        ('repayment_burden', ['not_a_problem', 'somewhat_a_problem', 'heavy_burden']),
        ('reduced_food', ['never', 'once', 'regularly']),
        ('household_decisions', ['increased', 'no_change', 'decreased']),
        ('prior_provider', ['no_alternative_before', 'had_before']),
        ('exit_reason', ['product', 'staff', 'group', 'harassment', 'over_debt', 'no_need', 'resting', 'graduated',
            'business_closed', 'illness', 'moved', 'rejected', 'other'])
    UNION ALL
    SELECT unnest(['terms_understood', 'fair_treatment']),
        ['strongly_agree', 'agree', 'neutral', 'disagree', 'strongly_disagree']
    UNION ALL
    SELECT unnest(['quality_of_life', 'income_change', 'resilience_change', 'savings_change', 'stress_change',
            'meals_change']),
        ['very_much_improved', 'slightly_improved', 'no_change', 'slightly_worse', 'much_worse']
),
answer AS (
    SELECT
        s.institution_id, s.survey_id, coalesce('c' || s.client_id, 'r' || s.response_id) AS respondent,
        s.client_id, s.branch_id, s.product_id, s.gender, s.location, s.age_band, s.answered_on,
        greatest(coalesce(s.weight, 1), 0) AS weight, s.question_key, lower(trim(s.answer_code)) AS code,
        s.answer_num AS num
    FROM client_surveys AS s
    SEMI JOIN touched AS t ON t.institution_id = s.institution_id
    JOIN question AS q ON q.question_key = s.question_key
    WHERE (s.question_key = 'exit_reason') = (coalesce(s.survey_type, 'satisfaction') = 'exit')
        AND CASE s.question_key
            WHEN 'nps' THEN s.answer_num BETWEEN 0 AND 10
            WHEN 'paid_workers' THEN s.answer_num >= 0
            ELSE list_contains(q.codes, lower(trim(s.answer_code)))
        END
    QUALIFY row_number() OVER (
        PARTITION BY s.institution_id, s.survey_id, respondent, s.question_key
        ORDER BY s.answered_on DESC, s.response_id DESC
    ) = 1
),
respondent AS (
    SELECT
        institution_id, max(answered_on) AS answered_on, any_value(client_id) AS client_id, max(weight) AS weight,
        max(branch_id) AS branch_id, max(product_id) AS product_id, max(gender) AS gender,
        max(location) AS location, max(age_band) AS age_band,
        max(if(question_key = 'nps', num, NULL)) AS nps,
        max(if(question_key = 'quality_of_life', code, NULL)) AS life,
        max(if(question_key = 'satisfaction', code, NULL)) AS satisfaction,
        max(if(question_key = 'challenge', code, NULL)) AS challenge,
        max(if(question_key = 'challenge_resolved', code, NULL)) AS resolved,
        max(if(question_key = 'repayment_burden', code, NULL)) AS repayment,
        max(if(question_key = 'reduced_food', code, NULL)) AS food_cut,
        max(if(question_key = 'terms_understood', code, NULL)) AS terms,
        max(if(question_key = 'fair_treatment', code, NULL)) AS fairness,
        max(if(question_key = 'knows_how_to_complain', code, NULL)) AS channel,
        max(if(question_key = 'household_decisions', code, NULL)) AS decisions,
        max(if(question_key = 'prior_provider', code, NULL)) AS prior,
        max(if(question_key = 'income_change', code, NULL)) AS income,
        max(if(question_key = 'resilience_change', code, NULL)) AS resilience,
        max(if(question_key = 'savings_change', code, NULL)) AS saving,
        max(if(question_key = 'stress_change', code, NULL)) AS stress,
        max(if(question_key = 'meals_change', code, NULL)) AS meals,
        max(if(question_key = 'paid_workers', num, NULL)) AS workers,
        max(if(question_key = 'exit_reason', code, NULL)) AS reason
    FROM answer
    GROUP BY institution_id, survey_id, respondent
),
-- Whom a round invited, with the questions that it put; a row for the whole institution gives way to the branches'.
invitation AS (
    SELECT
        r.institution_id, last_day(coalesce(r.held_to, k.last)) AS period, r.branch_id,
        r.invited::DOUBLE AS invited, k.asked
    FROM survey_rounds AS r
    JOIN (
        SELECT institution_id, survey_id, max(answered_on) AS last, list(DISTINCT question_key) AS asked
        FROM answer
        GROUP BY institution_id, survey_id
    ) AS k ON k.institution_id = r.institution_id AND k.survey_id = r.survey_id
    QUALIFY r.branch_id IS NOT NULL OR count(r.branch_id) OVER (PARTITION BY r.institution_id, r.survey_id) = 0
),
placed AS (
    SELECT
        r.* EXCLUDE (client_id, answered_on, branch_id, gender, location, age_band),
        last_day(r.answered_on) AS period,
        coalesce(c.branch_id, r.branch_id) AS branch_id,
        coalesce(c.gender::VARCHAR, r.gender::VARCHAR, 'unknown') AS gender,
        coalesce(c.location::VARCHAR, r.location::VARCHAR, 'unknown') AS location,
        CASE
            WHEN c.birth_date IS NULL THEN coalesce(r.age_band::VARCHAR, 'unknown')
            WHEN date_sub('year', c.birth_date, r.answered_on) < 25 THEN 'under_25'
            WHEN date_sub('year', c.birth_date, r.answered_on) < 35 THEN '25_34'
            WHEN date_sub('year', c.birth_date, r.answered_on) < 50 THEN '35_49'
            WHEN date_sub('year', c.birth_date, r.answered_on) < 65 THEN '50_64'
            ELSE '65_plus'
        END AS age_band,
        coalesce(c.poverty_band::VARCHAR, 'unknown') AS poverty_band
    FROM respondent AS r
    LEFT JOIN clients AS c ON c.institution_id = r.institution_id AND c.client_id = r.client_id
    UNION ALL BY NAME
    SELECT institution_id, period, branch_id, invited, asked FROM invitation
),
-- The weight of each answer; 0 where this person did not answer, NULL where nobody was ever asked.
weighed AS (
    SELECT
        p.*,
        CASE WHEN nps IS NOT NULL THEN weight WHEN list_contains(ever, 'nps') THEN 0 END AS w_nps,
        CASE WHEN life IS NOT NULL THEN weight WHEN list_contains(ever, 'quality_of_life') THEN 0 END AS w_life,
        CASE WHEN satisfaction IS NOT NULL THEN weight WHEN list_contains(ever, 'satisfaction') THEN 0 END AS w_satisfaction,
        CASE WHEN challenge IS NOT NULL THEN weight WHEN list_contains(ever, 'challenge') THEN 0 END AS w_challenge,
        CASE WHEN resolved IS NOT NULL THEN weight WHEN list_contains(ever, 'challenge_resolved') THEN 0 END AS w_resolved,
        CASE WHEN repayment IS NOT NULL THEN weight WHEN list_contains(ever, 'repayment_burden') THEN 0 END AS w_repayment,
        CASE WHEN food_cut IS NOT NULL THEN weight WHEN list_contains(ever, 'reduced_food') THEN 0 END AS w_food_cut,
        CASE WHEN terms IS NOT NULL THEN weight WHEN list_contains(ever, 'terms_understood') THEN 0 END AS w_terms,
        CASE WHEN fairness IS NOT NULL THEN weight WHEN list_contains(ever, 'fair_treatment') THEN 0 END AS w_fairness,
        CASE WHEN channel IS NOT NULL THEN weight WHEN list_contains(ever, 'knows_how_to_complain') THEN 0 END AS w_channel,
        CASE WHEN decisions IS NOT NULL AND gender = 'F' THEN weight WHEN list_contains(ever, 'household_decisions') THEN 0 END AS w_decisions,
        CASE WHEN prior IS NOT NULL THEN weight WHEN list_contains(ever, 'prior_provider') THEN 0 END AS w_prior,
        CASE WHEN income IS NOT NULL THEN weight WHEN list_contains(ever, 'income_change') THEN 0 END AS w_income,
        CASE WHEN resilience IS NOT NULL THEN weight WHEN list_contains(ever, 'resilience_change') THEN 0 END AS w_resilience,
        CASE WHEN saving IS NOT NULL THEN weight WHEN list_contains(ever, 'savings_change') THEN 0 END AS w_saving,
        CASE WHEN stress IS NOT NULL THEN weight WHEN list_contains(ever, 'stress_change') THEN 0 END AS w_stress,
        CASE WHEN meals IS NOT NULL THEN weight WHEN list_contains(ever, 'meals_change') THEN 0 END AS w_meals,
        CASE WHEN workers IS NOT NULL THEN weight WHEN list_contains(ever, 'paid_workers') THEN 0 END AS w_workers,
        CASE WHEN reason IS NOT NULL THEN weight WHEN list_contains(ever, 'exit_reason') THEN 0 END AS w_reason,
        CASE
            WHEN life IS NOT NULL OR income IS NOT NULL THEN weight
            WHEN list_has_any(ever, ['quality_of_life', 'income_change']) THEN 0
        END AS w_worse
    FROM placed AS p
    JOIN (
        SELECT institution_id, list(DISTINCT question_key) AS ever FROM answer GROUP BY institution_id
    ) AS k ON k.institution_id = p.institution_id
)
SELECT
    institution_id,
    period,
    CASE
        WHEN grouping(age_band) = 0 THEN 'age_band' WHEN grouping(poverty_band) = 0 THEN 'poverty_band' ELSE 'main'
    END AS cut,
    branch_id, product_id, gender, location, age_band, poverty_band,
    sum(sign(w_nps)) AS nps_n, sum(w_nps) AS nps_answers, sum(w_nps * w_nps) AS nps_squares,
    sum(if(list_contains(asked, 'nps'), invited, 0)) AS nps_invited,
    sum(if(nps >= 9, w_nps, 0 * w_nps)) AS promoters,
    sum(if(nps <= 6, w_nps, 0 * w_nps)) AS detractors,
    sum(sign(w_life)) AS life_n, sum(w_life) AS life_answers, sum(w_life * w_life) AS life_squares,
    sum(if(list_contains(asked, 'quality_of_life'), invited, 0)) AS life_invited,
    sum(if(life = 'very_much_improved', w_life, 0 * w_life)) AS life_much_improved,
    sum(if(life = 'slightly_improved', w_life, 0 * w_life)) AS life_slightly_improved,
    sum(if(life LIKE '%worse', w_life, 0 * w_life)) AS life_worse,
    sum(sign(w_satisfaction)) AS satisfaction_n, sum(w_satisfaction) AS satisfaction_answers, sum(w_satisfaction * w_satisfaction) AS satisfaction_squares,
    sum(if(list_contains(asked, 'satisfaction'), invited, 0)) AS satisfaction_invited,
    sum(if(satisfaction IN ('very_satisfied', 'satisfied'), w_satisfaction, 0 * w_satisfaction)) AS satisfaction_satisfied,
    sum(sign(w_challenge)) AS challenge_n, sum(w_challenge) AS challenge_answers, sum(w_challenge * w_challenge) AS challenge_squares,
    sum(if(list_contains(asked, 'challenge'), invited, 0)) AS challenge_invited,
    sum(if(challenge = 'yes', w_challenge, 0 * w_challenge)) AS challenge_yes,
    sum(sign(w_resolved)) AS resolved_n, sum(w_resolved) AS resolved_answers, sum(w_resolved * w_resolved) AS resolved_squares,
    sum(if(resolved = 'yes', w_resolved, 0 * w_resolved)) AS resolved_yes,
    sum(sign(w_repayment)) AS repayment_n, sum(w_repayment) AS repayment_answers, sum(w_repayment * w_repayment) AS repayment_squares,
    sum(if(list_contains(asked, 'repayment_burden'), invited, 0)) AS repayment_invited,
    sum(if(repayment = 'not_a_problem', w_repayment, 0 * w_repayment)) AS repayment_not_a_problem,
    sum(if(repayment = 'heavy_burden', w_repayment, 0 * w_repayment)) AS repayment_heavy,
    sum(sign(w_food_cut)) AS food_cut_n, sum(w_food_cut) AS food_cut_answers, sum(w_food_cut * w_food_cut) AS food_cut_squares,
    sum(if(list_contains(asked, 'reduced_food'), invited, 0)) AS food_cut_invited,
    sum(if(food_cut <> 'never', w_food_cut, 0 * w_food_cut)) AS food_cut_ever,
    sum(sign(w_terms)) AS terms_n, sum(w_terms) AS terms_answers, sum(w_terms * w_terms) AS terms_squares,
    sum(if(list_contains(asked, 'terms_understood'), invited, 0)) AS terms_invited,
    sum(if(terms = 'strongly_agree', w_terms, 0 * w_terms)) AS terms_strongly_agree,
    sum(sign(w_fairness)) AS fairness_n, sum(w_fairness) AS fairness_answers, sum(w_fairness * w_fairness) AS fairness_squares,
    sum(if(list_contains(asked, 'fair_treatment'), invited, 0)) AS fairness_invited,
    sum(if(fairness IN ('strongly_agree', 'agree'), w_fairness, 0 * w_fairness)) AS fairness_agree,
    sum(sign(w_channel)) AS channel_n, sum(w_channel) AS channel_answers, sum(w_channel * w_channel) AS channel_squares,
    sum(if(list_contains(asked, 'knows_how_to_complain'), invited, 0)) AS channel_invited,
    sum(if(channel = 'yes', w_channel, 0 * w_channel)) AS channel_known,
    sum(sign(w_decisions)) AS decisions_n, sum(w_decisions) AS decisions_answers, sum(w_decisions * w_decisions) AS decisions_squares,
    sum(if(decisions = 'increased', w_decisions, 0 * w_decisions)) AS decisions_increased,
    sum(sign(w_prior)) AS prior_n, sum(w_prior) AS prior_answers, sum(w_prior * w_prior) AS prior_squares,
    sum(if(list_contains(asked, 'prior_provider'), invited, 0)) AS prior_invited,
    sum(if(prior = 'no_alternative_before', w_prior, 0 * w_prior)) AS prior_none,
    sum(sign(w_income)) AS income_n, sum(w_income) AS income_answers, sum(w_income * w_income) AS income_squares,
    sum(if(list_contains(asked, 'income_change'), invited, 0)) AS income_invited,
    sum(if(income LIKE '%improved', w_income, 0 * w_income)) AS income_improved,
    sum(sign(w_resilience)) AS resilience_n, sum(w_resilience) AS resilience_answers, sum(w_resilience * w_resilience) AS resilience_squares,
    sum(if(list_contains(asked, 'resilience_change'), invited, 0)) AS resilience_invited,
    sum(if(resilience LIKE '%improved', w_resilience, 0 * w_resilience)) AS resilience_improved,
    sum(sign(w_saving)) AS saving_n, sum(w_saving) AS saving_answers, sum(w_saving * w_saving) AS saving_squares,
    sum(if(list_contains(asked, 'savings_change'), invited, 0)) AS saving_invited,
    sum(if(saving LIKE '%improved', w_saving, 0 * w_saving)) AS saving_improved,
    sum(sign(w_stress)) AS stress_n, sum(w_stress) AS stress_answers, sum(w_stress * w_stress) AS stress_squares,
    sum(if(list_contains(asked, 'stress_change'), invited, 0)) AS stress_invited,
    sum(if(stress LIKE '%improved', w_stress, 0 * w_stress)) AS stress_improved,
    sum(sign(w_meals)) AS meals_n, sum(w_meals) AS meals_answers, sum(w_meals * w_meals) AS meals_squares,
    sum(if(list_contains(asked, 'meals_change'), invited, 0)) AS meals_invited,
    sum(if(meals LIKE '%improved', w_meals, 0 * w_meals)) AS meals_improved,
    sum(sign(w_workers)) AS workers_n, sum(w_workers) AS workers_answers, sum(w_workers * w_workers) AS workers_squares,
    sum(if(workers IS NULL, 0, workers) * w_workers) AS workers_sum,
    sum(if(workers IS NULL, 0, workers * workers) * w_workers) AS workers_sum_squares,
    sum(sign(w_reason)) AS reason_n, sum(w_reason) AS reason_answers, sum(w_reason * w_reason) AS reason_squares,
    sum(if(list_contains(asked, 'exit_reason'), invited, 0)) AS reason_invited,
    sum(if(reason IN ('product', 'staff', 'group', 'harassment', 'over_debt'), w_reason, 0 * w_reason)) AS reason_negative,
    sum(sign(w_worse)) AS worse_n, sum(w_worse) AS worse_answers, sum(w_worse * w_worse) AS worse_squares,
    sum(if(list_has_any(asked, ['quality_of_life', 'income_change']), invited, 0)) AS worse_invited,
    sum(if(life LIKE '%worse' OR income LIKE '%worse', w_worse, 0 * w_worse)) AS worse_life_or_income
FROM weighed
GROUP BY GROUPING SETS (
    (institution_id, period, branch_id, product_id, gender, location),
    (institution_id, period, branch_id, product_id, age_band),
    (institution_id, period, branch_id, product_id, poverty_band)
)
