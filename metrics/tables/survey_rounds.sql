/*
key     = ["institution_id", "survey_id", "branch_id"]
summary = "Survey rounds: how many clients were invited to answer, and how. One row a round, or one a round and branch."
*/
CREATE TABLE survey_rounds (
    institution_id VARCHAR NOT NULL,
    survey_id      VARCHAR NOT NULL,
    branch_id      VARCHAR,
    invited        INTEGER NOT NULL,
    held_from      DATE,
    held_to        DATE,
    method         VARCHAR
);
COMMENT ON COLUMN survey_rounds.institution_id IS 'Institution that asked';
COMMENT ON COLUMN survey_rounds.survey_id IS 'Survey round, as its answers name it';
COMMENT ON COLUMN survey_rounds.branch_id IS 'Branch whose clients were invited; empty where the row counts the whole institution';
COMMENT ON COLUMN survey_rounds.invited IS 'Clients invited to answer, whether or not they did';
COMMENT ON COLUMN survey_rounds.held_from IS 'First day of the round';
COMMENT ON COLUMN survey_rounds.held_to IS 'Last day of the round';
COMMENT ON COLUMN survey_rounds.method IS 'How the clients were drawn and asked: random sample by phone, all at meetings ...';
