/*
key     = ["institution_id", "survey_id", "response_id", "question_key"]
summary = "Client surveys in long form: one row an answer."
*/
CREATE TABLE client_surveys (
    institution_id VARCHAR NOT NULL,
    survey_id      VARCHAR NOT NULL,
    response_id    VARCHAR NOT NULL,
    survey_type    ENUM ('satisfaction', 'outcome', 'ppi', 'exit', 'needs'),
    client_id      VARCHAR,
    branch_id      VARCHAR,
    product_id     VARCHAR,
    gender         ENUM ('F', 'M', 'X', 'unknown'),
    location       ENUM ('urban', 'peri_urban', 'rural'),
    age_band       ENUM ('under_25', '25_34', '35_49', '50_64', '65_plus'),
    answered_on    DATE NOT NULL,
    mode           VARCHAR,
    weight         DOUBLE,
    question_key   VARCHAR NOT NULL,
    answer_code    VARCHAR,
    answer_num     DOUBLE,
    answer_text    VARCHAR,
    may_quote      BOOLEAN
);
COMMENT ON COLUMN client_surveys.institution_id IS 'Institution whose clients answered';
COMMENT ON COLUMN client_surveys.survey_id IS 'Survey round';
COMMENT ON COLUMN client_surveys.response_id IS 'One respondent''s answers share it';
COMMENT ON COLUMN client_surveys.survey_type IS 'Kind of survey';
COMMENT ON COLUMN client_surveys.client_id IS 'Respondent; empty where the survey is anonymous';
COMMENT ON COLUMN client_surveys.branch_id IS 'Branch; used where client_id is empty';
COMMENT ON COLUMN client_surveys.product_id IS 'Product; used where client_id is empty';
COMMENT ON COLUMN client_surveys.gender IS 'Gender; used where client_id is empty';
COMMENT ON COLUMN client_surveys.location IS 'Location; used where client_id is empty';
COMMENT ON COLUMN client_surveys.age_band IS 'Age band; used where client_id is empty';
COMMENT ON COLUMN client_surveys.answered_on IS 'Day of the answer';
COMMENT ON COLUMN client_surveys.mode IS 'Phone, visit, meeting, online ...';
COMMENT ON COLUMN client_surveys.weight IS 'Survey weight; empty counts as 1';
COMMENT ON COLUMN client_surveys.question_key IS 'Question: nps, quality_of_life, satisfaction, challenge, challenge_resolved, repayment_burden, reduced_food, terms_understood, fair_treatment, knows_how_to_complain, household_decisions (women), prior_provider, income_change, resilience_change, savings_change, stress_change, meals_change, paid_workers, exit_reason (exit interviews), or any key of your own';
COMMENT ON COLUMN client_surveys.answer_code IS 'Coded answer; quality_of_life, income_change, resilience_change, savings_change, stress_change (improved: less of it), meals_change: very_much_improved, slightly_improved, no_change, slightly_worse, much_worse; satisfaction: very_satisfied, satisfied, neutral, dissatisfied, very_dissatisfied; terms_understood, fair_treatment: strongly_agree, agree, neutral, disagree, strongly_disagree; challenge, challenge_resolved, knows_how_to_complain: yes, no; repayment_burden: not_a_problem, somewhat_a_problem, heavy_burden; reduced_food: never, once, regularly; household_decisions: increased, no_change, decreased; prior_provider: no_alternative_before, had_before; exit_reason: product, staff, group, harassment, over_debt, no_need, resting, graduated, business_closed, illness, moved, rejected, other; any other code, such as refused, is no answer';
COMMENT ON COLUMN client_surveys.answer_num IS 'Numeric answer; nps: 0 to 10; paid_workers: paid workers of the enterprise, owners left out';
COMMENT ON COLUMN client_surveys.answer_text IS 'Free text';
COMMENT ON COLUMN client_surveys.may_quote IS 'Whether the respondent agreed to be quoted, without a name; empty counts as no';
