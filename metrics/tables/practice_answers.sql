/*
key     = ["institution_id", "audit_id", "question_id"]
summary = "Answers of a social audit or self-assessment: one row a question."
*/
CREATE TABLE practice_answers (
    institution_id VARCHAR NOT NULL,
    audit_id       VARCHAR NOT NULL,
    answered_on    DATE NOT NULL,
    tool           VARCHAR,
    dimension      VARCHAR,
    question_id    VARCHAR NOT NULL,
    question       VARCHAR,
    answer         ENUM ('yes', 'partially', 'no', 'not_applicable'),
    evidence       VARCHAR
);
COMMENT ON COLUMN practice_answers.institution_id IS 'Institution audited';
COMMENT ON COLUMN practice_answers.audit_id IS 'Identifier of the audit, kept as text';
COMMENT ON COLUMN practice_answers.answered_on IS 'Day on which the audit was closed, the same for all its answers';
COMMENT ON COLUMN practice_answers.tool IS 'Questionnaire used, with its version';
COMMENT ON COLUMN practice_answers.dimension IS 'Dimension or principle under which the question stands';
COMMENT ON COLUMN practice_answers.question_id IS 'Number of the question in the questionnaire';
COMMENT ON COLUMN practice_answers.question IS 'The question';
COMMENT ON COLUMN practice_answers.answer IS 'Answer; empty where the question was not answered';
COMMENT ON COLUMN practice_answers.evidence IS 'Document or observation behind the answer';
