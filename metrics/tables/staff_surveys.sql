/*
key     = ["institution_id", "survey_id", "response_id", "question_key"]
summary = "Anonymous surveys of staff in long form: one row an answer."
*/
CREATE TABLE staff_surveys (
    institution_id VARCHAR NOT NULL,
    survey_id      VARCHAR NOT NULL,
    response_id    VARCHAR NOT NULL,
    branch_id      VARCHAR,
    role           ENUM ('loan_officer', 'manager', 'executive', 'other'),
    gender         ENUM ('F', 'M', 'X', 'unknown'),
    answered_on    DATE NOT NULL,
    mode           VARCHAR,
    weight         DOUBLE,
    question_key   VARCHAR NOT NULL,
    answer_code    VARCHAR,
    answer_num     DOUBLE,
    answer_text    VARCHAR,
    may_quote      BOOLEAN
);
COMMENT ON COLUMN staff_surveys.institution_id IS 'Institution whose staff answered';
COMMENT ON COLUMN staff_surveys.survey_id IS 'Survey round';
COMMENT ON COLUMN staff_surveys.response_id IS 'One respondent''s answers share it; it must not lead to a person';
COMMENT ON COLUMN staff_surveys.branch_id IS 'Branch; empty for head office, or where it would betray who answered';
COMMENT ON COLUMN staff_surveys.role IS 'Role of the respondent';
COMMENT ON COLUMN staff_surveys.gender IS 'Gender of the respondent';
COMMENT ON COLUMN staff_surveys.answered_on IS 'Day of the answer';
COMMENT ON COLUMN staff_surveys.mode IS 'Online, paper, telephone ...';
COMMENT ON COLUMN staff_surveys.weight IS 'Survey weight; empty counts as 1';
COMMENT ON COLUMN staff_surveys.question_key IS 'Question: satisfaction, enps, or any key of your own';
COMMENT ON COLUMN staff_surveys.answer_code IS 'Coded answer; satisfaction: very_satisfied, satisfied, neutral, dissatisfied, very_dissatisfied';
COMMENT ON COLUMN staff_surveys.answer_num IS 'Numeric answer; enps (would you recommend us as an employer): 0 to 10';
COMMENT ON COLUMN staff_surveys.answer_text IS 'Free text';
COMMENT ON COLUMN staff_surveys.may_quote IS 'Whether the respondent agreed to be quoted, without a name; empty counts as no';
